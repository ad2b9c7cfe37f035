//! My notices.

mod model;
#[cfg(test)]
mod tests;
mod view;
mod words;

pub use model::{Msg, Notices};
pub use words::told;

//! My notices.

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Notices};

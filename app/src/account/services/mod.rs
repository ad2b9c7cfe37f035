//! My services.

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Services};

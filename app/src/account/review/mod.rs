//! Reviewing what was bought (评价, rule O6).

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Review};
pub(super) use model::{Next, may};

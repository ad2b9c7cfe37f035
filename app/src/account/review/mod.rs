//! Reviewing what was bought (评价, rule O6).

mod model;
#[cfg(test)]
mod tests;
mod view;

pub(super) use model::may;
pub use model::{Msg, Review};

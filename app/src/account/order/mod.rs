//! One order; right after paying, the result.

mod after_sale;
#[cfg(test)]
mod after_tests;
mod model;
pub mod offline;
#[cfg(test)]
mod tests;
mod view;
mod voice;

pub use model::{Came, Msg, Order};

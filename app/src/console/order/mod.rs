//! One order: where it stands, what it costs, and its price changed (改价).

mod after_sale;
#[cfg(test)]
mod after_tests;
mod model;
pub mod offline;
mod reprice;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Order};

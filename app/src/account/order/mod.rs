//! One order; right after paying, the result.

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Came, Msg, Order};

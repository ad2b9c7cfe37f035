//! One order: where it stands, what it costs, and its price changed (改价).

mod model;
mod reprice;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Order};

//! Checkout: from a confirmed quotation to an order, and on to its payment.

mod later;
mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Again, Checkout, Msg, Tick};

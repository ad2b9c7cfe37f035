//! Checkout: from a confirmed quotation to an order, and on to its payment.

mod intended;
mod later;
mod model;
#[cfg(test)]
mod tests;
mod view;

pub use intended::{Intend, Intended};
pub use model::{Again, Checkout, Msg, Tick};

//! Asking for an order's invoice (rule O5).

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{InvoiceAsk, Msg};

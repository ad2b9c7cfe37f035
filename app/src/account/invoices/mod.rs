//! My invoices: where each stands, taking a request back, asking again (rules O5, O9).

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Invoices, Msg};

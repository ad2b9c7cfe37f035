//! Invoices: the vendor issues each with its number, or says why not (rules O5, O9).

mod form;
mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Invoices, Msg};

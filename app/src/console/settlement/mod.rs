//! One month of an ISV's: what it comes to, its orders, its files, and its payment.

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Settlement};

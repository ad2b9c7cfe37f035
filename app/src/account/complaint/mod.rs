//! Complaining of an order's vendor (投诉, rule O7).

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Complaint, Msg};

//! Complaints: the vendor answers, the operator decides (rules O7, O9).

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Complaints, Msg};

//! Trying a product: which edition, with which options. Quantities are the minimum (rule L13).

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Trial};

//! One order; right after paying, the result.

mod model;
#[cfg(test)]
mod tests;
mod view;
mod voice;

pub use model::{Came, Msg, Order};

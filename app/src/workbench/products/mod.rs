//! An ISV's products, and making another one.

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Making, Msg, Products};

//! One service: where it stands, how long it lasts, what it has.

pub mod change;
mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Service};

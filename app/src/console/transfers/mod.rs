//! Bank transfers: what is expected, what arrived, and what becomes of it.

mod model;
#[cfg(test)]
mod tests;
mod view;
mod words;

pub use model::{Msg, Transfers};

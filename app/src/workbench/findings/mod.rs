//! What is wrong with the draft and what is probably not meant, each with its witness and the way to its place.

mod model;
mod place;
mod search;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Counts, Findings, Msg};

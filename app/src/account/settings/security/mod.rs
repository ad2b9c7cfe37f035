//! Who one is here, another password, signing out everywhere.

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Security, Wrong};

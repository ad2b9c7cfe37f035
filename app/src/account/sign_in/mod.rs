//! Signing in: by password, and in the demo market with one click.

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, SignIn};

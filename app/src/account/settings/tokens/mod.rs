//! One's tokens for machines: made, shown once, revoked.

mod make_view;
mod model;
#[cfg(test)]
mod tests;
mod view;
mod words;

pub use model::{Lasts, Missing, Msg, Tokens};

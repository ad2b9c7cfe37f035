//! One refund: where it stands, how long the vendor has still, taking it back (rule O4).

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Refund};

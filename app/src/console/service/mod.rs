//! One service: where it stands, and what its reader may do about it.

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Service};

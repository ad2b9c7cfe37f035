//! My orders, searched by number, product and state.

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Orders};

//! The sandbox provider's own page: no page of the market's, and it looks like none. Whoever pays chooses what the
//! provider plays.

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Payment};

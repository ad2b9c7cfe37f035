//! Services, searched by what rule O9 names.

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Services};

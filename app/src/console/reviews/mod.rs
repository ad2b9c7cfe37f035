//! What enterprises say of what they bought, for its vendor to answer (rules O6, O9).

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Reviews};

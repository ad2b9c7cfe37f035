//! What was published of a product, and what each revision changed.

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Compared, Msg, Revisions};

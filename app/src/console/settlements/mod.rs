//! What each month comes to for ISVs (结算, rule O8).

mod model;
#[cfg(test)]
mod tests;
mod view;
pub(super) mod words;

pub(super) use model::sees;
pub use model::{Msg, Settlements};
pub(super) use view::not_for_you;

//! Refunds and offline refunds, searched by what rule O9 names.

mod model;
mod offline_view;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, OfflineRefunds, Refunds};

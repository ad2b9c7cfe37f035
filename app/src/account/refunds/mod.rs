//! My refunds, and what was refunded offline (rules O4, O9, O10).

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, OfflineRefunds, Refunds};

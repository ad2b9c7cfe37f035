//! Asking for an order's refund: what comes back and what follows, before it is asked for (rule O4).

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, RefundAsk};
pub(super) use view::finance;

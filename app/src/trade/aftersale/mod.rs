//! What stands beside a paid order, for whoever looks at it: refunds, invoices, offline refunds (rules O4, O5, O10).

pub mod invoice;
pub mod offline;
mod part;
pub mod refund;

pub use part::{history, part, why_not, words};

#[cfg(test)]
pub(crate) mod samples;

//! What vendors and the market's operator do: orders and their prices, services, transfers, settlement, notices.
//!
//! A wasm of its own. A page is a folder, a line in [`pages`] and one in [`crate::frame::roles`]. Who may do what is the
//! server's word; a page only leaves out what would be refused, and says why.

mod money;
mod pages;
pub mod route;

/// Whose pages these are, where another app has pages of the same.
pub enum Console {}

pub mod complaints;
pub mod customers;
pub mod invoices;
pub mod order;
pub mod orders;
pub mod refund;
pub mod refunds;
pub mod reviews;
pub mod sales;
pub mod service;
pub mod services;
pub mod settlement;
pub mod settlements;
pub mod transfers;

#[cfg(test)]
mod samples;

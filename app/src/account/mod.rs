//! What a buyer does after the price is known: signing in, ordering, paying, and looking after services and orders. And what
//! everybody does who signs in, whatever their organisation is for: joining it, and seeing to the account ([`settings`]).
//!
//! A wasm of its own, so that nobody downloads it to look at a price. The server sends its frame painted
//! ([`crate::frame`]); what stands inside is asked for by the page ([`crate::page`]).

mod pages;
pub mod route;

/// Whose pages these are, where another app has pages of the same.
pub enum Account {}

pub mod checkout;
pub mod clock;
pub mod complaint;
pub mod invitation;
pub mod invoice_ask;
pub mod invoices;
pub mod order;
pub mod orders;
pub mod payment;
pub mod refund;
pub mod refund_ask;
pub mod refunds;
pub mod review;
pub mod service;
pub mod services;
pub mod settings;
pub mod sign_in;
pub mod trial;

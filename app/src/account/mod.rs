//! What a buyer does after the price is known: signing in, ordering, paying, and looking after services and orders.
//!
//! A wasm of its own, so that nobody downloads it to look at a price. The server sends its frame painted ([`shell`]); what
//! stands inside is asked for by the page. A page is a [`page::Page`]: a model that turns messages into effects, which are
//! data, and a view. [`live`] is the only place that carries effects out.

pub mod app;
mod client;
pub mod data;
pub mod frame;
pub mod live;
pub mod page;
pub mod pages;
pub mod parts;
pub mod route;
#[cfg(feature = "ssr")]
pub mod shell;
mod start;
pub mod submit;
pub mod words;

pub mod checkout;
pub mod invoices;
pub mod notices;
pub mod order;
pub mod orders;
pub mod payment;
pub mod service;
pub mod services;
pub mod sign_in;
pub mod trial;

#[cfg(test)]
mod samples;

pub use start::start;

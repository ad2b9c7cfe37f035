//! Quotient's pages.
//!
//! A page is a `model` (plain Rust: what is shown, and what a click makes of it; tested natively) and a `view` (thin: binds
//! the model to the document). The server renders the same view for the first paint ([`first_paint`]), the browser takes
//! over with it ([`start`]): one markup, no second one. Every price comes from [`shared`].
//!
//! What is downloaded together has a folder, a binary and an HTML file: `storefront` is for everybody, `account` for buyers
//! who sign in, `console` for vendors and the operator, `workbench` for a vendor's prices. What such pages have in common is in `page` (what a page is),
//! `frame` (what holds it) and `trade` (orders, services and notices, whoever looks at them).

pub mod account;
pub mod app;
pub mod browser;
pub mod client;
pub mod clock;
pub mod console;
pub mod element;
pub mod embed;
#[cfg(feature = "ssr")]
pub mod first_paint;
pub mod format;
pub mod frame;
pub mod i18n;
pub mod page;
pub mod page_data;
pub mod prefs;
pub mod route;
pub mod start;
pub mod storefront;
pub mod trade;
pub mod typed;
pub mod widgets;
pub mod wire;
pub mod workbench;

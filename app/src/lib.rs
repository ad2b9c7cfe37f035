//! Quotient's pages.
//!
//! A page is a `model` (plain Rust: what is shown, and what a click makes of it; tested natively) and a `view` (thin: binds
//! the model to the document). The server renders the same view for the first paint ([`first_paint`]), the browser takes
//! over with it ([`start`]): one markup, no second one. Every price comes from [`shared`].
//!
//! Each person has a folder: `storefront` is the buyer's. The consoles of ISVs and operators get folders, binaries and
//! HTML files of their own, so that a buyer never downloads them.

pub mod account;
pub mod app;
pub mod browser;
pub mod client;
pub mod clock;
pub mod element;
#[cfg(feature = "ssr")]
pub mod first_paint;
pub mod format;
pub mod i18n;
pub mod page_data;
pub mod prefs;
pub mod route;
pub mod start;
pub mod storefront;
pub mod widgets;
pub mod wire;

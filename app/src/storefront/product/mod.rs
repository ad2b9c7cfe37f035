//! A product's page: the configurator and the quote card beside it.

pub mod address;
mod advice_view;
pub mod compare;
pub mod config_view;
pub mod draft;
pub mod figure;
pub(crate) mod figure_view;
pub mod model;
pub mod priced;
mod quote_view;
pub mod reviews;
mod store;
mod table_view;
#[cfg(test)]
mod tests;
pub mod view;

use shared::api::ProductText;

pub use store::Store;

/// For `<title>`.
pub fn title(text: &ProductText) -> String {
    [&text.name, " · Quotient"].concat()
}

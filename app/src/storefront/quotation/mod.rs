//! A signed quotation: a document to print, to pass on, and to check.

pub mod document;
pub mod model;
pub mod seal;
mod store;
#[cfg(test)]
pub(crate) mod tests;
pub mod view;

use crate::i18n::Lang;
use model::Model;
pub use store::Store;

/// For `<title>`.
pub fn title(model: &Model, lang: Lang) -> String {
    let name = model.document.as_ref().map_or("", |document| &document.product_name);
    [lang.pick("报价单 · ", "Quotation · "), name].concat()
}

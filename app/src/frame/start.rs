//! Starting in the browser.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::address::Address;
use super::app::App;
use crate::page::data::Data;
use crate::prefs::Prefs;
use crate::{browser, clock, element, page_data};

/// Starts the page of the app `A` that the address means.
pub fn start<A: Address>() {
    let Some(root) = document().get_element_by_id("app").and_then(|root| root.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let prefs = Prefs::read(&browser::cookies(), &browser::query());
    browser::remember("lang", prefs.lang.code());
    let data = document().get_element_by_id(page_data::ID).and_then(|data| data.text_content());
    let data = data.and_then(|data| serde_json::from_str::<Data>(&data).ok());
    // Without the server's word this computer's clock has to do, and nobody is known to be signed in.
    let here =
        || clock::at(browser::unix_now()).map(|now| Data { who: None, now, sandbox: false, oidc: false, payee: None });
    let Some(data) = data.or_else(here) else { return };
    clock::set(data.now, browser::unix_now());

    let query = browser::query();
    let app = App::new(A::read(&browser::path(), &query), &query, &data, prefs.lang);
    match root.first_element_child() {
        Some(page) if browser::page_lang() == prefs.lang.tag() => element::take_over(page),
        _ => root.set_inner_html(""),
    }
    let shown = app.clone();
    leptos::mount::mount_to_renderer(&root, move || {
        let shown = shown.clone();
        move || shown.view()
    })
    .forget();
    browser::reveal(".ways [aria-current]");
    app.begin();
}

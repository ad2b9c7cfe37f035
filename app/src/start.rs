//! Starting in the browser: taking over the page that the server painted, or fetching what the address means.

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use shared::api::{self, Product, ProductList, VerifyKeys};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::app::{App, remembered};
use crate::client::{self, Failure};
use crate::page_data::{self, QuotationData};
use crate::route::Route;
use crate::storefront::product::config_view::FORM;
use crate::storefront::quotation::seal::{Seal, Sealed};
use crate::storefront::screen::Screen;
use crate::storefront::{home, product, quotation};
use crate::{browser, clock};

/// Starts the storefront.
pub fn storefront() {
    let Some(root) = document().get_element_by_id("app").and_then(|root| root.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let prefs = remembered();
    browser::remember("lang", prefs.lang.code());
    let route = Route::read(&browser::path());
    let painted = painted(&route);
    let fetching = painted.is_none();
    let screen = painted.unwrap_or_else(|| Screen::Loading(route.clone()));
    let app = App::new(screen, prefs.lang);

    // One task from here to the end: the browser paints before or after, and nothing is seen to move.
    let focused = browser::focused();
    root.set_inner_html("");
    leptos::mount::mount_to(root, move || app.view()).forget();
    if !focused.is_empty() {
        browser::focus(&focused);
    }

    if fetching {
        browser::set_page_lang(prefs.lang.tag());
        if let Some(theme) = prefs.theme {
            browser::set_theme(theme.code());
        }
        spawn_local(async move {
            let screen = fetched(&route).await.unwrap_or_else(Screen::Failed);
            browser::set_title(&screen.title(prefs.lang));
            app.screen.set(screen);
        });
    }
}

/// What the server painted; `None` where it painted nothing that is understood.
fn painted(route: &Route) -> Option<Screen> {
    let data = document().get_element_by_id(page_data::ID)?.text_content()?;
    match route {
        Route::Home => Some(home_screen(read(&data)?)),
        Route::Product(_) => {
            // What was chosen before the scripts ran goes before what the address says.
            let query = browser::form_query(FORM).unwrap_or_else(browser::query);
            product_screen(&read(&data)?, &query).ok()
        }
        Route::Quotation(_) => {
            let QuotationData { sealed, keys, now } = read(&data)?;
            clock::set(now, browser::unix_now());
            Some(quotation_screen(sealed, &keys))
        }
        Route::Unknown => None,
    }
}

fn read<T: DeserializeOwned>(data: &str) -> Option<T> {
    serde_json::from_str(data).ok()
}

async fn fetched(route: &Route) -> Result<Screen, Failure> {
    match route {
        Route::Home => client::get(api::PRODUCTS).await.map(home_screen),
        Route::Product(slug) => product_screen(&client::get(&api::product(slug)).await?, &browser::query()),
        Route::Quotation(id) => {
            let sealed: Sealed = client::get(&api::quote(id)).await?;
            Ok(quotation_screen(sealed, &client::get(api::KEYS).await?))
        }
        Route::Unknown => Err(Failure::NotFound),
    }
}

fn home_screen(list: ProductList) -> Screen {
    Screen::Home(RwSignal::new(home::model::Model::new(list.products)))
}

fn product_screen(product: &Product, query: &str) -> Result<Screen, Failure> {
    clock::set(product.now, browser::unix_now());
    let model = product::model::Model::new(product, query).map_err(|_| Failure::Unreadable)?;
    Ok(Screen::Product(product::Store::new(model)))
}

fn quotation_screen(sealed: Sealed, keys: &VerifyKeys) -> Screen {
    // Past the ends of the calendar no clock goes; the document's own times are shown all the same.
    let now = browser::now().or_else(|| clock::at(0));
    let Some(now) = now else { return Screen::Failed(Failure::Unreadable) };
    let mut model = quotation::model::Model::new(sealed, now);
    model.check(keys);
    debug_assert_ne!(model.seal, Seal::Unchecked, "the browser checks every signature");
    let model = RwSignal::new(model);
    browser::every_second(move || {
        if let Some(now) = browser::now() {
            model.update(|model| model.now = now);
        }
    });
    Screen::Quotation(model)
}

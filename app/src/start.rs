//! Starting in the browser: taking over the page that the server painted, or fetching what the address means.

use leptos::prelude::*;
use shared::api::{self, ProductCard, VerifyKeys};
use shared::json::Node;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::app::App;
use crate::client::{self, Failure};
use crate::page_data::{self, QuotationData};
use crate::prefs::Prefs;
use crate::route::Route;
use crate::storefront::product::config_view::FORM;
use crate::storefront::quotation::seal::Sealed;
use crate::storefront::screen::Screen;
use crate::storefront::{home, product, quotation};
use crate::{browser, clock, wire};

/// Starts the storefront.
pub fn storefront() {
    let Some(root) = document().get_element_by_id("app").and_then(|root| root.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let prefs = Prefs::read(&browser::cookies(), &browser::query());
    browser::remember("lang", prefs.lang.code());
    let route = Route::read(&browser::path());
    let painted = painted(&route);
    let fetching = painted.is_none();
    let screen = painted.unwrap_or_else(|| Screen::Loading(route.clone()));
    let app = App::new(screen, prefs.lang);

    // One task from here to the end: the browser paints before or after, and nothing is seen to move.
    let focused = browser::focused();
    root.set_inner_html("");
    leptos::mount::mount_to_renderer(&root, move || move || app.view()).forget();
    if !focused.is_empty() {
        browser::focus(&focused);
    }

    if fetching {
        browser::set_page_lang(prefs.lang.tag());
        if let Some(theme) = prefs.theme {
            browser::set_theme(theme.code());
        }
        spawn_local(async move {
            app.show(fetched(&route).await.unwrap_or_else(Screen::Failed));
        });
    }
}

/// What the server painted; `None` where it painted nothing that is understood.
fn painted(route: &Route) -> Option<Screen> {
    let data = document().get_element_by_id(page_data::ID)?.text_content()?;
    let data = Node::parse(&data).ok()?;
    match route {
        Route::Home => wire::cards(&data).map(home_screen),
        Route::Product(_) => {
            // What was chosen before the scripts ran goes before what the address says.
            let query = browser::form_query(FORM).unwrap_or_else(browser::query);
            Some(product_screen(wire::published(&data)?, &query))
        }
        Route::Quotation(_) => {
            let QuotationData { sealed, keys, now } = wire::quotation_data(&data)?;
            clock::set(now, browser::unix_now());
            Some(quotation_screen(sealed, &keys))
        }
        Route::Unknown => None,
    }
}

async fn fetched(route: &Route) -> Result<Screen, Failure> {
    match route {
        Route::Home => client::get(api::PRODUCTS, wire::cards).await.map(home_screen),
        Route::Product(slug) => {
            Ok(product_screen(client::get(&api::product(slug), wire::published).await?, &browser::query()))
        }
        Route::Quotation(id) => {
            let sealed = client::get(&api::quote(id), wire::sealed).await?;
            Ok(quotation_screen(sealed, &client::get(api::KEYS, wire::keys).await?))
        }
        Route::Unknown => Err(Failure::NotFound),
    }
}

fn home_screen(cards: Vec<ProductCard>) -> Screen {
    Screen::Home(RwSignal::new(home::model::Model::new(cards)))
}

fn product_screen(published: product::model::Published, query: &str) -> Screen {
    clock::set(published.now, browser::unix_now());
    Screen::Product(product::Store(RwSignal::new(product::model::Model::new(published, query))))
}

fn quotation_screen(sealed: Sealed, keys: &VerifyKeys) -> Screen {
    // Past the ends of the calendar no clock goes; the document's own times are shown all the same.
    let now = browser::now().or_else(|| clock::at(0));
    let Some(now) = now else { return Screen::Failed(Failure::Unreadable) };
    let mut model = quotation::model::Model::new(sealed, now);
    model.check(keys);
    let store = quotation::Store(RwSignal::new(model));
    browser::every_second(move || {
        if let Some(now) = browser::now() {
            store.send(quotation::model::Msg::Tick(now));
        }
    });
    Screen::Quotation(store)
}

//! Starting in the browser: taking over the page that the server painted, or fetching what the address means.

use leptos::prelude::*;
use shared::api::{self, ProductCard};
use shared::calendar::Timestamp;
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
use crate::storefront::product::model::Msg;
use crate::storefront::quotation::seal::Sealed;
use crate::storefront::screen::Screen;
use crate::storefront::{home, product, quotation};
use crate::{browser, clock, element, embed, wire};

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
    let Painted { screen, then } =
        painted.unwrap_or_else(|| Painted { screen: Screen::Loading(route.clone()), then: Box::new(|| ()) });
    let app = App::new(screen, prefs.lang);

    // One task from here to the end: the browser paints before or after, and nothing is seen to move.
    // What the server painted in the same language from the same data stays. A quotation's seal it could not check: changed
    // in its place, the words about it would be seen to move.
    let stays = !fetching && browser::page_lang() == prefs.lang.tag() && !matches!(route, Route::Quotation(_));
    let focused = browser::focused();
    match root.first_element_child().filter(|_| stays) {
        Some(page) => element::take_over(page),
        None => root.set_inner_html(""),
    }
    leptos::mount::mount_to_renderer(&root, move || move || app.view()).forget();
    if !stays && !focused.is_empty() {
        browser::focus(&focused);
    }
    then();
    browser::settle_query_when_leaving();

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

/// What the server painted.
struct Painted {
    screen: Screen,
    /// What comes when it is mounted: what the server could not know.
    then: Box<dyn FnOnce()>,
}

/// What the server painted; `None` where it painted nothing that is understood.
fn painted(route: &Route) -> Option<Painted> {
    let data = document().get_element_by_id(page_data::ID)?.text_content()?;
    let data = Node::parse(&data).ok()?;
    match route {
        Route::Home => Some(Painted { screen: home_screen(wire::cards(&data)?), then: Box::new(|| ()) }),
        Route::Product(_) | Route::Embedded(_) => {
            let store = product_store(wire::published(&data)?, &browser::query());
            let embedded = matches!(route, Route::Embedded(_));
            // What was chosen before the scripts ran goes before what the address says.
            let then = move || {
                let chosen = browser::form_query(FORM);
                // Nearly always it is what was painted: nothing to do again.
                if let Some(query) = chosen.filter(|query| !store.0.with_untracked(|model| model.shows(query))) {
                    store.send(Msg::Chosen(query));
                }
                if embedded {
                    embed::start();
                }
            };
            let screen = if embedded { Screen::Embedded(store) } else { Screen::Product(store) };
            Some(Painted { screen, then: Box::new(then) })
        }
        Route::Quotation(_) => {
            let QuotationData { sealed, keys, now } = wire::quotation_data(&data)?;
            clock::set(now, browser::unix_now());
            let store = quotation_store(sealed, now);
            store.0.update(|model| model.check(&keys));
            Some(Painted { screen: Screen::Quotation(store), then: Box::new(|| ()) })
        }
        Route::Unknown => None,
    }
}

async fn fetched(route: &Route) -> Result<Screen, Failure> {
    match route {
        Route::Home => client::get(api::PRODUCTS, wire::cards).await.map(home_screen),
        Route::Product(slug) => {
            let published = client::get(&api::product(slug), wire::published).await?;
            Ok(Screen::Product(product_store(published, &browser::query())))
        }
        Route::Quotation(id) => {
            let sealed = client::get(&api::quote(id), wire::sealed).await?;
            let keys = client::get(api::KEYS, wire::keys).await?;
            // Past the ends of the calendar no clock goes; the document's own times are shown all the same.
            let now = browser::now().or_else(|| clock::at(0)).ok_or(Failure::Unreadable)?;
            let store = quotation_store(sealed, now);
            store.0.update(|model| model.check(&keys));
            Ok(Screen::Quotation(store))
        }
        // Only the server knows who may hold it.
        Route::Embedded(_) | Route::Unknown => Err(Failure::NotFound),
    }
}

fn home_screen(cards: Vec<ProductCard>) -> Screen {
    Screen::Home(RwSignal::new(home::model::Model::new(cards)))
}

fn product_store(published: product::model::Published, query: &str) -> product::Store {
    clock::set(published.now, browser::unix_now());
    product::Store(RwSignal::new(product::model::Model::new(published, query)))
}

fn quotation_store(sealed: Sealed, now: Timestamp) -> quotation::Store {
    let store = quotation::Store(RwSignal::new(quotation::model::Model::new(sealed, now)));
    browser::every_second(move || {
        if let Some(now) = browser::now() {
            store.send(quotation::model::Msg::Tick(now));
        }
    });
    store
}

//! The market over HTTP. Thin: a request becomes bytes for a use case, its result an answer.
//!
//! Every answer, good or bad, passes the [`envelope`], which gives it its request id, its security headers and, where it
//! failed, its problem details.

mod api;
mod assets;
mod body;
mod envelope;
mod headers;
mod listen;
mod pages;
mod problem;
mod shell;

use std::sync::Arc;

use axum::Router;
use axum::http::Method;
use axum::routing::{MethodRouter, get, post};
use shared::api as paths;

pub use listen::serve;
use shell::Shell;

use crate::failure::Failure;
use crate::usecases::Market;

/// What every handler can reach.
pub struct Site {
    market: Market,
    shell: Shell,
    headers: headers::Security,
}

impl Site {
    /// The market with the storefront that was compiled in. `hsts`: the site is only ever reached by HTTPS.
    pub fn new(market: Market, hsts: bool) -> Self {
        let shell = Shell::embedded();
        let headers = headers::Security::new(shell.inline_scripts(), shell.inline_styles(), hsts);
        Self { market, shell, headers }
    }

    /// The market behind it.
    pub fn market(&self) -> &Market {
        &self.market
    }
}

/// A site as handlers share it.
pub type Shared = Arc<Site>;

/// Every route, once; `openapi.json` describes each of them, which a test holds to.
pub fn routes() -> Vec<(Method, &'static str, MethodRouter<Shared>)> {
    vec![
        (Method::GET, paths::PRODUCTS, get(api::products)),
        (Method::GET, paths::PRODUCT, get(api::product)),
        (Method::POST, paths::PRICES, post(api::price)),
        (Method::POST, paths::QUOTES, post(api::quote)),
        (Method::GET, paths::QUOTE, get(api::quotation)),
        (Method::GET, paths::OPENAPI, get(api::openapi)),
        (Method::GET, paths::HEALTH, get(api::health)),
        (Method::GET, paths::KEYS, get(api::keys)),
        (Method::GET, "/", get(pages::home)),
        (Method::GET, "/p/{slug}", get(pages::product)),
        (Method::GET, "/quote/{id}", get(pages::quotation)),
    ]
}

/// The routes as a router that lacks its site, for tests that add some of their own.
pub fn route_table() -> Router<Shared> {
    routes().into_iter().fold(Router::new(), |router, (_, path, methods)| router.route(path, methods))
}

/// The site as a service.
pub fn router(site: &Shared) -> Router {
    enveloped(route_table(), site)
}

/// `router` with what belongs around it.
pub fn enveloped(router: Router<Shared>, site: &Shared) -> Router {
    router
        .fallback(assets::file)
        .method_not_allowed_fallback(async || Failure::MethodNotAllowed)
        .layer(axum::middleware::from_fn_with_state(Arc::clone(site), envelope::envelope))
        .with_state(Arc::clone(site))
}

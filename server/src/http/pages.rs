//! The pages, painted by the server from the views that the browser runs.

use std::io::Write as _;

use app::first_paint::{self, Page, Prefs};
use app::frame::roles::home;
use app::frame::{self, Address};
use app::page::data::Data;
use app::storefront::product::reviews::BEFORE;
use app::{account, console, workbench};
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use shared::api::{Product, ReviewPage, Signed};

use super::accepts::accepts;
use super::problem;
use super::sandbox::strip;
use super::shell::{Shell, escaped};
use super::{Shared, Site};
use crate::caller::Caller;
use crate::failure::Failure;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
const VARY: HeaderValue = HeaderValue::from_static("accept-encoding, cookie");
/// Quick, and nearly as small as it gets.
const QUALITY: u32 = 5;

type PathText = Result<Path<String>, PathRejection>;

pub(super) async fn store(State(site): State<Shared>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let prefs = prefs(&headers, query.as_deref());
    answer(&site, &first_paint::home(&site.market.products(), prefs), &headers)
}

pub(super) async fn product(
    State(site): State<Shared>,
    slug: PathText,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let Path(slug) = slug.map_err(|_| Failure::ProductNotFound)?;
    let product = site.market.product(&slug)?;
    let (prefs, query) = (prefs(&headers, query.as_deref()), query.unwrap_or_default());
    let said = if product.text.rating.is_some() {
        let before = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == BEFORE);
        let said = site.market.latest_reviews(&slug, before.map(|(_, before)| before.into_owned())).await;
        // The price is there all the same.
        said.inspect_err(|failure| tracing::warn!(error = %failure, "what buyers say")).ok()
    } else {
        Some(ReviewPage { reviews: Vec::new(), next: None })
    };
    Ok(answer(&site, &first_paint::product(&product, said.as_ref(), &query, prefs), &headers))
}

pub(super) async fn quotation(
    State(site): State<Shared>,
    id: PathText,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let Path(id) = id.map_err(|_| Failure::QuotationNotFound)?;
    let text = site.market.quotation(&id).await?;
    let signed: Signed = serde_json::from_str(&text).map_err(|error| Failure::Internal(error.to_string()))?;
    let keys = site.market.verify_keys().await?;
    let prefs = prefs(&headers, query.as_deref());
    let mut response =
        answer(&site, &first_paint::quotation(&signed, &keys, site.market.clock().now(), prefs), &headers);
    // Who has the address may see it; nobody shall find it.
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
    Ok(response)
}

/// A page of the account.
pub(super) async fn account(
    State(site): State<Shared>,
    caller: Option<Caller>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    personal::<account::route::Route>(&site, &site.account, caller, &uri, &headers)
}

/// A page of the console.
pub(super) async fn console(
    State(site): State<Shared>,
    caller: Option<Caller>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    personal::<console::route::Route>(&site, &site.console, caller, &uri, &headers)
}

/// A page of the workbench.
pub(super) async fn workbench(
    State(site): State<Shared>,
    caller: Option<Caller>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    personal::<workbench::route::Route>(&site, &site.workbench, caller, &uri, &headers)
}

/// Leads everybody to the page that they begin with.
pub(super) async fn begin(caller: Caller) -> Redirect {
    Redirect::to(home(caller.role()))
}

/// A page of somebody who signs in: its frame, with who that is; what stands inside, the page asks for.
fn personal<A: Address>(
    site: &Site,
    shell: &Shell,
    caller: Option<Caller>,
    uri: &Uri,
    headers: &HeaderMap,
) -> Response {
    let query = uri.query().unwrap_or_default();
    let data = Data {
        who: caller.map(|caller| caller.who),
        now: site.market.clock().now(),
        sandbox: site.market.sandbox(),
        oidc: site.market.offers_oidc(),
        payee: site.market.payee().cloned(),
    };
    let page = frame::shell::<A>(uri.path(), query, &data, prefs(headers, Some(query)));
    let mut response = framed(shell, &page, "", headers);
    // Who is signed in stands in it.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
    response
}

/// Fills an answer with a page that says what went wrong, for a person who looked for a page.
pub(super) fn failure(
    site: &Site,
    response: &mut Response,
    failure: &Failure,
    cookies: &str,
    query: &str,
    request_id: &str,
) {
    let prefs = Prefs::read(cookies, query);
    let mut page = first_paint::not_found(prefs);
    if problem::status(failure) != axum::http::StatusCode::NOT_FOUND {
        let (zh, en) = failure.sentences();
        let title = prefs.lang.pick("出错了", "Something went wrong");
        title.clone_into(&mut page.title);
        page.body = format!(
            "<main><h1>{title}</h1><p>{}</p><p>{} <code>{}</code></p></main>",
            escaped(prefs.lang.pick(zh, en)),
            prefs.lang.pick("请求编号", "Request id"),
            escaped(request_id)
        );
    }
    *response.body_mut() = Body::from(site.shell.render(&page, ""));
    response.headers_mut().insert(header::CONTENT_TYPE, HTML);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().remove(header::CONTENT_LENGTH);
}

/// The request's cookies as one header.
pub(super) fn cookies(headers: &HeaderMap) -> String {
    let all: Vec<&str> = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).collect();
    all.join("; ")
}

/// A product's configurator, for the frame of somebody else's site.
pub(super) fn embedded(site: &Site, product: &Product, query: &str, headers: &HeaderMap) -> Response {
    framed(&site.shell, &first_paint::embedded(product, query, prefs(headers, Some(query))), "", headers)
}

fn prefs(headers: &HeaderMap, query: Option<&str>) -> Prefs {
    Prefs::read(&cookies(headers), query.unwrap_or_default())
}

fn answer(site: &Site, page: &Page, headers: &HeaderMap) -> Response {
    let market = &site.market;
    let above = if market.sandbox() { strip(market.clock().now()) } else { String::new() };
    framed(&site.shell, page, &above, headers)
}

fn framed(shell: &Shell, page: &Page, above: &str, headers: &HeaderMap) -> Response {
    let html = shell.render(page, above);
    let common = [(header::CONTENT_TYPE, HTML), (header::CACHE_CONTROL, ASK_AGAIN), (header::VARY, VARY)];
    let mut response = if accepts(headers, &header::ACCEPT_ENCODING, "br") {
        (common, [(header::CONTENT_ENCODING, "br")], compressed(&html)).into_response()
    } else {
        (common, html).into_response()
    };
    if let Some(links) = shell.links() {
        response.headers_mut().insert(header::LINK, links.clone());
    }
    response
}

fn compressed(html: &str) -> Vec<u8> {
    let mut writer = brotli::CompressorWriter::new(Vec::with_capacity(html.len() / 4), 1 << 15, QUALITY, 18);
    // Writing to memory does not fail.
    let _ = writer.write_all(html.as_bytes());
    writer.into_inner()
}

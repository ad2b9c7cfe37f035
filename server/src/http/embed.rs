//! The configurator on somebody else's site: the element's script, the page in its frame, and who may show it.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::api::json;
use super::headers::Open;
use super::{Shared, pages};
use crate::failure::Failure;

const SCRIPT: &str = include_str!("../../../public/embed.js");
const KIND: HeaderValue = HeaderValue::from_static("text/javascript; charset=utf-8");
/// So that a mended script is everywhere within the hour.
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

type PathText = Result<Path<String>, PathRejection>;

/// The element.
pub(super) async fn element() -> Response {
    let mut response = ([(header::CONTENT_TYPE, KIND), (header::CACHE_CONTROL, AN_HOUR)], SCRIPT).into_response();
    response.extensions_mut().insert(Open::Everywhere);
    response
}

/// The page in its frame. Who may frame it is said in its policy, and kept by the browser.
pub(super) async fn page(
    State(site): State<Shared>,
    slug: PathText,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let Path(slug) = slug.map_err(|_| Failure::ProductNotFound)?;
    let product = site.market.product(&slug)?;
    let origins = site.market.origins(&slug).await?;
    let mut response = pages::embedded(&site, &product, query.as_deref().unwrap_or_default(), &headers);
    response.headers_mut().insert(ROBOTS, HeaderValue::from_static("noindex"));
    response.extensions_mut().insert(Open::Framed(origins));
    Ok(response)
}

/// Whether the site that asks may, `null` where there is no such product: the element says so in words, where a browser would
/// leave a blank frame. No secret: who tries to show it knows.
pub(super) async fn allowed(
    State(site): State<Shared>,
    slug: PathText,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let Path(slug) = slug.map_err(|_| Failure::ProductNotFound)?;
    let asking = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let allowed = match (site.market.product(&slug), asking) {
        (Ok(_), Some(asking)) => Some(site.market.origins(&slug).await?.iter().any(|origin| origin == asking)),
        (Ok(_), None) => Some(false),
        // An answer all the same: a refusal is nothing that another site's script may read.
        (Err(Failure::ProductNotFound), _) => None,
        (Err(failure), _) => return Err(failure),
    };
    let mut response = json(&json!({"allowed": allowed}))?;
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("origin"));
    Ok(response)
}

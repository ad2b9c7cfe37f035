//! The API's handlers.

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use shared::api;

use super::guard::idempotency_key;
use super::{Shared, body};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::store::answers::Asked;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// What is true now may not be so in a minute.
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

type PathText = Result<Path<String>, PathRejection>;

pub(super) async fn products(State(site): State<Shared>) -> Result<Response, Failure> {
    json(&*site.market.products())
}

pub(super) async fn product(State(site): State<Shared>, slug: PathText) -> Result<Response, Failure> {
    let Path(slug) = slug.map_err(|_| Failure::ProductNotFound)?;
    json(&site.market.product(&slug)?)
}

pub(super) async fn price(State(site): State<Shared>, request: Request) -> Result<Response, Failure> {
    json(&site.market.price(&body::json(request).await?)?)
}

pub(super) async fn quote(
    State(site): State<Shared>,
    caller: Option<Caller>,
    request: Request,
) -> Result<Response, Failure> {
    let key = idempotency_key(request.headers())?;
    let body = body::json(request).await?;
    let who = caller.as_ref().map_or("", |caller| &caller.who.id);
    let asked = key.map(|key| Asked::new(who, api::QUOTES, &key, &body));
    let issued = site.market.quote(caller.as_ref(), &body, asked).await?;
    let mut response = (StatusCode::CREATED, json_text(issued.body)).into_response();
    let location =
        HeaderValue::try_from(api::quote(&issued.id)).map_err(|error| Failure::Internal(error.to_string()))?;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

pub(super) async fn quotation(State(site): State<Shared>, id: PathText) -> Result<Response, Failure> {
    let Path(id) = id.map_err(|_| Failure::QuotationNotFound)?;
    Ok(json_text(site.market.quotation(&id).await?))
}

pub(super) async fn keys(State(site): State<Shared>) -> Result<Response, Failure> {
    json(&site.market.verify_keys().await?)
}

pub(super) async fn openapi() -> Response {
    json_text(include_str!("../../openapi.json"))
}

pub(super) async fn health(State(site): State<Shared>) -> Result<Response, Failure> {
    site.market.ready().await?;
    Ok(json_text(r#"{"status":"ready"}"#))
}

pub(super) fn json(value: &impl Serialize) -> Result<Response, Failure> {
    serde_json::to_string(value).map(json_text).map_err(|error| Failure::Internal(error.to_string()))
}

pub(super) fn json_text(text: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, JSON), (header::CACHE_CONTROL, NO_STORE)], text.into()).into_response()
}

//! An ISV's workbench over HTTP.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, Request, State};
use axum::response::Response;
use shared::api::{self, CustomerQuery, OwnProductQuery};

use super::api::{json, json_text};
use super::guard::Write;
use super::listed::Listed;
use super::trade::{created, query};
use super::{Shared, body};
use crate::caller::Caller;
use crate::failure::Failure;

type PathText = Result<Path<String>, PathRejection>;
type Asked<T> = Result<Query<T>, QueryRejection>;

/// What a list without searches is asked for.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Everything {}

fn slug(slug: PathText) -> Result<String, Failure> {
    slug.map(|Path(slug)| slug).map_err(|_| Failure::ProductNotFound)
}

pub(super) async fn products(
    State(site): State<Shared>,
    caller: Caller,
    asked: Asked<OwnProductQuery>,
) -> Result<Response, Failure> {
    json(&site.market.own_products(&caller, query(asked)?).await?)
}

pub(super) async fn make(State(site): State<Shared>, write: Write) -> Result<Response, Failure> {
    let made = site.market.make_product(&write.caller, write.asked, &write.body).await?;
    let place = api::own_product(&made.id);
    created(made, &place)
}

pub(super) async fn product(State(site): State<Shared>, caller: Caller, of: PathText) -> Result<Response, Failure> {
    json(&site.market.workbench(&caller, &slug(of)?).await?)
}

pub(super) async fn save(State(site): State<Shared>, of: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.save_draft(&write.caller, write.asked, &slug(of)?, &write.body).await?.body))
}

pub(super) async fn publish(State(site): State<Shared>, of: PathText, write: Write) -> Result<Response, Failure> {
    let slug = slug(of)?;
    let made = site.market.publish(&write.caller, write.asked, &slug, &write.body).await?;
    let place = api::own_revision(&slug, made.id.parse().unwrap_or_default());
    created(made, &place)
}

pub(super) async fn revisions(
    State(site): State<Shared>,
    caller: Caller,
    of: PathText,
    Listed(Everything {}, part): Listed<Everything>,
) -> Result<Response, Failure> {
    json(&site.market.revisions(&caller, &slug(of)?, &part).await?)
}

pub(super) async fn revision(
    State(site): State<Shared>,
    caller: Caller,
    of: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, Failure> {
    let Path((slug, number)) = of.map_err(|_| Failure::ProductNotFound)?;
    // What is no number is no revision either, of a product that is the caller's.
    json(&site.market.revision(&caller, &slug, number.parse().unwrap_or_default()).await?)
}

/// Nothing is kept of it: it takes no `Idempotency-Key`.
pub(super) async fn impact(
    State(site): State<Shared>,
    caller: Caller,
    of: PathText,
    request: Request,
) -> Result<Response, Failure> {
    let body = body::json_up_to(body::largest(api::OWN_IMPACT), request).await?;
    json(&site.market.impact(&caller, &slug(of)?, &body).await?)
}

pub(super) async fn customers(
    State(site): State<Shared>,
    caller: Caller,
    Listed(query, part): Listed<CustomerQuery>,
) -> Result<Response, Failure> {
    json(&site.market.customers(&caller, query, &part).await?)
}

pub(super) async fn sales(State(site): State<Shared>, caller: Caller) -> Result<Response, Failure> {
    json(&site.market.sales(&caller).await?)
}

pub(super) async fn set_origins(State(site): State<Shared>, of: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.set_origins(&write.caller, write.asked, &slug(of)?, &write.body).await?.body))
}

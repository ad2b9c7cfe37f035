//! What is kept beside an order, over HTTP.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use shared::api::{self, RecordQuery, ReviewPageQuery};

use super::Shared;
use super::api::{json, json_text};
use super::guard::Write;
use super::listed::Listed;
use super::trade::{created, order_id, query};
use crate::caller::Caller;
use crate::failure::{Failure, Trade};

type PathText = Result<Path<String>, PathRejection>;
type Asked<T> = Result<Query<T>, QueryRejection>;

fn record_id(id: PathText) -> Result<String, Failure> {
    Ok(id.map(|Path(id)| id).map_err(|_| Trade::RecordNotFound)?)
}

pub(super) async fn invoices(
    State(site): State<Shared>,
    caller: Caller,
    Listed(query, part): Listed<RecordQuery>,
) -> Result<Response, Failure> {
    json(&site.market.invoices(&caller, query, &part).await?)
}

pub(super) async fn request_invoice(
    State(site): State<Shared>,
    id: PathText,
    write: Write,
) -> Result<Response, Failure> {
    let made = site.market.request_invoice(&write.caller, write.asked, &order_id(id)?, &write.body).await?;
    created(made, api::INVOICES)
}

pub(super) async fn withdraw_invoice(
    State(site): State<Shared>,
    id: PathText,
    write: Write,
) -> Result<Response, Failure> {
    Ok(json_text(site.market.withdraw_invoice(&write.caller, write.asked, &record_id(id)?).await?.body))
}

pub(super) async fn issue_invoice(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.issue_invoice(&write.caller, write.asked, &record_id(id)?, &write.body).await?.body))
}

pub(super) async fn reject_invoice(
    State(site): State<Shared>,
    id: PathText,
    write: Write,
) -> Result<Response, Failure> {
    Ok(json_text(site.market.reject_invoice(&write.caller, write.asked, &record_id(id)?, &write.body).await?.body))
}

pub(super) async fn product_reviews(
    State(site): State<Shared>,
    slug: PathText,
    asked: Asked<ReviewPageQuery>,
) -> Result<Response, Failure> {
    let Path(slug) = slug.map_err(|_| Failure::ProductNotFound)?;
    json(&site.market.product_reviews(&slug, query(asked)?).await?)
}

pub(super) async fn reviews(
    State(site): State<Shared>,
    caller: Caller,
    Listed(query, part): Listed<RecordQuery>,
) -> Result<Response, Failure> {
    json(&site.market.reviews(&caller, query, &part).await?)
}

pub(super) async fn review(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    let made = site.market.review(&write.caller, write.asked, &order_id(id)?, &write.body).await?;
    created(made, api::REVIEWS)
}

pub(super) async fn follow_up(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.follow_up(&write.caller, write.asked, &record_id(id)?, &write.body).await?.body))
}

pub(super) async fn answer_review(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.answer_review(&write.caller, write.asked, &record_id(id)?, &write.body).await?.body))
}

pub(super) async fn complaints(
    State(site): State<Shared>,
    caller: Caller,
    Listed(query, part): Listed<RecordQuery>,
) -> Result<Response, Failure> {
    json(&site.market.complaints(&caller, query, &part).await?)
}

pub(super) async fn complain(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    let made = site.market.complain(&write.caller, write.asked, &order_id(id)?, &write.body).await?;
    created(made, api::COMPLAINTS)
}

pub(super) async fn reply(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.reply(&write.caller, write.asked, &record_id(id)?, &write.body).await?.body))
}

pub(super) async fn take_back(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.take_back(&write.caller, write.asked, &record_id(id)?).await?.body))
}

pub(super) async fn decide(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.decide(&write.caller, write.asked, &record_id(id)?, &write.body).await?.body))
}

pub(super) async fn offline_refunds(
    State(site): State<Shared>,
    caller: Caller,
    Listed(query, part): Listed<RecordQuery>,
) -> Result<Response, Failure> {
    json(&site.market.offline_refunds(&caller, query, &part).await?)
}

pub(super) async fn record_offline(
    State(site): State<Shared>,
    id: PathText,
    write: Write,
) -> Result<Response, Failure> {
    let made = site.market.record_offline(&write.caller, write.asked, &order_id(id)?, &write.body).await?;
    created(made, api::OFFLINE_REFUNDS)
}

pub(super) async fn confirm_offline(
    State(site): State<Shared>,
    id: PathText,
    write: Write,
) -> Result<Response, Failure> {
    Ok(json_text(site.market.confirm_offline(&write.caller, write.asked, &record_id(id)?).await?.body))
}

pub(super) async fn decline_offline(
    State(site): State<Shared>,
    id: PathText,
    write: Write,
) -> Result<Response, Failure> {
    Ok(json_text(site.market.decline_offline(&write.caller, write.asked, &record_id(id)?, &write.body).await?.body))
}

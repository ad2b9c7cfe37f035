//! Orders, payment, services, notices and the sandbox over HTTP.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::api::{self, AccessQuery, NoticeQuery, OrderQuery, RefundQuery, ServiceQuery, TransferQuery};
use shared::violation::Expected;

use super::api::{json, json_text};
use super::guard::Write;
use super::listed::Listed;
use super::{Shared, body};
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::store::answers::Made;
use crate::usecases::Signed;

const SIGNATURE: HeaderName = HeaderName::from_static("quotient-sandbox-signature");

type PathText = Result<Path<String>, PathRejection>;
type Asked<T> = Result<Query<T>, QueryRejection>;

pub(super) fn query<T>(asked: Asked<T>) -> Result<T, Failure> {
    asked.map(|Query(query)| query).map_err(|_| Failure::malformed(Expected::NoSuchField))
}

pub(super) fn created(made: Made, place: &str) -> Result<Response, Failure> {
    let mut response = (StatusCode::CREATED, json_text(made.body)).into_response();
    let place = HeaderValue::try_from(place).map_err(|error| Failure::Internal(error.to_string()))?;
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

pub(super) fn order_id(id: PathText) -> Result<String, Failure> {
    Ok(id.map(|Path(id)| id).map_err(|_| Trade::OrderNotFound)?)
}

fn service_id(id: PathText) -> Result<String, Failure> {
    Ok(id.map(|Path(id)| id).map_err(|_| Trade::ServiceNotFound)?)
}

pub(super) async fn orders(
    State(site): State<Shared>,
    caller: Caller,
    Listed(query, part): Listed<OrderQuery>,
) -> Result<Response, Failure> {
    json(&site.market.orders(&caller, query, &part).await?)
}

pub(super) async fn order(State(site): State<Shared>, caller: Caller, id: PathText) -> Result<Response, Failure> {
    json(&site.market.order(&caller, &order_id(id)?).await?)
}

pub(super) async fn place(State(site): State<Shared>, write: Write) -> Result<Response, Failure> {
    let made = site.market.place_order(&write.caller, write.asked, &write.body).await?;
    let place = api::order(&made.id);
    created(made, &place)
}

pub(super) async fn cancel(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.cancel_order(&write.caller, write.asked, &order_id(id)?).await?.body))
}

pub(super) async fn reprice(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.reprice_order(&write.caller, write.asked, &order_id(id)?, &write.body).await?.body))
}

pub(super) async fn pay(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.pay_order(&write.caller, write.asked, &order_id(id)?, &write.body).await?.body))
}

pub(super) async fn transfers(
    State(site): State<Shared>,
    Listed(query, part): Listed<TransferQuery>,
) -> Result<Response, Failure> {
    json(&site.market.transfers(query, &part).await?)
}

pub(super) async fn confirm_transfer(
    State(site): State<Shared>,
    reference: PathText,
    write: Write,
) -> Result<Response, Failure> {
    let reference = order_id(reference)?;
    Ok(json_text(site.market.confirm_transfer(&write.caller, write.asked, &reference, &write.body).await?.body))
}

pub(super) async fn ask_refund(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    let made = site.market.ask_refund(&write.caller, write.asked, &order_id(id)?, &write.body).await?;
    let place = api::refund(&made.id);
    created(made, &place)
}

fn refund_id(id: PathText) -> Result<String, Failure> {
    Ok(id.map(|Path(id)| id).map_err(|_| Trade::RefundNotFound)?)
}

pub(super) async fn refunds(
    State(site): State<Shared>,
    caller: Caller,
    Listed(query, part): Listed<RefundQuery>,
) -> Result<Response, Failure> {
    json(&site.market.refunds(&caller, query, &part).await?)
}

pub(super) async fn refund(State(site): State<Shared>, caller: Caller, id: PathText) -> Result<Response, Failure> {
    json(&site.market.refund(&caller, &refund_id(id)?).await?)
}

pub(super) async fn withdraw_refund(
    State(site): State<Shared>,
    id: PathText,
    write: Write,
) -> Result<Response, Failure> {
    Ok(json_text(site.market.withdraw_refund(&write.caller, write.asked, &refund_id(id)?).await?.body))
}

pub(super) async fn approve_refund(
    State(site): State<Shared>,
    id: PathText,
    write: Write,
) -> Result<Response, Failure> {
    Ok(json_text(site.market.approve_refund(&write.caller, write.asked, &refund_id(id)?).await?.body))
}

pub(super) async fn reject_refund(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.reject_refund(&write.caller, write.asked, &refund_id(id)?, &write.body).await?.body))
}

pub(super) async fn refund_sent(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.refund_sent(&write.caller, write.asked, &refund_id(id)?).await?.body))
}

pub(super) async fn services(
    State(site): State<Shared>,
    caller: Caller,
    Listed(query, part): Listed<ServiceQuery>,
) -> Result<Response, Failure> {
    json(&site.market.services(&caller, query, &part).await?)
}

pub(super) async fn service(State(site): State<Shared>, caller: Caller, id: PathText) -> Result<Response, Failure> {
    json(&site.market.service(&caller, &service_id(id)?).await?)
}

pub(super) async fn opened(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.mark_opened(&write.caller, write.asked, &service_id(id)?).await?.body))
}

pub(super) async fn note(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.note_service(&write.caller, write.asked, &service_id(id)?, &write.body).await?.body))
}

pub(super) async fn begin_trial(State(site): State<Shared>, write: Write) -> Result<Response, Failure> {
    let made = site.market.begin_trial(&write.caller, write.asked, &write.body).await?;
    let place = api::service(&made.id);
    created(made, &place)
}

pub(super) async fn extra_trial(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.extra_trial(&write.caller, write.asked, &service_id(id)?).await?.body))
}

pub(super) async fn access(
    State(site): State<Shared>,
    caller: Caller,
    asked: Asked<AccessQuery>,
) -> Result<Response, Failure> {
    json(&site.market.access(&caller, query(asked)?).await?)
}

pub(super) async fn notices(
    State(site): State<Shared>,
    caller: Caller,
    Listed(NoticeQuery {}, part): Listed<NoticeQuery>,
) -> Result<Response, Failure> {
    json(&site.market.notices(&caller, &part).await?)
}

/// Twice is as good as once: it takes no `Idempotency-Key`.
pub(super) async fn read_notice(
    State(site): State<Shared>,
    caller: Caller,
    id: PathText,
) -> Result<StatusCode, Failure> {
    let Path(id) = id.map_err(|_| Trade::NoticeNotFound)?;
    site.market.read_notice(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// As good twice as once, too.
pub(super) async fn read_notices(
    State(site): State<Shared>,
    caller: Caller,
    id: PathText,
) -> Result<StatusCode, Failure> {
    let Path(id) = id.map_err(|_| Trade::NoticeNotFound)?;
    site.market.read_notices(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The provider may say it as often as it likes: a movement of money counts once.
pub(super) async fn notified(State(site): State<Shared>, request: Request) -> Result<StatusCode, Failure> {
    let signature = request.headers().get(SIGNATURE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let signature = signature.ok_or(Trade::SignatureInvalid)?;
    let body = String::from_utf8(body::json(request).await?.into()).map_err(|_| Failure::malformed(Expected::Json))?;
    site.market.notified(&Signed { body, signature }).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn sandbox_payment(State(site): State<Shared>, id: PathText) -> Result<Response, Failure> {
    let Path(id) = id.map_err(|_| Trade::PaymentNotFound)?;
    json(&site.market.sandbox_payment(&id).await?)
}

pub(super) async fn play(State(site): State<Shared>, id: PathText, request: Request) -> Result<Response, Failure> {
    let Path(id) = id.map_err(|_| Trade::PaymentNotFound)?;
    json(&site.market.play(&id, &body::json(request).await?).await?)
}

pub(super) async fn clock(State(site): State<Shared>) -> Result<Response, Failure> {
    json(&site.market.sandbox_clock())
}

pub(super) async fn set_clock(State(site): State<Shared>, request: Request) -> Result<Response, Failure> {
    json(&site.market.set_sandbox_clock(&body::json(request).await?).await?)
}

//! Settlement over HTTP.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use shared::api::{ExportQuery, SettlementQuery};

use super::Shared;
use super::api::{json, json_text};
use super::guard::Write;
use super::trade::query;
use crate::caller::Caller;
use crate::failure::{Failure, Trade};
use crate::usecases::Form;

type PathText = Result<Path<String>, PathRejection>;
type Asked<T> = Result<Query<T>, QueryRejection>;

fn settlement_id(id: PathText) -> Result<String, Failure> {
    Ok(id.map(|Path(id)| id).map_err(|_| Trade::SettlementNotFound)?)
}

pub(super) async fn settlements(
    State(site): State<Shared>,
    caller: Caller,
    asked: Asked<SettlementQuery>,
) -> Result<Response, Failure> {
    json(&site.market.settlements(&caller, query(asked)?).await?)
}

pub(super) async fn settlement(State(site): State<Shared>, caller: Caller, id: PathText) -> Result<Response, Failure> {
    json(&site.market.settlement(&caller, &settlement_id(id)?).await?)
}

pub(super) async fn csv(
    State(site): State<Shared>,
    caller: Caller,
    id: PathText,
    asked: Asked<ExportQuery>,
) -> Result<Response, Failure> {
    exported(&site, &caller, id, asked, Form::Csv).await
}

pub(super) async fn xlsx(
    State(site): State<Shared>,
    caller: Caller,
    id: PathText,
    asked: Asked<ExportQuery>,
) -> Result<Response, Failure> {
    exported(&site, &caller, id, asked, Form::Xlsx).await
}

pub(super) async fn paid_out(State(site): State<Shared>, id: PathText, write: Write) -> Result<Response, Failure> {
    Ok(json_text(site.market.pay_out(&write.caller, write.asked, &settlement_id(id)?, &write.body).await?.body))
}

async fn exported(
    site: &Shared,
    caller: &Caller,
    id: PathText,
    asked: Asked<ExportQuery>,
    form: Form,
) -> Result<Response, Failure> {
    let english = query(asked)?.lang.is_some_and(|lang| lang == "en");
    let export = site.market.export_settlement(caller, &settlement_id(id)?, form, english).await?;
    let kind = match form {
        Form::Csv => "text/csv; charset=utf-8",
        Form::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let name = HeaderValue::try_from(format!("attachment; filename=\"{}\"", export.name))
        .map_err(|error| Failure::Internal(error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, export.bytes).into_response())
}

//! A failure over HTTP: problem details (RFC 9457) for programs, a page for people.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::api::Refusal;
use shared::orders::Refused;

use crate::failure::Failure;

pub(super) const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");

/// The answer is still empty: the envelope, which knows the request's id, fills it.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = status(&self).into_response();
        if let Some(seconds) = self.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status(&self) == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// The HTTP status of each failure.
pub(super) fn status(failure: &Failure) -> StatusCode {
    match failure {
        Failure::NotFound | Failure::ProductNotFound | Failure::QuotationNotFound => StatusCode::NOT_FOUND,
        Failure::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Failure::Malformed(_) | Failure::IdempotencyKeyInvalid => StatusCode::BAD_REQUEST,
        Failure::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Failure::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Failure::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
        Failure::InvalidSelection(_)
        | Failure::Refused(
            Refused::RepriceAmountInvalid
            | Refused::RepriceReasonInvalid
            | Refused::AmountInvalid
            | Refused::RefundReasonInvalid,
        ) => StatusCode::UNPROCESSABLE_ENTITY,
        Failure::Aftersale(refused) if refused.is_about_input() => StatusCode::UNPROCESSABLE_ENTITY,
        Failure::Aftersale(_)
        | Failure::PriceMismatch(..)
        | Failure::QuoteStale(..)
        | Failure::ServiceChanged(..)
        | Failure::IdempotencyMismatch
        | Failure::Refused(_) => StatusCode::CONFLICT,
        Failure::Account(account) => account.status(),
        Failure::Trade(trade) => trade.status(),
        Failure::Editing(editing) => editing.status(),
        Failure::Store(_) | Failure::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
        Failure::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Fills an answer with the problem's details; headers that are there already (`Allow`) stay.
pub(super) fn fill(response: &mut Response, failure: &Failure, request_id: &str) {
    let refusal = refusal(failure, request_id);
    let text = serde_json::to_string(&refusal).unwrap_or_default();
    *response.body_mut() = Body::from(text);
    response.headers_mut().insert(header::CONTENT_TYPE, PROBLEM);
    response.headers_mut().remove(header::CONTENT_LENGTH);
}

fn refusal(failure: &Failure, request_id: &str) -> Refusal {
    let status = status(failure);
    let (zh, en) = failure.sentences();
    let mut draft = None;
    let (violations, quote, revision) = match failure {
        Failure::Editing(editing) => {
            draft = editing.draft().cloned().map(Box::new);
            (editing.violations().to_vec(), None, editing.revision())
        }
        Failure::Malformed(violations) | Failure::InvalidSelection(violations) => (violations.clone(), None, None),
        Failure::PriceMismatch(quote, revision)
        | Failure::QuoteStale(quote, revision)
        | Failure::ServiceChanged(quote, revision) => (Vec::new(), Some(quote.clone()), Some(*revision)),
        _ => (Vec::new(), None, None),
    };
    Refusal {
        kind: "about:blank".to_owned(),
        title: status.canonical_reason().unwrap_or_default().to_owned(),
        status: status.as_u16(),
        code: failure.code().to_owned(),
        zh: zh.to_owned(),
        detail: en.to_owned(),
        violations,
        quote,
        revision,
        draft,
        request_id: request_id.to_owned(),
    }
}

//! Taking a request's body.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header;
use futures_util::StreamExt;
use shared::api;

use crate::failure::Failure;

/// The longest body of a request, in bytes.
const LARGEST: usize = 64 * 1024;
/// The same where a whole sales configuration is said.
const LARGEST_CONFIG: usize = 2 * 1024 * 1024;
/// So much of a body that is too long is read all the same: a sender that is still sending would not see the answer.
const DRAINED: usize = 8 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);

/// How long the body of a write may be, by the route's path.
pub(super) fn largest(path: &str) -> usize {
    if [api::OWN_DRAFT, api::OWN_PUBLISH, api::OWN_IMPACT].contains(&path) { LARGEST_CONFIG } else { LARGEST }
}

/// The body of a request that carries JSON.
pub(super) async fn json(request: Request) -> Result<Bytes, Failure> {
    json_up_to(LARGEST, request).await
}

/// The same, of so many bytes at most.
pub(super) async fn json_up_to(largest: usize, request: Request) -> Result<Bytes, Failure> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let compressed = request.headers().get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity");
    if compressed || !kind.is_some_and(is_json) {
        return Err(Failure::UnsupportedMediaType);
    }
    let body = request.into_body();
    tokio::time::timeout(PATIENCE, read(body, largest)).await.map_err(|_| Failure::BodyTooSlow)?
}

fn is_json(kind: &str) -> bool {
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
        || essence.to_ascii_lowercase().strip_prefix("application/").is_some_and(|kind| kind.ends_with("+json"))
}

async fn read(body: Body, largest: usize) -> Result<Bytes, Failure> {
    let mut chunks = body.into_data_stream();
    let mut first = Bytes::new();
    let mut whole = Vec::new();
    let mut length = 0;
    while let Some(chunk) = chunks.next().await {
        // The sender went away; nobody reads the answer.
        let chunk = chunk.map_err(|_| Failure::BodyTooSlow)?;
        length += chunk.len();
        if length > DRAINED {
            break;
        }
        match (length <= largest, first.is_empty()) {
            // Nearly every body comes in one piece, which is not copied.
            (true, true) => first = chunk,
            (true, false) => {
                if whole.is_empty() {
                    whole.extend_from_slice(&first);
                }
                whole.extend_from_slice(&chunk);
            }
            (false, _) => {}
        }
    }
    if length > largest {
        return Err(Failure::BodyTooLarge);
    }
    Ok(if whole.is_empty() { first } else { whole.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_known_by_its_type() {
        for kind in ["application/json", "Application/JSON; charset=utf-8", "application/problem+json"] {
            assert!(is_json(kind), "{kind}");
        }
        for kind in ["", "text/plain", "application/x-www-form-urlencoded", "text/json+x", "application/jsonx"] {
            assert!(!is_json(kind), "{kind}");
        }
    }
}

//! Requests of pages.

use gloo_net::http::{Request as Http, RequestBuilder};

use super::{Answer, Method, Request};
use crate::client::{Failure, answer};

/// Carries out a request; the text of its answer.
pub(super) async fn ask<M>(request: &mut Request<M>) -> Answer {
    let path = &request.path;
    let mut builder: RequestBuilder = match request.method {
        Method::Get => Http::get(path),
        Method::Post => Http::post(path),
        Method::Put => Http::put(path),
        Method::Delete => Http::delete(path),
    };
    if let Some(key) = &request.key {
        builder = builder.header("idempotency-key", &key.0);
    }
    let sent = match request.body.take() {
        Some(body) => {
            builder.header("content-type", "application/json").body(body).map_err(|_| Failure::Unreadable)?.send().await
        }
        None => builder.send().await,
    };
    answer(sent.map_err(|_| Failure::Unreachable)?).await
}

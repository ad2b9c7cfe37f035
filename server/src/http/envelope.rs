//! What is around every request: its id, its time limit, its line in the log; and around every answer: the security
//! headers, and the problem's details where it failed.

use std::any::Any;
use std::hash::{BuildHasher, RandomState};
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;

use super::accepts::accepts;
use super::headers::Open;
use super::{Shared, pages, problem};
use crate::clock::Stopwatch;
use crate::failure::Failure;

/// Nothing here takes a second; what takes this long hangs.
const PATIENCE: Duration = Duration::from_secs(30);
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Runs a request and completes its answer.
pub(super) async fn envelope(State(site): State<Shared>, request: Request, next: Next) -> Response {
    let watch = Stopwatch::start();
    let asked = Asked::of(&request);
    let running = AssertUnwindSafe(next.run(request)).catch_unwind();
    let mut response = match tokio::time::timeout(PATIENCE, running).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => Failure::Internal(panic_text(panic.as_ref())).into_response(),
        Err(_) => Failure::TimedOut.into_response(),
    };
    let failure = response.extensions_mut().remove::<Arc<Failure>>();
    if let Some(failure) = &failure {
        let id = asked.id.to_str().unwrap_or_default();
        match &asked.page {
            Some(cookies) => {
                pages::failure(&site, &mut response, failure, cookies, asked.uri.query().unwrap_or_default(), id);
            }
            None => problem::fill(&mut response, failure, id),
        }
    }
    asked.log(response.status(), failure.as_deref(), watch);
    let open = response.extensions_mut().remove::<Open>().unwrap_or_default();
    site.headers.apply(response.headers_mut(), &open);
    response.headers_mut().insert(REQUEST_ID, asked.id);
    response
}

/// What of a request is needed once it has been answered.
struct Asked {
    id: HeaderValue,
    method: Method,
    uri: Uri,
    /// For a person who looks for a page: the cookies, which say in which language.
    page: Option<String>,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let headers = request.headers();
        let path = request.uri().path();
        let page = request.method() == Method::GET
            && !path.starts_with("/api")
            && accepts(headers, &header::ACCEPT, "text/html");
        Self {
            id: headers.get(REQUEST_ID).filter(|id| is_sane(id)).cloned().unwrap_or_else(new_id),
            method: request.method().clone(),
            uri: request.uri().clone(),
            page: page.then(|| pages::cookies(headers)),
        }
    }

    /// One line for each request that failed or was kept; the rest, which changed nothing, only when asked for.
    fn log(&self, status: StatusCode, failure: Option<&Failure>, watch: Stopwatch) {
        let (id, method, path) =
            (self.id.to_str().unwrap_or_default(), self.method.as_str(), without_secret(self.uri.path()));
        let status = status.as_u16();
        macro_rules! line {
            ($level:ident $(, $field:ident = $value:expr)*) => {
                tracing::$level!(
                    request_id = id, method, path, status, us = u64::try_from(watch.elapsed().as_micros()).unwrap_or(u64::MAX) $(, $field = $value)*,
                    "request"
                )
            };
        }
        match failure {
            Some(failure) if status >= 500 => line!(error, code = failure.code(), error = failure.to_string()),
            Some(failure) => line!(info, code = failure.code()),
            None if self.method == Method::POST && status == 201 => line!(info),
            None => line!(debug),
        }
    }
}

/// An invitation's address opens it: it is not for the log.
fn without_secret(path: &str) -> &str {
    ["/api/invitations/", "/invitation/"].into_iter().find(|kind| path.starts_with(kind)).unwrap_or(path)
}

/// Another's id is taken over where it cannot harm the log.
fn is_sane(id: &HeaderValue) -> bool {
    (1..=64).contains(&id.len())
        && id.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// Different for every request of every server; nobody needs to be unable to guess it.
fn new_id() -> HeaderValue {
    static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let id = format!("{:016x}", KEY.hash_one(COUNT.fetch_add(1, Ordering::Relaxed)));
    HeaderValue::try_from(id).unwrap_or(HeaderValue::from_static("0"))
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("panic: {}", text.unwrap_or("without a text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_others_are_taken_where_they_are_sane() {
        for (id, sane) in [("abc-1_2.3", true), ("", false), ("a b", false), ("a\"b", false)] {
            assert_eq!(is_sane(&HeaderValue::from_static(id)), sane, "{id}");
        }
        assert!(!is_sane(&HeaderValue::try_from("a".repeat(65)).expect("ASCII")));
        assert_ne!(new_id(), new_id());
    }
}

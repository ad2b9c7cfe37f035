//! A market for one test, and asking it.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use server::clock::Clock;
use server::demo;
use server::http::{self, Site};
use server::keys::QuotationKey;
use server::passwords::Cost;
use server::store::Store;
use server::store::products::Seed;
use server::usecases::{Market, Settings};
use shared::calendar::Timestamp;
use tempfile::TempDir;
use tower::ServiceExt;

/// When every test begins.
pub(crate) const NOW: &str = "2026-01-01T10:00:00+08:00";

pub(crate) fn now() -> Timestamp {
    NOW.parse().expect("an instant")
}

/// A sandbox whose passwords cost next to nothing.
pub(crate) fn settings() -> Settings {
    Settings { sandbox: true, passwords: Cost { memory_kib: 8, passes: 1 }, ..Settings::default() }
}

/// The demo market on a SQLite file of its own.
pub(crate) struct TestMarket {
    pub(crate) store: Store,
    pub(crate) site: Arc<Site>,
    pub(crate) router: Router,
    folder: TempDir,
}

impl TestMarket {
    pub(crate) async fn open() -> Self {
        Self::open_with(settings()).await
    }

    pub(crate) async fn open_with(settings: Settings) -> Self {
        Self::open_at(None, settings).await
    }

    /// On the database at this address.
    pub(crate) async fn open_at(address: Option<&str>, settings: Settings) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), address).await.expect("a store");
        store.write(Seed { products: demo::products(), at: now() }).await.expect("seeded");
        store.write(demo::people(now())).await.expect("people");
        let key = QuotationKey::open(folder.path()).expect("a key");
        let market = Market::open(store.clone(), key, Clock::standing_at(now()), settings).await.expect("a market");
        let site = Arc::new(Site::new(market, false));
        Self { router: http::router(&site), store, site, folder }
    }

    /// The same store, in a market with other settings.
    pub(crate) async fn reopened(&self, settings: Settings) -> Router {
        http::router(&Arc::new(self.reopened_site(settings).await))
    }

    /// The same store on another server.
    pub(crate) async fn reopened_site(&self, settings: Settings) -> Site {
        let key = QuotationKey::open(self.folder.path()).expect("a key");
        let market =
            Market::open(self.store.clone(), key, Clock::standing_at(now()), settings).await.expect("a market");
        Site::new(market, false)
    }

    /// Whether the store's files hold this text as it is.
    pub(crate) fn contains(&self, text: &str) -> bool {
        let files = std::fs::read_dir(self.folder.path()).expect("the folder");
        let mut bytes = files.map(|file| std::fs::read(file.expect("a file").path()).expect("read"));
        bytes.any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    pub(crate) async fn post(&self, path: &str, body: impl ToString) -> Answer {
        self.ask(post(path, body.to_string())).await
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        ask(&self.router, request).await
    }
}

pub(crate) fn post(path: &str, body: impl Into<Body>) -> Request<Body> {
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
    request.body(body.into()).expect("a request")
}

/// Asks, and looks at what every answer has to have.
pub(crate) async fn ask(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    let answer = Answer { status: parts.status, headers: parts.headers, body: body.to_vec() };
    answer.check();
    answer
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    fn check(&self) {
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "permissions-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "x-request-id",
        ] {
            assert!(self.headers.contains_key(name), "{name} is missing: {self:?}");
        }
        let policy = self.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
        assert!(policy.contains("frame-ancestors ") && policy.contains("base-uri 'none'"), "{policy}");
        // Whatever is not meant for a frame can be in none.
        let framed = self.headers.get("x-frame-options").is_none();
        assert!(framed != policy.contains("frame-ancestors 'none'"), "{policy}");
        if self.status.as_u16() >= 400 && self.header("content-type") == "application/problem+json" {
            let problem = self.json();
            assert_eq!(problem["status"], self.status.as_u16());
            assert_eq!(problem["request_id"], self.header("x-request-id"));
            for field in ["code", "zh", "detail", "title"] {
                assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {problem}");
            }
        }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }

    pub(crate) fn text(&self) -> &str {
        str::from_utf8(&self.body).expect("UTF-8")
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The status and the problem's code.
    pub(crate) fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:?}");
        (self.status.as_u16(), self.json()["code"].as_str().expect("a code").to_owned())
    }

    /// Code and place of every violation, in order.
    pub(crate) fn violations(&self) -> Vec<(String, String)> {
        let problem = self.json();
        let violations = problem["violations"].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().expect("a string").to_owned();
        violations.iter().map(|violation| (text(&violation["code"]), text(&violation["at"]))).collect()
    }
}

/// The seed's example, which comes to 208.00.
pub(crate) fn example() -> Value {
    json!({
        "product": "data-analytics-2",
        "selection": {
            "edition": "standard", "term": "P1Y", "quantities": {"yonghushu": 10},
            "options": {"xinghao": "APP+WAP+微信", "quyu": "上海"}
        }
    })
}

/// The example with the value at a pointer replaced, or added.
pub(crate) fn example_with(pointer: &str, value: Value) -> Value {
    let mut request = example();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    request.pointer_mut(parent).expect("a place")[key] = value;
    request
}

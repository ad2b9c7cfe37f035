//! What a browser does by itself is no proof that the person wants it.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use super::super::support::TestMarket;
use super::{Browser, with_json};

#[tokio::test]
async fn a_write_from_another_sites_page_is_refused() {
    let market = TestMarket::open().await;
    let browser = Browser::of(&market, "demo-buyer-admin").await;
    let body = || Body::from(json!({"name": "x", "scopes": ["read"]}).to_string());
    let ours = [("sec-fetch-site", "same-origin"), ("origin", "http://market.example")];
    let theirs =
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")];
    for ((name, value), status) in ours.map(|it| (it, 201)).into_iter().chain(theirs.map(|it| (it, 403))) {
        let request = super::keyed(with_json(Request::post("/api/tokens")));
        let request = request.header("host", "market.example").header(name, value);
        let answer = browser.send(request, body()).await;
        assert_eq!(answer.status, status, "{name}: {value}");
        if status == 403 {
            assert_eq!(answer.problem().1, "cross_site");
        }
    }
    // Nobody is signed in, or out, by another site's page.
    for request in [Request::post("/api/demo/session"), Request::post("/api/session"), Request::delete("/api/session")]
    {
        let request = with_json(request).header("sec-fetch-site", "cross-site");
        let answer = browser.send(request, Body::from(json!({"account": "demo-auditor"}).to_string())).await;
        assert_eq!(answer.problem(), (403, "cross_site".to_owned()));
    }
    assert_eq!(browser.get("/api/session").await.json()["id"], "demo-buyer-admin");
    // A link from elsewhere leads here all the same.
    let request = Request::get("/api/session").header("sec-fetch-site", "cross-site");
    assert_eq!(browser.send(request, Body::empty()).await.status, 200);
}

#[tokio::test]
async fn a_write_says_by_its_key_whether_it_comes_again() {
    let market = TestMarket::open().await;
    let browser = Browser::of(&market, "demo-buyer-admin").await;
    let body = || Body::from(json!({"name": "x", "scopes": ["read"]}).to_string());
    let answer = browser.send(with_json(Request::post("/api/tokens")), body()).await;
    assert_eq!(answer.problem(), (400, "idempotency_key_missing".to_owned()));
    for key in ["", "a b", &"k".repeat(201)] {
        let request = with_json(Request::post("/api/tokens")).header("idempotency-key", key);
        assert_eq!(browser.send(request, body()).await.problem(), (400, "idempotency_key_invalid".to_owned()), "{key}");
    }
    let once = || with_json(Request::post("/api/tokens")).header("idempotency-key", "once");
    let answers = futures_util::future::join_all((0..20).map(|_| browser.send(once(), body()))).await;
    assert!(answers.iter().all(|answer| answer.status == 201 && answer.body == answers[0].body));
    assert_eq!(browser.get("/api/tokens").await.json()["tokens"].as_array().expect("tokens").len(), 1);
    // Somebody else's key is another key.
    let other = Browser::of(&market, "demo-isv-owner").await;
    let answer = other.send(once(), body()).await;
    assert!(answer.status == 201 && answer.body != answers[0].body);
    // Refusals are not remembered.
    let refused = browser.send(once().header("x-request-id", "r"), Body::from("{}")).await;
    assert_eq!(refused.status, 400);
}

//! Prices and quotations that are good, or good but not what the buyer was shown.

use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ed25519_dalek::{Signature, VerifyingKey};
use futures_util::future::join_all;
use serde_json::{Value, json};
use shared::api::{Confirmed, SIGNED_PREFIX, Signed, VerifyKeys};
use std::time::Duration;

use server::store::products::Publish;
use server::store::quotations::Find;

use super::support::{Answer, TestMarket, example, example_with, now, post};

async fn keyed(market: &TestMarket, key: &str, body: &Value) -> Answer {
    let mut request = post("/api/quotes", body.to_string());
    request.headers_mut().insert("idempotency-key", key.parse().expect("a header"));
    market.ask(request).await
}

/// Publishes the second example anew with its base price raised; returns the revision.
async fn raise_the_price(market: &TestMarket) -> u32 {
    let mut product = server::demo::products().into_iter().find(|it| it.slug == "data-analytics-2").expect("the demo");
    product.config =
        product.config.replacen(r#""new": {"month": "1", "year": "12"}"#, r#""new": {"month": "1", "year": "13"}"#, 1);
    let revision = market.store.write(Publish { product, at: now() }).await.expect("published");
    market.site.market().refresh().await.expect("refreshed");
    revision
}

#[tokio::test]
async fn the_seeds_example_costs_208() {
    let market = TestMarket::open().await;
    let quote = market.post("/api/prices", example()).await.json();
    for (field, value) in [("total", "208.00"), ("renewal_total", "208.00"), ("end", "2027-01-01T10:00:00+08:00")] {
        assert_eq!(quote[field], value);
    }
    let amounts: Vec<_> = quote["lines"].as_array().expect("lines").iter().map(|line| line["amount"].clone()).collect();
    assert_eq!(amounts, ["12.00", "100.00", "60.00", "36.00"]);
}

#[tokio::test]
async fn the_answer_is_what_the_evaluator_says() {
    let market = TestMarket::open().await;
    for product in server::demo::products() {
        let config: Value = serde_json::from_str(&product.config).expect("JSON");
        let offer = shared::catalog::Offer::parse(&product.config).expect("an offer");
        for (index, edition) in offer.editions.iter().enumerate() {
            let term = edition.terms.last().copied();
            let selection = shared::pricing::smallest(&offer, index, term).to_file(&offer);
            let line = json!({"op": "purchase", "config": config, "selection": selection, "at": super::support::NOW});
            let expected: Value = serde_json::from_str(&shared::eval::answer(&line.to_string())).expect("JSON");
            let answer = market.post("/api/prices", json!({"product": product.slug, "selection": selection})).await;
            let name = format!("{} {}", product.slug, edition.code);
            if edition.hidden {
                assert_eq!(answer.json()["violations"], expected["err"]["violations"], "{name}");
            } else {
                assert_eq!(answer.json(), expected["ok"], "{name}");
            }
        }
    }
}

#[tokio::test]
async fn a_quotation_is_signed_kept_and_fetched_as_it_was() {
    let market = TestMarket::open().await;
    let mut request = example_with("/expected_total", json!("208.00"));
    request["revision"] = json!(1);
    let issued = market.post("/api/quotes", request).await;
    assert_eq!(issued.status, 201);
    let signed: Signed = serde_json::from_slice(&issued.body).expect("a signed quotation");
    assert_eq!(issued.header("location"), format!("/api/quotes/{}", signed.confirmed.id));
    assert_eq!(signed.confirmed.expires_at.since(signed.confirmed.issued_at), 15 * 60);
    assert_eq!(signed.confirmed.names.charges[0].unit, "人");

    // What is shown is what was signed.
    let document: Confirmed = serde_json::from_str(&signed.document).expect("the document");
    assert_eq!(document, signed.confirmed);

    let keys: VerifyKeys = serde_json::from_slice(&market.get("/.well-known/jwks.json").await.body).expect("keys");
    let key = keys.keys.iter().find(|key| key.kid == signed.key_id).expect("the key that signed");
    let key: [u8; 32] = BASE64.decode(&key.x).expect("base64").try_into().expect("32 bytes");
    let key = VerifyingKey::from_bytes(&key).expect("a key");
    let signature = Signature::from_slice(&BASE64.decode(&signed.signature).expect("base64")).expect("64 bytes");
    let bytes = format!("{SIGNED_PREFIX}{}", signed.document);
    assert!(key.verify_strict(bytes.as_bytes(), &signature).is_ok());
    assert!(key.verify_strict(bytes.replace("208.00", "108.00").as_bytes(), &signature).is_err());

    let fetched = market.get(issued.header("location")).await;
    assert_eq!(fetched.status, 200);
    assert_eq!(fetched.body, issued.body);
}

#[tokio::test]
async fn a_total_that_is_off_by_a_fen_is_refused_with_the_servers_quote() {
    let market = TestMarket::open().await;
    for total in ["207.99", "208.01", "0", "1000000000"] {
        let answer = market.post("/api/quotes", example_with("/expected_total", json!(total))).await;
        assert_eq!(answer.problem(), (409, "price_mismatch".to_owned()), "{total}");
        assert_eq!(answer.json()["quote"]["total"], "208.00");
        assert_eq!(answer.json()["revision"], 1);
    }
    assert_eq!(market.post("/api/quotes", example_with("/expected_total", json!("208"))).await.status, 201);
}

#[tokio::test]
async fn another_revision_than_the_published_is_stale_even_at_the_same_total() {
    let market = TestMarket::open().await;
    let shown = |revision: i64, total: &str| {
        let mut request = example_with("/expected_total", json!(total));
        request["revision"] = json!(revision);
        request
    };
    assert_eq!(market.post("/api/quotes", shown(1, "208.00")).await.status, 201);
    assert_eq!(raise_the_price(&market).await, 2);
    for (revision, total) in [(1, "208.00"), (1, "209.00"), (3, "209.00"), (0, "209.00"), (-1, "1"), (i64::MAX, "1")] {
        let answer = market.post("/api/quotes", shown(revision, total)).await;
        assert_eq!(answer.problem(), (409, "quote_stale".to_owned()), "{revision} {total}");
        assert_eq!(answer.json()["quote"]["total"], "209.00");
        assert_eq!(answer.json()["revision"], 2);
    }
    assert_eq!(market.post("/api/quotes", shown(2, "209.00")).await.status, 201);
}

#[tokio::test]
async fn a_quotation_stays_as_it_was_when_prices_move() {
    let market = TestMarket::open().await;
    let issued = market.post("/api/quotes", example()).await;
    raise_the_price(&market).await;
    assert_eq!(market.get(issued.header("location")).await.body, issued.body);
}

#[tokio::test]
async fn the_same_key_gives_the_same_bytes_and_another_body_is_refused() {
    let market = TestMarket::open().await;
    let first = keyed(&market, "k-1", &example()).await;
    assert_eq!(first.status, 201);
    assert_eq!(keyed(&market, "a-key-that-is-kept-as-a-hash", &example()).await.status, 201);
    assert!(!market.contains("a-key-that-is-kept-as-a-hash"));
    // Whatever has happened since.
    raise_the_price(&market).await;
    market.site.market().clock().advance(Duration::from_hours(23));
    let again = keyed(&market, "k-1", &example()).await;
    assert_eq!((again.status, again.header("location")), (first.status, first.header("location")));
    assert_eq!(again.body, first.body);

    let other = example_with("/selection/count", json!(2));
    assert_eq!(keyed(&market, "k-1", &other).await.problem(), (409, "idempotency_mismatch".to_owned()));
    assert_ne!(keyed(&market, "k-2", &example()).await.body, first.body);

    market.site.market().clock().advance(Duration::from_hours(1));
    let a_day_later = keyed(&market, "k-1", &example()).await;
    assert_eq!(a_day_later.json()["total"], "209.00");
}

#[tokio::test]
async fn a_refusal_is_not_remembered() {
    let market = TestMarket::open().await;
    let request = example_with("/expected_total", json!("209.00"));
    assert_eq!(keyed(&market, "k", &request).await.problem(), (409, "price_mismatch".to_owned()));
    raise_the_price(&market).await;
    assert_eq!(keyed(&market, "k", &request).await.status, 201);
}

#[tokio::test]
async fn one_of_many_at_once_with_the_same_key_is_kept_and_all_get_its_bytes() {
    let market = TestMarket::open().await;
    let body = example();
    let answers = join_all((0..40).map(|_| keyed(&market, "same", &body))).await;
    for answer in &answers {
        assert_eq!(answer.body, answers[0].body);
    }
    let first: Signed = serde_json::from_slice(&answers[0].body).expect("a quotation");
    assert!(market.store.read(Find(first.confirmed.id.clone())).await.expect("the store").is_some());
}

#[tokio::test]
async fn a_key_is_a_short_visible_text() {
    let market = TestMarket::open().await;
    for key in ["", "a b", &"k".repeat(201)] {
        assert_eq!(
            keyed(&market, key, &example()).await.problem(),
            (400, "idempotency_key_invalid".to_owned()),
            "{key}"
        );
    }
    let mut request: Request<Body> = post("/api/quotes", example().to_string());
    let key = axum::http::HeaderValue::from_bytes(b"\xff").expect("a header");
    request.headers_mut().insert("idempotency-key", key);
    assert_eq!(market.ask(request).await.problem(), (400, "idempotency_key_invalid".to_owned()));
}

#[tokio::test]
async fn ids_cannot_be_counted_up() {
    let market = TestMarket::open().await;
    let answers = join_all((0..50).map(|_| market.post("/api/quotes", example()))).await;
    let ids: std::collections::BTreeSet<String> =
        answers.iter().map(|answer| answer.json()["id"].as_str().expect("an id")[8..].to_owned()).collect();
    assert_eq!(ids.len(), 50);
    assert!(ids.iter().all(|random| BASE64.decode(random).is_ok_and(|bytes| bytes.len() == 16)));
}

//! Forms and configurations that nobody meant well.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};
use server::clock::Stopwatch;
use shared::api;

use super::super::people::Browser;
use super::super::support::{Answer, TestMarket};
use super::{config, made};

async fn sent(owner: &Browser<'_>, method: &str, path: &str, body: impl Into<Body>) -> Answer {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
    let key = NEXT.fetch_add(1, Ordering::Relaxed);
    owner.send(request.header("idempotency-key", format!("hostile-{key}")), body.into()).await
}

#[tokio::test]
async fn a_form_is_kept_as_it_is_or_refused() {
    let market = TestMarket::open().await;
    let owner = Browser::of(&market, "demo-isv-owner").await;
    made(&owner, "hostile").await;
    let draft = api::own_draft("hostile");
    let mut version = 0;
    for form in [
        "null".to_owned(),
        r#"{"a":1,"a":2,"\ud83d\ude00":"𠮷\u202e"}"#.to_owned(),
        "[".repeat(120) + &"]".repeat(120),
        format!("\"{}\"", "长".repeat(600_000)),
    ] {
        let saved = sent(&owner, "PUT", &draft, format!(r#"{{"replaces":{version},"form":{form}}}"#)).await;
        assert_eq!(saved.status, 200, "{}", saved.text());
        version += 1;
        let own = owner.get(&api::own_product("hostile")).await;
        assert!(own.text().contains(&format!(r#""form":{form}"#)), "kept to the letter");
    }
    let put = |form: String| format!(r#"{{"replaces":{version},"form":{form}}}"#);
    for (body, code) in [
        (put("[".repeat(130) + &"]".repeat(130)).into_bytes(), "malformed"),
        (put("[".repeat(500_000)).into_bytes(), "malformed"),
        (put("[".repeat(500_000) + &"]".repeat(500_000)).into_bytes(), "malformed"),
        (put(r#""\u0000""#.to_owned()).into_bytes(), "malformed"),
        (put("1e999".to_owned()).into_bytes(), "malformed"),
        (put(r#""\ud800""#.to_owned()).into_bytes(), "malformed"),
        (b"{\"replaces\":5,\"form\":\"\xd6\xd0\xce\xc4\"}".to_vec(), "malformed"),
        (put("{}".to_owned()).encode_utf16().flat_map(u16::to_le_bytes).collect(), "malformed"),
        (Vec::new(), "malformed"),
        (put(format!("\"{}\"", "x".repeat(3_000_000))).into_bytes(), "body_too_large"),
    ] {
        let refused = sent(&owner, "PUT", &draft, body).await.problem().1;
        assert_eq!(refused, code);
    }
    assert_eq!(owner.get(&api::own_product("hostile")).await.json()["draft"]["version"], version);
}

/// As many tiers as are asked for, of which every one is wrong, or none.
fn tiers(count: usize, wrong: bool) -> String {
    let price = json!({"new": {"month": "1", "year": "12"}, "renew": {"month": "1", "year": "12"}});
    let tier = |n: usize| {
        let price = if wrong { json!({"new": {"month": "-1"}, "renew": {"year": "x"}}) } else { price.clone() };
        json!({"from": n + 5, "unit": price})
    };
    let mut config = config();
    let charge = &mut config["editions"][0]["charges"][0];
    charge["tiers"] = (0..count).map(tier).collect::<Vec<Value>>().into();
    charge["max"] = json!(null);
    config.to_string()
}

#[tokio::test]
async fn ten_thousand_tiers_are_answered_completely_and_soon() {
    let market = TestMarket::open().await;
    let owner = Browser::of(&market, "demo-isv-owner").await;
    made(&owner, "large").await;
    let publish = api::own_publish("large");
    let timed = async |config: &str, more: &str| {
        let watch = Stopwatch::start();
        let answer = sent(&owner, "POST", &publish, format!(r#"{{"config":{config}{more}}}"#)).await;
        // Unoptimised, on a machine that others share.
        assert!(watch.elapsed() < Duration::from_secs(30), "{:?}", watch.elapsed());
        answer
    };
    let wrong = tiers(10_000, true);
    assert!(wrong.len() > 600_000, "{}", wrong.len());
    let refused = timed(&wrong, "").await;
    assert_eq!(refused.problem(), (422, "invalid_config".to_owned()));
    assert!(refused.violations().len() >= 20_000, "{}", refused.violations().len());
    let good = tiers(10_000, false);
    assert_eq!(timed(&good, "").await.status, 201);
    // Held against itself, which is where the tiers before and after meet.
    let dearer = good.replacen(r#""year":"12""#, r#""year":"13""#, 1);
    assert_eq!(timed(&dearer, r#","based_on":1"#).await.status, 201);
    let cases: Vec<Value> = (0..200).map(|_| super::case("29.00")).collect();
    let cases = format!(r#","based_on":2,"cases":{}"#, json!(cases));
    assert_eq!(timed(&dearer.replacen("\"12\"", "\"11\"", 1), &cases).await.problem().1, "golden_case_failed");
    let deep = "[".repeat(200_000) + &"]".repeat(200_000);
    assert_eq!(timed(&deep, r#","based_on":2"#).await.problem(), (422, "invalid_config".to_owned()));
}

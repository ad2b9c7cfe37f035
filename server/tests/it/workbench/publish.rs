//! What is not published, and what happens to it meanwhile: nothing.

use axum::body::Body;
use axum::http::{Request, header};
use futures_util::future::join_all;
use serde_json::{Value, json};
use shared::api::{self, OrganisationKind};

use super::super::people::Browser;
use super::super::support::TestMarket;
use super::{case, config, made, on_both, published, put, what_is_published};

async fn refusals(market: &TestMarket) {
    let owner = Browser::of(market, "demo-isv-owner").await;
    made(&owner, "one").await;
    let publish = async |body: Value| owner.post(&api::own_publish("one"), body).await;

    let mut upgrades = config();
    upgrades["upgrades"] = json!([{"from": "basic", "to": "pro"}]);
    let refused = publish(json!({"config": upgrades, "note": "x".repeat(201)})).await;
    assert_eq!(refused.problem(), (422, "invalid_config".to_owned()));
    let expected = [("upgrades_before_listing", "/config/upgrades"), ("note_too_long", "/note")]
        .map(|(a, b)| (a.into(), b.into()));
    assert_eq!(refused.violations(), expected);
    let mut wrong = config();
    wrong["editions"][0]["name"] = json!("");
    wrong["editions"][1]["terms"] = json!([]);
    let places: Vec<_> = publish(json!({"config": wrong})).await.violations().into_iter().map(|it| it.1).collect();
    assert_eq!(places, ["/config/editions/0/name", "/config/editions/1/terms"]);
    for config in [json!(null), json!([]), json!("x"), json!({}), json!(1)] {
        assert_eq!(publish(json!({"config": config})).await.problem(), (422, "invalid_config".to_owned()), "{config}");
    }
    let many: Vec<Value> = (0..201).map(|_| case("26.00")).collect();
    let refused = publish(json!({"config": config(), "cases": many})).await;
    assert_eq!(refused.violations(), [("cases_too_many".to_owned(), "/cases".to_owned())]);

    // A case that costs something else: which, and what it costs.
    let cases = json!([case("26.00"), case("25.99"), case("1.00")]);
    let refused = publish(json!({"config": config(), "cases": cases})).await;
    assert_eq!(refused.problem(), (422, "golden_case_failed".to_owned()));
    let at = |n: u32| ("golden_case_failed".to_owned(), format!("/cases/{n}"));
    assert_eq!(refused.violations(), [at(1), at(2)]);
    assert_eq!(refused.json()["violations"][0]["zh"], "“五人”：total 应为 25.99，实际为 26.00。");
    let own = owner.get(&api::own_product("one")).await.json();
    assert!(own.get("published").is_none(), "nothing of all that was published: {own}");

    assert_eq!(publish(json!({"config": config(), "based_on": 1})).await.problem(), (409, "revision_stale".to_owned()));
    published(&owner, "one", json!({"config": config(), "cases": [case("26.00")]})).await;
    let before = what_is_published(&owner, "one").await;
    for based_on in [json!(null), json!(2)] {
        let refused = publish(json!({"config": upgrades, "based_on": based_on})).await;
        assert_eq!(refused.problem(), (409, "revision_stale".to_owned()));
        assert_eq!(refused.json()["revision"], 1);
    }
    // However it is written.
    let mut same = config();
    same["editions"][0]["price"]["new"]["year"] = json!("10.00");
    same["price_cap"] = json!(null);
    let refused = publish(json!({"config": same, "cases": [case("26.00")], "based_on": 1})).await;
    assert_eq!(refused.problem(), (409, "nothing_changes".to_owned()));
    assert_eq!(what_is_published(&owner, "one").await, before);
    // Once it is listed; and other cases are a change.
    assert_eq!(published(&owner, "one", json!({"config": config(), "based_on": 1})).await, 2);
    assert_eq!(published(&owner, "one", json!({"config": upgrades, "based_on": 2})).await, 3);
}

#[tokio::test]
async fn what_is_refused_changes_nothing() {
    on_both("workbench_refusals", refusals).await;
}

async fn at_once(market: &TestMarket) {
    let owner = Browser::of(market, "demo-isv-owner").await;
    made(&owner, "race").await;
    published(&owner, "race", json!({"config": config()})).await;
    let path = api::own_publish("race");
    let publishes = (0..50).map(|n| {
        let mut config = config();
        config["editions"][0]["price"]["new"]["year"] = json!(format!("{n}.50"));
        owner.post(&path, json!({"config": config, "based_on": 1}))
    });
    let answers = join_all(publishes).await;
    let made: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(made.len(), 1);
    assert!(answers.iter().all(|answer| answer.status == 201 || answer.problem().1 == "revision_stale"));
    let list = owner.get(&api::own_revisions("race")).await.json();
    assert_eq!(list["revisions"].as_array().map(Vec::len), Some(2));
    assert_eq!(what_is_published(&owner, "race").await.0, 2);

    // The same request is the same request, also while it is done.
    let body = json!({"config": config(), "based_on": 2}).to_string();
    let again = (0..10).map(|_| {
        let request = Request::post(&path).header(header::CONTENT_TYPE, "application/json");
        owner.send(request.header("idempotency-key", "the-same"), Body::from(body.clone()))
    });
    let answers = join_all(again).await;
    for answer in &answers {
        assert_eq!((answer.status.as_u16(), answer.text()), (201, answers[0].text()));
    }
    assert_eq!(what_is_published(&owner, "race").await.0, 3);
}

#[tokio::test]
async fn of_fifty_at_once_one_is_published() {
    on_both("workbench_race", at_once).await;
}

async fn strangers(market: &TestMarket) {
    let (owner, support) = (Browser::of(market, "demo-isv-owner").await, Browser::of(market, "demo-isv-support").await);
    let other = Browser::of_new(market, OrganisationKind::Isv, "other@isv.example").await;
    made(&owner, "mine").await;
    let body = json!({"config": config()});
    let publish = api::own_publish("mine");
    assert_eq!(support.post(&publish, body.clone()).await.problem(), (403, "not_allowed".to_owned()));
    let saved = put(&support, &api::own_draft("mine"), json!({"replaces": 0, "form": 1})).await;
    assert_eq!(saved.problem(), (403, "not_allowed".to_owned()));
    let product = |slug: &str| json!({"slug": slug, "name": "甲", "intro": "乙", "category": "丙"});
    assert_eq!(support.post(api::OWN_PRODUCTS, product("theirs")).await.problem().1, "not_allowed");
    for listed in [false, true] {
        for path in [api::own_product("mine"), api::own_revisions("mine"), api::own_revision("mine", 1)] {
            assert_eq!(other.get(&path).await.problem(), (404, "product_not_found".to_owned()), "{path}");
        }
        assert_eq!(other.post(&publish, body.clone()).await.problem(), (404, "product_not_found".to_owned()));
        let saved = put(&other, &api::own_draft("mine"), json!({"replaces": 0, "form": 1})).await;
        assert_eq!(saved.problem(), (404, "product_not_found".to_owned()));
        let set = put(&other, &api::own_origins("mine"), json!({"origins": []})).await;
        assert_eq!(set.problem(), (404, "product_not_found".to_owned()));
        assert!(other.get(api::OWN_PRODUCTS).await.json()["products"].as_array().expect("products").is_empty());
        let taken = other.post(api::OWN_PRODUCTS, product("mine")).await;
        assert_eq!(taken.problem(), (409, "slug_taken".to_owned()));
        assert_eq!(taken.violations(), [("slug_taken".to_owned(), "/slug".to_owned())]);
        if !listed {
            published(&owner, "mine", body.clone()).await;
        }
    }
    let wrong = json!({"slug": "-A", "name": " ", "intro": "字".repeat(101), "category": "a\nb"});
    let wrong = other.post(api::OWN_PRODUCTS, wrong).await;
    assert_eq!(wrong.problem(), (422, "invalid_product".to_owned()));
    let codes = ["slug_invalid", "name_invalid", "intro_invalid", "category_invalid"];
    assert_eq!(wrong.violations().into_iter().map(|it| it.0).collect::<Vec<_>>(), codes);
}

#[tokio::test]
async fn another_isvs_product_is_not_there_and_support_only_looks() {
    on_both("workbench_strangers", strangers).await;
}

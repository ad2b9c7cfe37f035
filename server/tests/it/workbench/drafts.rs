//! Nobody's draft is overwritten.

use futures_util::future::join_all;
use serde_json::json;
use shared::api;

use super::super::people::Browser;
use super::super::support::TestMarket;
use super::{config, made, on_both, published, put};

async fn story(market: &TestMarket) {
    let [anna, bert] = ["demo-isv-owner", "demo-isv-owner"].map(|who| Browser::of(market, who));
    let (anna, bert) = (anna.await, bert.await);
    made(&anna, "shared").await;
    let path = api::own_draft("shared");
    let save = |replaces: u32, text: &str| json!({"replaces": replaces, "form": {"text": text}});
    assert_eq!(put(&anna, &path, save(0, "anna")).await.status, 200);
    let late = put(&bert, &path, save(0, "bert")).await;
    assert_eq!(late.problem(), (409, "draft_conflict".to_owned()));
    assert_eq!(
        (&late.json()["draft"]["form"], &late.json()["draft"]["version"]),
        (&json!({"text": "anna"}), &json!(1))
    );
    assert_eq!(put(&bert, &path, save(1, "both")).await.json()["version"], 2);
    assert_eq!(put(&anna, &path, save(1, "anna again")).await.json()["draft"]["form"], json!({"text": "both"}));

    // Of many who replace the same version one does, whichever.
    let saves = (0..20).map(|n| put(&anna, &path, save(2, &n.to_string())));
    let saved: Vec<_> = join_all(saves).await.iter().map(|answer| answer.status.as_u16()).collect();
    assert_eq!(saved.iter().filter(|status| **status == 200).count(), 1, "{saved:?}");
    assert!(saved.iter().all(|status| matches!(status, 200 | 409)), "{saved:?}");

    // Another version than the published one stays.
    published(&anna, "shared", json!({"config": config(), "draft": 2})).await;
    assert_eq!(anna.get(&api::own_product("shared")).await.json()["draft"]["version"], 3);
    let mut dearer = config();
    dearer["price_cap"] = json!("1000.00");
    published(&anna, "shared", json!({"config": dearer, "draft": 3, "based_on": 1})).await;
    let own = anna.get(&api::own_product("shared")).await.json();
    assert!(own.get("draft").is_none(), "{own}");
    // Who still works on what was published is told, and a version's number never comes again.
    let late = put(&bert, &path, save(3, "bert")).await;
    assert_eq!(late.problem(), (409, "draft_conflict".to_owned()));
    assert!(late.json().get("draft").is_none());
    assert_eq!(put(&anna, &path, save(0, "next")).await.json()["version"], 4);

    for (based_on, good) in [(json!(2), true), (json!(1), true), (json!(0), false), (json!(3), false)] {
        let now = anna.get(&api::own_product("shared")).await.json()["draft"]["version"].clone();
        let answer = put(&anna, &path, json!({"replaces": now, "based_on": based_on, "form": 1})).await;
        assert_eq!(answer.status == 200, good, "{based_on}: {}", answer.text());
    }
}

#[tokio::test]
async fn two_editors_lose_nothing() {
    on_both("workbench_drafts", story).await;
}

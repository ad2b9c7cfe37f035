//! From nothing to a product that is sold, revised, and taken back to what it was.

use serde_json::{Value, json};
use server::usecases::audit;
use shared::api;
use shared::calendar::Offset;

use super::super::people::Browser;
use super::super::support::{TestMarket, settings};
use super::{case, config, made, on_both, published, put, selection, what_is_published};

const SLUG: &str = "report-helper";

async fn is_in_the_store(market: &TestMarket) -> [bool; 4] {
    let list = market.get(api::PRODUCTS).await.json();
    let listed = list["products"].as_array().expect("products").iter().any(|product| product["slug"] == SLUG);
    let wanted = json!({"product": SLUG, "selection": selection()});
    [
        listed,
        market.get(&api::product(SLUG)).await.status == 200,
        market.get(&format!("/p/{SLUG}")).await.status == 200,
        market.post(api::QUOTES, wanted).await.status == 201,
    ]
}

async fn story(market: &TestMarket) {
    let [owner, support, buyer] =
        ["demo-isv-owner", "demo-isv-support", "demo-buyer-admin"].map(|who| Browser::of(market, who));
    let (owner, support, buyer) = (owner.await, support.await, buyer.await);
    made(&owner, SLUG).await;
    assert_eq!(is_in_the_store(market).await, [false; 4]);
    let own = support.get(&api::own_product(SLUG)).await.json();
    assert_eq!(own["text"]["name"], "报表助手");
    assert_eq!(own["text"]["vendor"], "杭州云图数据技术有限公司（演示服务商）");
    assert!(own.get("published").is_none() && own.get("draft").is_none(), "{own}");
    assert_eq!(listed(&support, "?name=报表").await, [(SLUG.to_owned(), "draft".to_owned())]);

    for (replaces, form) in [(0, json!({"any": "thing"})), (1, json!({"half": ["done", null]}))] {
        let saved = put(&owner, &api::own_draft(SLUG), json!({"replaces": replaces, "form": form})).await;
        assert_eq!((saved.status.as_u16(), saved.json()["version"].clone()), (200, json!(replaces + 1)));
    }
    let draft = owner.get(&api::own_product(SLUG)).await.json()["draft"].clone();
    assert_eq!(draft["form"], json!({"half": ["done", null]}));
    assert_eq!((&draft["version"], &draft["by"]), (&json!(2), &json!("陈建国")));

    let first = json!({"config": config(), "cases": [case("26.00")], "draft": 2, "note": "首次发布"});
    assert_eq!(published(&owner, SLUG, first).await, 1);
    assert_eq!(is_in_the_store(market).await, [true; 4]);
    assert_eq!(listed(&owner, "?state=listed&name=report-").await, [(SLUG.to_owned(), "listed".to_owned())]);
    let own = owner.get(&api::own_product(SLUG)).await.json();
    assert!(own.get("draft").is_none(), "it was published: {own}");
    assert_eq!(own["published"]["cases"], json!([case("26.00")]));
    assert_eq!((&own["published"]["by"], &own["published"]["note"]), (&json!("陈建国"), &json!("首次发布")));

    let wanted = json!({"product": SLUG, "selection": selection(), "revision": 1, "expected_total": "26.00"});
    let quote = buyer.post(api::QUOTES, wanted.clone()).await.json();
    let running = buyer.post(api::QUOTES, wanted).await.json();
    let order = |quote: &Value| json!({"quote": quote["id"], "method": "transfer", "agreement": 1});
    let placed = buyer.post(api::ORDERS, order(&running)).await;
    assert_eq!(placed.status, 201, "{}", placed.text());

    let mut dearer = config();
    dearer["editions"][0]["price"]["new"]["year"] = json!("110.00");
    let second = json!({"config": dearer, "cases": [case("126.00")], "based_on": 1});
    assert_eq!(published(&owner, SLUG, second).await, 2);
    let stale = buyer.post(api::ORDERS, order(&quote)).await;
    assert_eq!(stale.problem(), (409, "quote_stale".to_owned()));
    assert_eq!((&stale.json()["quote"]["total"], &stale.json()["revision"]), (&json!("126.00"), &json!(2)));
    // What was ordered is paid as it was ordered.
    let ordered = placed.json();
    let paid = Browser::of(market, "demo-operator-1").await;
    let reference = ordered["id"].as_str().expect("an id");
    let confirmed = paid.post(&api::transfer_confirm(reference), json!({"amount": "26.00"})).await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.text());
    let order = buyer.get(&api::order(reference)).await.json();
    assert_eq!((&order["state"]["is"], &order["revision"]), (&json!("paid"), &json!(1)), "{order}");

    let back = owner.get(&api::own_revision(SLUG, 1)).await.json();
    let third = json!({"config": back["config"], "cases": back["cases"], "based_on": 2, "note": "恢复原价"});
    assert_eq!(published(&owner, SLUG, third).await, 3);
    assert_eq!(what_is_published(&owner, SLUG).await.1, back["config"]);
    history(&support).await;
    let report = audit(&market.store, Offset::CHINA).await.expect("audited");
    assert!(report.is_clean(), "{report}");
}

async fn listed(browser: &Browser<'_>, query: &str) -> Vec<(String, String)> {
    let query = query.replace("报表", "%E6%8A%A5%E8%A1%A8");
    let list = browser.get(&format!("{}{query}", api::OWN_PRODUCTS)).await.json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let products = list["products"].as_array().expect("products");
    products.iter().map(|product| (text(&product["slug"]), text(&product["state"]))).collect()
}

/// In parts, the newest first; each is there by its number.
async fn history(browser: &Browser<'_>) {
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let part = browser.get(&format!("{}?limit=2{after}", api::own_revisions(SLUG))).await.json();
        for revision in part["revisions"].as_array().expect("revisions") {
            let number = revision["revision"].as_u64().expect("a number");
            let one = browser.get(&format!("{}/{number}", api::own_revisions(SLUG))).await.json();
            assert_eq!((&one["at"], &one["by"]), (&revision["at"], &json!("陈建国")));
            found.push((number, revision["note"].as_str().unwrap_or_default().to_owned()));
        }
        let Some(next) = part["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(found, [(3, "恢复原价".to_owned()), (2, String::new()), (1, "首次发布".to_owned())]);
    for nothing in ["4", "0", "x", "99999999999"] {
        let answer = browser.get(&format!("{}/{nothing}", api::own_revisions(SLUG))).await;
        assert_eq!(answer.problem(), (404, "revision_not_found".to_owned()), "{nothing}");
    }
}

#[tokio::test]
async fn from_nothing_to_a_product_that_is_sold_and_revised() {
    on_both("workbench_story", story).await;
}

#[tokio::test]
async fn another_server_shows_what_was_published_with_its_next_look() {
    let market = TestMarket::open().await;
    let owner = Browser::of(&market, "demo-isv-owner").await;
    let other = market.reopened_site(settings()).await;
    made(&owner, SLUG).await;
    published(&owner, SLUG, json!({"config": config()})).await;
    assert!(other.market().product(SLUG).is_err());
    other.market().look_at_products().await.expect("looked");
    assert_eq!(other.market().product(SLUG).expect("shown").revision, 1);
}

#[tokio::test]
async fn what_was_set_up_with_the_market_has_a_history_without_a_name() {
    let market = TestMarket::open().await;
    let owner = Browser::of(&market, "demo-isv-owner").await;
    let own = owner.get(&api::own_product("data-analytics-2")).await.json();
    assert_eq!(own["published"]["revision"], 1);
    assert!(own["published"].get("by").is_none());
    let slugs = listed(&owner, "").await;
    assert_eq!(slugs.len(), server::demo::products().len());
}

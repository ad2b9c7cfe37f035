//! An ISV's workbench (rules S4, S13, S16), on both databases.

mod customers;
mod drafts;
mod embed;
mod hostile;
mod impact;
mod locks;
mod publish;
mod story;

use axum::http::Method;
use serde_json::{Value, json};
use shared::api;

use super::people::Browser;
use super::store::fresh_database;
use super::support::{Answer, TestMarket, settings};

/// Tells a story to a market on each database.
async fn on_both(name: &str, story: impl AsyncFn(&TestMarket)) {
    story(&TestMarket::open().await).await;
    if let Some(address) = fresh_database(name).await {
        story(&TestMarket::open_at(Some(&address), settings()).await).await;
    }
}

/// Two editions, of which one has charges of each kind.
fn config() -> Value {
    let price = |yuan: &str| json!({"new": {"month": yuan, "year": yuan}, "renew": {"month": yuan, "year": yuan}});
    json!({
        "sale_mode": "subscription", "day_count": "calendar", "change_modes": ["co_term", "re_term"],
        "editions": [
            {"code": "basic", "name": "基础版", "terms": ["P1Y"], "price": price("10"), "charges": [
                {"kind": "quantity", "key": "users", "name": "用户数", "unit": "人", "max": 100, "tiers": [
                    {"from": 5, "unit": price("3")}, {"from": 10, "unit": price("2")}]},
                {"kind": "option", "key": "region", "name": "地区", "values": [
                    {"value": "北京", "price": price("1")}, {"value": "上海", "price": price("2")}]}]},
            {"code": "pro", "name": "专业版", "terms": ["P1Y"], "price": price("20")}]
    })
}

fn selection() -> Value {
    json!({"edition": "basic", "term": "P1Y", "quantities": {"users": 5}, "options": {"region": "北京"}})
}

/// That five users cost so much.
fn case(total: &str) -> Value {
    let request = json!({"op": "purchase", "selection": selection(), "at": super::support::NOW});
    json!({"name": "五人", "request": request, "expect": {"total": total}})
}

async fn put(browser: &Browser<'_>, path: &str, body: Value) -> Answer {
    browser.call(&Method::PUT, path, &body).await
}

/// Makes a product that is not listed.
async fn made(owner: &Browser<'_>, slug: &str) {
    let product = json!({"slug": slug, "name": " 报表助手 ", "intro": "自动生成报表", "category": "数据"});
    let made = owner.post(api::OWN_PRODUCTS, product).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(made.header("location"), api::own_product(slug));
}

async fn published(owner: &Browser<'_>, slug: &str, body: Value) -> u64 {
    let published = owner.post(&api::own_publish(slug), body).await;
    assert_eq!(published.status, 201, "{}", published.text());
    let revision = published.json()["revision"].as_u64().expect("a number");
    assert_eq!(published.header("location"), format!("{}/{revision}", api::own_revisions(slug)));
    revision
}

/// What is published, however it was written.
async fn what_is_published(owner: &Browser<'_>, slug: &str) -> (Value, Value) {
    let published = owner.get(&api::own_product(slug)).await.json()["published"].clone();
    (published["revision"].clone(), published["config"].clone())
}

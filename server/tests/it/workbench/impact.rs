//! What a draft would mean for running services, and how soon that is said of many.

use std::time::Duration;

use serde_json::{Value, json};
use server::clock::Stopwatch;
use server::store::sql::{Sql, Value as Column};
use server::store::{Step, StoreError};
use shared::api;

use super::super::people::Browser;
use super::super::support::{TestMarket, example};
use super::on_both;

/// The first service there is, so many times more.
struct Multiply(u32);

impl Step for Multiply {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        let numbers = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)";
        let statement = format!(
            "{numbers} INSERT INTO services (id, enterprise, isv, product, state, created_at, document, words, seal, paid) \
             SELECT s.id || '-copy-' || n, s.enterprise, s.isv, s.product, s.state, s.created_at, s.document, s.words, \
             s.seal, s.paid FROM numbers, (SELECT * FROM services ORDER BY id LIMIT 1) s"
        );
        sql.run(&statement, &[Column::from(self.0)]).await?;
        Ok(())
    }
}

async fn buy(market: &TestMarket) {
    let (buyer, isv) = (Browser::of(market, "demo-buyer-admin").await, Browser::of(market, "demo-isv-owner").await);
    let quote = buyer.post(api::QUOTES, example()).await.json();
    let order = json!({"quote": quote["id"], "method": "transfer", "agreement": 1});
    let order = buyer.post(api::ORDERS, order).await.json();
    let id = order["id"].as_str().expect("an id");
    let operator = Browser::of(market, "demo-operator-1").await;
    let confirmed = operator.post(&api::transfer_confirm(id), json!({"amount": "208.00"})).await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.text());
    let opened = isv.post(&api::service_opened(&format!("{id}-1")), json!({})).await;
    assert_eq!(opened.status, 200, "{}", opened.text());
}

async fn story(market: &TestMarket) {
    let support = Browser::of(market, "demo-isv-support").await;
    let path = api::own_impact("data-analytics-2");
    let config = support.get(&api::own_product("data-analytics-2")).await.json()["published"]["config"].clone();
    let weigh = async |config: &Value| support.post(&path, json!({"config": config})).await;
    assert_eq!(weigh(&config).await.json()["all"]["services"], 0);
    buy(market).await;
    let mut dearer = config.clone();
    dearer["editions"][0]["price"]["renew"]["year"] = json!("22.50");
    let impact = weigh(&dearer).await.json();
    let expected = json!({"services": 1, "same": 0, "more": 1, "more_by": "10.50", "less": 0, "less_by": "0.00",
        "lost": 0, "none": 0});
    assert_eq!(impact["all"], expected);
    assert_eq!(
        (&impact["editions"][0]["code"], &impact["editions"][0]["more_by"]),
        (&json!("standard"), &json!("10.50"))
    );
    assert_eq!(weigh(&config).await.json()["all"]["same"], 1);
    let refused = weigh(&json!({"editions": []})).await;
    assert_eq!(refused.problem(), (422, "invalid_config".to_owned()));
    assert!(refused.violations().iter().all(|(_, at)| at.starts_with("/config")));

    market.store.write(Multiply(9_999)).await.expect("multiplied");
    let watch = Stopwatch::start();
    let impact = weigh(&dearer).await.json();
    println!("10,000 services: {:?}", watch.elapsed());
    // Unoptimised, on a machine that others share.
    assert!(watch.elapsed() < Duration::from_secs(6), "{:?}", watch.elapsed());
    assert_eq!((&impact["all"]["services"], &impact["all"]["more_by"]), (&json!(10_000), &json!("105000.00")));
}

#[tokio::test]
async fn what_a_draft_would_mean_is_said_of_ten_thousand_services_too() {
    on_both("workbench_impact", story).await;
}

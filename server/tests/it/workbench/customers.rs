//! Customers and sales against a plain look at the orders.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::api::{self, OrganisationKind};

use super::super::people::Browser;
use super::super::support::{TestMarket, example};
use super::on_both;

async fn bought(buyer: &Browser<'_>, operator: &Browser<'_>, slug: &str, pay: bool) -> String {
    let wanted = if slug == "data-analytics-2" {
        example()
    } else {
        let selection = json!({"edition": "standard", "term": "P1Y", "quantities": {}, "options": {}});
        json!({"product": slug, "selection": selection})
    };
    let quote = buyer.post(api::QUOTES, wanted).await.json();
    let order = json!({"quote": quote["id"], "method": "transfer", "agreement": 1});
    let order = buyer.post(api::ORDERS, order).await;
    assert_eq!(order.status, 201, "{}", order.text());
    let id = order.json()["id"].as_str().expect("an id").to_owned();
    if pay {
        let amount = json!({"amount": quote["total"]});
        let confirmed = operator.post(&api::transfer_confirm(&id), amount).await;
        assert_eq!(confirmed.status, 200, "{}", confirmed.text());
    }
    id
}

async fn ids(isv: &Browser<'_>, query: &str) -> Vec<String> {
    let list = isv.get(&format!("{}{query}", api::CUSTOMERS)).await;
    assert_eq!(list.status, 200, "{}", list.text());
    let list = list.json();
    let name = |customer: &Value| customer["name"].as_str().expect("a name").to_owned();
    list["customers"].as_array().expect("customers").iter().map(name).collect()
}

const NEW: [(&str, &str); 3] =
    [("a@one.example", "Acme 100%"), ("b@two.example", "acme_2"), ("c@three.example", "无订单")];

async fn story(market: &TestMarket) {
    let (isv, operator) = (Browser::of(market, "demo-isv-owner").await, Browser::of(market, "demo-operator-1").await);
    assert!(ids(&isv, "").await.is_empty());
    let sales = isv.get(api::SALES).await.json();
    assert_eq!((sales["months"].as_array().map(Vec::len), &sales["products"]), (Some(12), &json!([])));

    let demo = Browser::of(market, "demo-buyer-admin").await;
    let mut buyers = vec![demo];
    for (email, name) in NEW {
        buyers.push(Browser::of_named(market, OrganisationKind::Enterprise, name, email).await);
    }
    let refunded = bought(&buyers[0], &operator, "data-analytics-1", true).await;
    bought(&buyers[0], &operator, "data-analytics-2", true).await;
    bought(&buyers[1], &operator, "data-analytics-2", true).await;
    bought(&buyers[1], &operator, "data-analytics-2", true).await;
    bought(&buyers[2], &operator, "data-analytics-2", false).await;
    let asked = buyers[0].post(&api::of(api::ORDER_REFUND, &refunded), json!({"reason": "不再需要"})).await;
    assert_eq!(asked.status, 201, "{}", asked.text());
    let id = asked.json()["id"].as_str().expect("an id").to_owned();
    let approved = isv.post(&api::refund_approve(&id), json!({})).await;
    assert_eq!(approved.status, 200, "{}", approved.text());

    let demo_name = "上海晨光贸易有限公司（演示企业）";
    let all = ["Acme 100%", "acme_2", demo_name];
    for (query, expected) in [
        ("", &all[..]),
        ("?name=acme", &all[..2]),
        ("?name=%25", &all[..1]),
        ("?name=_", &all[1..2]),
        ("?name=x", &[]),
        ("?id=demo-e", &all[2..]),
        ("?id=emo", &[]),
        ("?contact=ONE.example", &all[..1]),
        ("?contact=%E5%88%98%E6%B4%8B", &all[..2]),
        ("?contact=%E7%8E%8B&id=demo-enterprise", &all[2..]),
        ("?contact=%E6%9D%8E%E9%9D%99", &[]),
    ] {
        assert_eq!(ids(&isv, query).await, expected, "{query}");
    }
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let part = isv.get(&format!("{}?limit=1{after}", api::CUSTOMERS)).await.json();
        found.extend(part["customers"].as_array().expect("customers").clone());
        let Some(next) = part["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    against_orders(&isv, &found).await;

    let sales = isv.get(api::SALES).await.json();
    let month = &sales["months"][11];
    assert_eq!(month["month"], "2026-01");
    let expected = (&json!("634.00"), &json!("10.00"), &json!(4));
    assert_eq!((&month["purchases"], &month["refunded"], &month["orders"]), expected);
    let slugs: Vec<_> = sales["products"].as_array().expect("products").iter().map(|it| &it["slug"]).collect();
    assert_eq!(slugs, ["data-analytics-2", "data-analytics-1"]);
    assert_eq!((&sales["products"][1]["paid"], &sales["products"][1]["refunded"]), (&json!("10.00"), &json!("10.00")));
    let other = Browser::of_new(market, OrganisationKind::Isv, "other@isv.example").await;
    assert!(ids(&other, "").await.is_empty());
}

/// Each customer, counted from the orders that the ISV sees.
async fn against_orders(isv: &Browser<'_>, found: &[Value]) {
    let orders = isv.get(api::ORDERS).await.json();
    let mut counted: BTreeMap<String, (u64, i64)> = BTreeMap::new();
    for order in orders["orders"].as_array().expect("orders") {
        let id = order["customer"]["id"].as_str().expect("an id").to_owned();
        let (orders, fen) = counted.entry(id).or_default();
        *orders += 1;
        if matches!(order["state"]["is"].as_str(), Some("paid" | "fulfilled")) {
            let amount = order["quoted"].as_str().expect("an amount");
            *fen += amount.replace('.', "").parse::<i64>().expect("fen");
        }
    }
    let found: BTreeMap<String, (u64, i64)> = found
        .iter()
        .map(|customer| {
            let paid = customer["paid"].as_str().expect("an amount").replace('.', "").parse().expect("fen");
            let id = customer["id"].as_str().expect("an id").to_owned();
            assert_eq!(customer["contacts"].as_array().map(Vec::len), Some(1), "{customer}");
            (id, (customer["orders"].as_u64().expect("a count"), paid))
        })
        .collect();
    assert_eq!(found, counted);
}

#[tokio::test]
async fn customers_and_sales_are_what_the_orders_say() {
    on_both("workbench_customers", story).await;
}

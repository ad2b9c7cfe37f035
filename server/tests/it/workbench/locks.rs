//! What may not change any more, tried one by one through the interface (rules S4, S13).

use serde_json::{Value, json};
use shared::api;

use super::super::people::Browser;
use super::super::support::TestMarket;
use super::{config, made, on_both, published, what_is_published};

/// A lock's code, where it is said, and a change that it forbids.
type Forbidden = (&'static str, &'static str, fn(&mut Value));

fn forbidden() -> Vec<Forbidden> {
    vec![
        ("sale_mode_changed", "/config/sale_mode", |config| {
            let edition = json!({"code": "basic", "name": "基础版", "price": {"new": {"once": "1"}}});
            *config = json!({"sale_mode": "one_time", "editions": [edition]});
        }),
        ("edition_removed", "/config/editions", |config| {
            config["editions"].as_array_mut().expect("editions").remove(1);
        }),
        ("edition_removed", "/config/editions", |config| config["editions"][1]["code"] = json!("other")),
        ("charge_added", "/config/editions/1/charges/0", |config| {
            config["editions"][1]["charges"] = json!([config["editions"][0]["charges"][1].clone()]);
        }),
        ("charge_removed", "/config/editions/0/charges", |config| {
            config["editions"][0]["charges"].as_array_mut().expect("charges").remove(1);
        }),
        ("charge_kind_changed", "/config/editions/0/charges/1/kind", |config| {
            let price = json!({"new": {"month": "1", "year": "1"}, "renew": {"month": "1", "year": "1"}});
            config["editions"][0]["charges"][1] = json!({"kind": "quantity", "key": "region", "name": "地区",
                "unit": "个", "tiers": [{"from": 1, "unit": price}]});
        }),
        ("unit_changed", "/config/editions/0/charges/0/unit", |config| {
            config["editions"][0]["charges"][0]["unit"] = json!("席");
        }),
        ("minimum_changed", "/config/editions/0/charges/0/tiers/0/from", |config| {
            config["editions"][0]["charges"][0]["tiers"][0]["from"] = json!(4);
        }),
        ("maximum_lowered", "/config/editions/0/charges/0/max", |config| {
            config["editions"][0]["charges"][0]["max"] = json!(99);
        }),
        ("option_value_removed", "/config/editions/0/charges/1/values", |config| {
            config["editions"][0]["charges"][1]["values"][1]["value"] = json!("广州");
        }),
        ("price_period_removed", "/config/editions/0/price/new/month", |config| {
            config["editions"][0]["price"]["new"].as_object_mut().expect("prices").remove("month");
        }),
    ]
}

async fn story(market: &TestMarket) {
    let owner = Browser::of(market, "demo-isv-owner").await;
    made(&owner, "locked").await;
    published(&owner, "locked", json!({"config": config()})).await;
    let before = what_is_published(&owner, "locked").await;
    for (code, at, change) in forbidden() {
        let mut changed = config();
        change(&mut changed);
        let refused = owner.post(&api::own_publish("locked"), json!({"config": changed, "based_on": 1})).await;
        assert_eq!(refused.problem(), (422, "invalid_config".to_owned()), "{code}: {}", refused.text());
        assert_eq!(refused.violations(), [(code.to_owned(), at.to_owned())]);
        assert_eq!(what_is_published(&owner, "locked").await, before, "{code}");
    }
    // Several at once are all said.
    let mut changed = config();
    for (code, _, change) in forbidden() {
        if ["minimum_changed", "unit_changed", "maximum_lowered"].contains(&code) {
            change(&mut changed);
        }
    }
    let refused = owner.post(&api::own_publish("locked"), json!({"config": changed, "based_on": 1})).await;
    assert_eq!(refused.violations().len(), 3, "{}", refused.text());
    // What is free: prices, tiers above the minimum, further values and editions, hiding, upgrade rules once it is listed.
    let mut changed = config();
    changed["editions"][0]["price"]["new"]["year"] = json!("99");
    changed["editions"][0]["charges"][0]["tiers"][1]["from"] = json!(20);
    let value = changed["editions"][0]["charges"][1]["values"][0].clone();
    changed["editions"][0]["charges"][1]["values"].as_array_mut().expect("values").push(value);
    changed["editions"][0]["charges"][1]["values"][2]["value"] = json!("广州");
    changed["editions"][1]["hidden"] = json!(true);
    let mut third = changed["editions"][1].clone();
    (third["code"], third["name"], third["hidden"]) = (json!("max"), json!("旗舰版"), json!(false));
    changed["editions"].as_array_mut().expect("editions").push(third);
    changed["upgrades"] = json!([{"from": "basic", "to": "max"}]);
    assert_eq!(published(&owner, "locked", json!({"config": changed, "based_on": 1})).await, 2);
}

#[tokio::test]
async fn each_lock_holds() {
    on_both("workbench_locks", story).await;
}

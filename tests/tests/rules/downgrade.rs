//! What a change must not be (rules L10, L11).

use serde_json::{Value, json};
use tests::document::with;

use super::{SIGNED, after, buy, change, only, price, product, refused, renew, users};

/// Two values: B is dearer by the month and cheaper by the year.
fn config() -> Value {
    let values = json!([
        {"value": "A", "price": {"new": {"month": "1", "year": "12"}, "renew": {"month": "1", "year": "12"}}},
        {"value": "B", "price": {"new": {"month": "2", "year": "10"}, "renew": {"month": "0", "year": "99"}}}]);
    product(
        &["P1M", "P1Y"],
        &price("0", "0"),
        &json!([{"kind": "option", "key": "model", "name": "型号", "values": values}]),
    )
}

fn with_value(value: &str) -> Value {
    json!({"edition": "standard", "options": {"model": value}})
}

fn bought(term: &str, value: &str) -> Value {
    after(&buy(&config(), &with(&with_value(value), &[("/term", json!(term))]), SIGNED)).clone()
}

#[test]
fn an_option_is_compared_at_purchase_prices_for_every_remaining_term() {
    let swap = |subscription: &Value, value: &str| change(&config(), subscription, &with_value(value), SIGNED);
    assert!(swap(&bought("P1M", "A"), "B").is_ok());
    assert_eq!(refused(swap(&bought("P1Y", "A"), "B")), only("downgrade_not_allowed", "/selection/options/model"));
    assert!(swap(&bought("P1Y", "B"), "A").is_ok());
    // A month and then a year: cheaper for one of them is enough to refuse, once.
    let both = renew(&config(), &bought("P1M", "A"), "P1Y", SIGNED).expect("a quote");
    assert_eq!(refused(swap(after(&both), "B")), only("downgrade_not_allowed", "/selection/options/model"));
}

#[test]
fn a_value_at_the_same_price_is_no_downgrade() {
    let config = with(&config(), &[("/editions/0/charges/0/values/1/price/new/year", json!("12"))]);
    let swap = |value: &Value| change(&config, &bought("P1Y", "A"), value, SIGNED);
    assert!(swap(&with_value("B")).is_ok());
    assert!(swap(&with(&with_value("B"), &[("/term", json!("P1Y"))])).is_ok());
}

#[test]
fn with_a_new_term_only_that_term_is_compared() {
    let swap =
        |term: &str| change(&config(), &bought("P1Y", "A"), &with(&with_value("B"), &[("/term", json!(term))]), SIGNED);
    assert!(swap("P1M").is_ok());
    assert_eq!(refused(swap("P1Y")), only("downgrade_not_allowed", "/selection/options/model"));
}

#[test]
fn between_editions_options_are_free_and_charges_of_one_alone_too() {
    let mut config = config();
    let cheap = json!([{"kind": "option", "key": "model", "name": "型号", "values": [{"value": "C", "price": price("0", "0")}]}, users("1", "1")]);
    let other =
        with(&config["editions"][0], &[("/code", json!("pro")), ("/name", json!("专业版")), ("/charges", cheap)]);
    config["editions"].as_array_mut().expect("editions").push(other);
    config["upgrades"] = json!([{"from": "standard", "to": "pro"}]);
    let to = json!({"edition": "pro", "options": {"model": "C"}, "quantities": {"users": 0}});
    assert!(change(&config, &bought("P1Y", "A"), &to, SIGNED).is_ok());
}

#[test]
fn l11_upgrades_go_the_way_of_their_rule() {
    let mut config = config();
    let pro = with(&config["editions"][0], &[("/code", json!("pro")), ("/name", json!("专业版"))]);
    config["editions"].as_array_mut().expect("editions").push(pro);
    config["upgrades"] = json!([{"from": "pro", "to": "standard"}]);
    let to_pro = with(&with_value("A"), &[("/edition", json!("pro"))]);
    let there = change(&config, &bought("P1Y", "A"), &to_pro, SIGNED);
    assert_eq!(refused(there), only("upgrade_not_allowed", "/selection/edition"));
    let in_pro = with(&bought("P1Y", "A"), &[("/edition", json!("pro"))]);
    let back = change(&config, &in_pro, &with_value("A"), SIGNED).expect("the rule leads here");
    assert_eq!(back["due"], "0.00");
}

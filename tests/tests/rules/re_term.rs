//! Changing with a new term (rules L8, L9).

use serde_json::{Value, json};
use tests::document::with;
use tests::evaluate::evaluate;

use super::{SIGNED, after, amounts, buy, change, price, product, renew, seats, users};

const HALF: &str = "2026-07-02T22:00:00+08:00";

fn config() -> Value {
    let charges = json!([users("1", "10")]);
    let mut config = product(&["P1M", "P1Y"], &price("0", "0"), &charges);
    let pro = with(
        &config["editions"][0],
        &[("/code", json!("pro")), ("/name", json!("专业版")), ("/price", price("5", "50"))],
    );
    config["editions"].as_array_mut().expect("editions").push(pro);
    config["upgrades"] = json!([{"from": "standard", "to": "pro"}]);
    config
}

fn bought() -> Value {
    after(&buy(&config(), &seats("P1Y", 30), SIGNED)).clone()
}

#[test]
fn a_new_term_begins_now_and_what_is_left_is_credited() {
    let quote = change(&config(), &bought(), &seats("P1Y", 40), HALF).expect("a quote");
    assert_eq!(amounts(&quote), ["0.00", "400.00", "-150.00"]);
    let sums = ["total", "credit", "due", "forfeited"].map(|name| quote[name].as_str().expect("an amount"));
    assert_eq!(sums, ["400.00", "150.00", "250.00", "0.00"]);
    assert_eq!((&quote["start"], &quote["end"]), (&json!(HALF), &json!("2027-07-02T22:00:00+08:00")));
    assert_eq!(after(&quote)["segments"][0]["paid"], "400.00");
}

#[test]
fn credit_beyond_the_price_is_forfeited() {
    let quote = change(&config(), &bought(), &seats("P1M", 30), HALF).expect("a quote");
    let sums = ["total", "credit", "due", "forfeited"].map(|name| quote[name].as_str().expect("an amount"));
    assert_eq!(sums, ["30.00", "150.00", "0.00", "120.00"]);
    assert_eq!(after(&quote)["segments"][0]["paid"], "30.00");
}

#[test]
fn within_an_edition_at_the_dearer_price_whose_kind_the_segment_takes() {
    for (new, renewal, due, kind) in
        [("10", "10", "150.00", "new"), ("10", "4", "150.00", "new"), ("10", "16", "330.00", "renew")]
    {
        let unit = json!({"new": {"month": "1", "year": new}, "renew": {"month": "1", "year": renewal}});
        let config = with(
            &config(),
            &[("/editions/0/charges/0/tiers/0/unit", unit.clone()), ("/editions/1/charges/0/tiers/0/unit", unit)],
        );
        let same = change(&config, &bought(), &seats("P1Y", 30), HALF).expect("the same selection extends the service");
        assert_eq!(
            (same["due"].as_str(), after(&same)["segments"][0]["kind"].as_str()),
            (Some(due), Some(kind)),
            "{new} {renewal}"
        );
        // Another edition: at purchase prices, whatever renewal costs.
        let upgrade = with(&seats("P1Y", 30), &[("/edition", json!("pro"))]);
        let upgrade = change(&config, &bought(), &upgrade, HALF).expect("a quote");
        assert_eq!(
            (upgrade["due"].as_str(), after(&upgrade)["segments"][0]["kind"].as_str()),
            (Some("200.00"), Some("new")),
            "{new} {renewal}"
        );
    }
}

#[test]
fn gift_days_come_with_the_new_term() {
    let config = with(&config(), &[("/term_offers", json!([{"min_term": "P1Y", "gift_days": 30}]))]);
    let quote = change(&config, &bought(), &seats("P1Y", 30), HALF).expect("a quote");
    assert_eq!((&quote["gift_days"], &quote["end"]), (&json!(30), &json!("2027-08-01T22:00:00+08:00")));
    assert_eq!(after(&quote)["segments"][0]["term_seconds"], 395 * 86_400);
}

#[test]
fn all_segments_are_credited_each_by_itself() {
    let both = renew(&config(), &bought(), "P1M", SIGNED).expect("a quote");
    let quote = change(&config(), after(&both), &seats("P1Y", 40), HALF).expect("a quote");
    assert_eq!(amounts(&quote), ["0.00", "400.00", "-150.00", "-30.00"]);
    assert_eq!(after(&quote)["segments"].as_array().map(Vec::len), Some(1));
}

#[test]
fn l9_what_was_really_paid_counts() {
    let request = json!({"op": "change", "config": config(), "subscription": bought(), "selection": seats("P1Y", 40), "mode": "re_term", "at": HALF, "paid": "1.00"});
    let quote = evaluate(&request).expect("a quote");
    assert_eq!((&quote["due"], &after(&quote)["segments"][0]["paid"]), (&json!("250.00"), &json!("151.00")));
}

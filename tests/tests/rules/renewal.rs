//! Renewing (rule L3).

use serde_json::{Value, json};
use tests::document::with;

use super::{SIGNED, after, buy, only, price, product, refused, renew, seats, users};

fn bought() -> (Value, Value) {
    let config = product(&["P1M", "P1Y"], &price("1", "10"), &json!([users("1", "10")]));
    let subscription = after(&buy(&config, &seats("P1Y", 3), SIGNED)).clone();
    (config, subscription)
}

#[test]
fn the_chain_is_unbroken_at_the_very_second_of_its_end() {
    let (config, subscription) = bought();
    let quote = renew(&config, &subscription, "P1Y", "2027-01-01T10:00:00+08:00").expect("a quote");
    assert_eq!(
        (&quote["start"], &quote["end"]),
        (&json!("2027-01-01T10:00:00+08:00"), &json!("2028-01-01T10:00:00+08:00"))
    );
    assert_eq!(after(&quote)["segments"].as_array().map(Vec::len), Some(1), "what has ended is not given");
}

#[test]
fn a_second_later_it_begins_at_payment_with_a_new_anchor() {
    let (config, subscription) = bought();
    let quote = renew(&config, &subscription, "P1Y", "2027-01-01T10:00:01+08:00").expect("a quote");
    assert_eq!(
        (&quote["start"], &quote["end"]),
        (&json!("2027-01-01T10:00:01+08:00"), &json!("2028-01-01T10:00:01+08:00"))
    );
    let late = renew(&config, &subscription, "P1M", "2027-01-08T10:00:00+08:00").expect("seven days exactly");
    assert_eq!((&late["start"], &after(&late)["anchor_day"]), (&json!("2027-01-08T10:00:00+08:00"), &json!(8)));
    assert_eq!(
        refused(renew(&config, &subscription, "P1M", "2027-01-08T10:00:01+08:00")),
        only("renewal_too_late", "/at")
    );
}

#[test]
fn before_the_end_it_adds_a_segment() {
    let (config, subscription) = bought();
    let quote = renew(&config, &subscription, "P1M", "2026-05-05T10:00:00+08:00").expect("a quote");
    assert_eq!(
        (&quote["start"], &quote["end"]),
        (&json!("2027-01-01T10:00:00+08:00"), &json!("2027-02-01T10:00:00+08:00"))
    );
    let segments = after(&quote)["segments"].as_array().expect("segments");
    assert_eq!(segments.len(), 2);
    assert_eq!(segments[0], subscription["segments"][0]);
}

#[test]
fn at_renewal_prices_and_hidden_editions_too() {
    let (config, subscription) = bought();
    let config = with(&config, &[("/editions/0/hidden", json!(true)), ("/editions/0/price/renew/year", json!("7.5"))]);
    let config = with(
        &config,
        &[(
            "/editions/-",
            with(&config["editions"][0], &[("/code", json!("b")), ("/name", json!("B")), ("/hidden", json!(false))]),
        )],
    );
    assert_eq!(renew(&config, &subscription, "P1Y", SIGNED).expect("a quote")["due"], "37.50");
}

#[test]
fn not_more_than_1827_days_ahead() {
    let (config, subscription) = bought();
    let fixed = with(&config, &[("/day_count", json!("fixed"))]);
    let ending = |end: &str| with(&subscription, &[("/segments/0/end", json!(end))]);
    // 1827 days from 2026-01-01 are 2031-01-02.
    assert!(renew(&fixed, &ending("2030-01-02T10:00:00+08:00"), "P1Y", SIGNED).is_ok());
    let too_far = renew(&fixed, &ending("2030-01-02T10:00:01+08:00"), "P1Y", SIGNED);
    assert_eq!(refused(too_far), only("renewal_too_far", "/term"));
}

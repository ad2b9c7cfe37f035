//! Time and proration (rules M3–M6, L6).

use serde_json::{Value, json};
use tests::document::with;
use tests::evaluate::evaluate;

use super::{SIGNED, after, buy, credit, price, product, renew};

#[test]
fn m3_the_day_is_that_of_the_offset() {
    let config = product(&["P1M"], &price("1", "1"), &json!([]));
    let ask = |offset: &str| {
        let selection = json!({"edition": "standard", "term": "P1M"});
        let request = json!({"op": "purchase", "config": config, "selection": selection, "at": "2026-01-31T20:00:00Z", "offset": offset});
        let quote = evaluate(&request).expect("a quote");
        (quote["start"].clone(), quote["end"].clone(), after(&quote)["anchor_day"].clone())
    };
    assert_eq!(ask("+08:00"), (json!("2026-02-01T04:00:00+08:00"), json!("2026-03-01T04:00:00+08:00"), json!(1)));
    assert_eq!(ask("Z"), (json!("2026-01-31T20:00:00Z"), json!("2026-02-28T20:00:00Z"), json!(31)));
}

#[test]
fn m4_the_anchor_outlives_short_months() {
    let config = product(&["P1M", "P1Y"], &price("1", "12"), &json!([]));
    let mut subscription =
        after(&buy(&config, &json!({"edition": "standard", "term": "P1M"}), "2026-01-31T10:00:00+08:00")).clone();
    let mut ends = Vec::new();
    for term in ["P1M", "P1M", "P1M", "P1Y", "P1Y"] {
        let quote = renew(&config, &subscription, term, "2026-02-01T10:00:00+08:00").expect("a quote");
        ends.push(quote["end"].as_str().expect("an end")[..10].to_owned());
        subscription = after(&quote).clone();
    }
    assert_eq!(ends, ["2026-03-31", "2026-04-30", "2026-05-31", "2027-05-31", "2028-05-31"]);
    let leap = buy(&config, &json!({"edition": "standard", "term": "P1Y"}), "2024-02-29T10:00:00+08:00");
    assert_eq!(leap["end"], "2025-02-28T10:00:00+08:00");
    // 2024's day comes back with the next leap year.
    let mut subscription = after(&leap).clone();
    for end in ["2026-02-28", "2027-02-28", "2028-02-29"] {
        let quote = renew(&config, &subscription, "P1Y", "2024-03-01T10:00:00+08:00").expect("a quote");
        assert_eq!(&quote["end"].as_str().expect("an end")[..10], end);
        subscription = after(&quote).clone();
    }
}

#[test]
fn m4_gift_days_and_an_odd_day_move_the_anchor() {
    let mut config = product(&["P1M"], &price("1", "12"), &json!([]));
    config["term_offers"] = json!([{"min_term": "P1M", "gift_days": 5}]);
    let chosen = json!({"edition": "standard", "term": "P1M"});
    let quote = buy(&config, &chosen, "2026-01-31T10:00:00+08:00");
    assert_eq!((&quote["end"], &quote["gift_days"]), (&json!("2026-03-05T10:00:00+08:00"), &json!(5)));
    assert_eq!(after(&quote)["anchor_day"], 5);
    // A stored anchor that the chain's end does not follow from is dropped: the end's day becomes it.
    let plain = with(&config, &[("/term_offers", json!([]))]);
    let odd = with(after(&quote), &[("/anchor_day", json!(31))]);
    let renewed = renew(&plain, &odd, "P1M", "2026-02-01T10:00:00+08:00").expect("a quote");
    assert_eq!(renewed["end"], "2026-04-05T10:00:00+08:00");
    assert_eq!(after(&renewed)["anchor_day"], 5);
    // By fixed days too.
    let fixed = renew(&with(&plain, &[("/day_count", json!("fixed"))]), &odd, "P1M", "2026-02-01T10:00:00+08:00");
    assert_eq!(after(&fixed.expect("a quote"))["anchor_day"], 5);
}

#[test]
fn m5_fixed_months_have_31_days_and_years_365() {
    let config =
        with(&product(&["P1M", "P11M", "P3Y"], &price("1", "12"), &json!([])), &[("/day_count", json!("fixed"))]);
    let end = |term: &str| {
        buy(&config, &json!({"edition": "standard", "term": term}), "2026-01-01T00:00:00+08:00")["end"].take()
    };
    assert_eq!(end("P1M"), "2026-02-01T00:00:00+08:00");
    assert_eq!(end("P11M"), "2026-12-08T00:00:00+08:00");
    assert_eq!(end("P3Y"), "2028-12-31T00:00:00+08:00");
}

/// A year bought for 1000 yuan.
fn thousand() -> Value {
    let config = with(&product(&["P1Y"], &price("1", "1000"), &json!([])), &[("/day_count", json!("fixed"))]);
    after(&buy(&config, &json!({"edition": "standard", "term": "P1Y"}), SIGNED)).clone()
}

#[test]
fn m6_l6_proration_is_by_the_second() {
    let bought = thousand();
    for (at, left) in [
        ("2026-09-23T10:00:00+08:00", "273.97"), // 100 days of 365
        ("2025-01-01T10:00:00+08:00", "1000.00"),
        (SIGNED, "1000.00"),
        ("2026-01-01T10:00:01+08:00", "999.99"),
        ("2026-12-31T10:00:00+08:00", "2.73"),
        ("2027-01-01T09:59:59+08:00", "0.00"),
        ("2027-01-01T10:00:00+08:00", "0.00"),
        ("2030-01-01T10:00:00+08:00", "0.00"),
    ] {
        assert_eq!(credit(&bought, at), left, "{at}");
    }
    // A gift lengthens the segment, so it never turns into credit: 1000 × 492/492 at most, never × 492/365.
    let gift = with(&bought, &[("/segments/0/end", json!("2027-05-08T10:00:00+08:00"))]);
    assert_eq!(credit(&gift, SIGNED), "1000.00");
    assert_eq!(credit(&gift, "2027-01-01T10:00:00+08:00"), "258.13");
    // A segment that has not begun counts in full, each rounded down by itself.
    let segment = &bought["segments"][0];
    let next = with(
        segment,
        &[("/start", segment["end"].clone()), ("/end", json!("2028-01-01T10:00:00+08:00")), ("/paid", json!("0.01"))],
    );
    assert_eq!(credit(&with(&bought, &[("/segments/-", next)]), "2026-12-31T10:00:00+08:00"), "2.74");
}

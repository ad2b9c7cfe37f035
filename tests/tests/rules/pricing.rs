//! Prices, tiers, offers, the cap, and what a purchase leads to (rules M2, S7–S15, Q6, L2).

use serde_json::{Value, json};
use tests::document::with;
use tests::evaluate::evaluate;

use super::{SIGNED, after, amounts, buy, only, price, product, refused, renew, seats};

/// The configuration of seed 001's second demo, in the parts that the example needs.
fn demo() -> Value {
    let tiers = json!([{"from": 5, "unit": price("1", "12")}, {"from": 10, "unit": price("1", "10")}]);
    let charges = json!([
        {"kind": "quantity", "key": "users", "name": "用户数", "unit": "人", "tiers": tiers},
        {"kind": "option", "key": "model", "name": "型号", "values": [
            {"value": "APP+WAP", "price": price("2", "24")}, {"value": "APP+WAP+微信", "price": price("5", "60")}]},
        {"kind": "option", "key": "region", "name": "地域", "values": [{"value": "上海", "price": price("3", "36")}]},
    ]);
    product(&["P1M", "P1Y"], &price("1", "12"), &charges)
}

#[test]
fn q6_the_seeds_example() {
    let chosen = json!({"edition": "standard", "term": "P1Y", "quantities": {"users": 10},
                        "options": {"model": "APP+WAP+微信", "region": "上海"}});
    let quote = buy(&demo(), &chosen, SIGNED);
    assert_eq!(amounts(&quote), ["12.00", "100.00", "60.00", "36.00"]);
    assert_eq!((&quote["total"], &quote["renewal_total"]), (&json!("208.00"), &json!("208.00")));
    let fewer = buy(&demo(), &with(&chosen, &[("/quantities/users", json!(9))]), SIGNED);
    assert_eq!(amounts(&fewer)[1], "108.00");
    assert_eq!(fewer["total"], "216.00");
}

#[test]
fn m2_lines_are_rounded_half_away_from_zero_and_the_total_is_their_sum() {
    let discounted = |year: &str, discount: &str| {
        let mut config = product(&["P1Y"], &price("1", year), &json!([]));
        config["term_offers"] = json!([{"min_term": "P1Y", "discount": discount}]);
        let quote = buy(&config, &json!({"edition": "standard", "term": "P1Y", "count": 3}), SIGNED);
        (amounts(&quote).join(" "), quote["total"].clone())
    };
    // 0.10 × 15% = 0.015; 0.30 × 15% = 0.045; 0.09 × 15% = 0.0135.
    assert_eq!(discounted("0.10", "0.85"), ("0.10 -0.02".to_owned(), json!("0.24")));
    assert_eq!(discounted("0.30", "0.85"), ("0.30 -0.05".to_owned(), json!("0.75")));
    assert_eq!(discounted("0.09", "0.85"), ("0.09 -0.01".to_owned(), json!("0.24")));
    // What rounds to nothing is no line.
    assert_eq!(discounted("0.01", "0.7"), ("0.01".to_owned(), json!("0.03")));
    assert_eq!(discounted("100", "1"), ("100.00".to_owned(), json!("300.00")));
}

#[test]
fn s7_terms_are_multiples_and_a_year_without_price_is_twelve_months() {
    let config = |base: Value| product(&["P1M", "P7M", "P1Y", "P2Y"], &json!({"new": base, "renew": base}), &json!([]));
    let total = |base: Value, term: &str| {
        buy(&config(base), &json!({"edition": "standard", "term": term}), SIGNED)["total"].take()
    };
    assert_eq!(total(json!({"month": "1.11", "year": "10"}), "P7M"), "7.77");
    assert_eq!(total(json!({"month": "1.11", "year": "10"}), "P2Y"), "20.00");
    assert_eq!(total(json!({"month": "1.11"}), "P2Y"), "26.64");
    assert_eq!(total(json!({"month": "1.11", "year": null}), "P1Y"), "13.32");
}

/// A quantity charge with these tiers, each from, shape and price.
fn tiered(mode: &str, tiers: &[(u32, &str, &str)]) -> Value {
    let tiers: Vec<Value> =
        tiers.iter().map(|(from, shape, yuan)| json!({"from": from, *shape: price(yuan, yuan)})).collect();
    let charge = json!([{"kind": "quantity", "key": "users", "name": "用户数", "unit": "人", "tier_mode": mode, "tiers": tiers}]);
    product(&["P1M"], &price("0", "0"), &charge)
}

fn line_of(config: &Value, users: u32) -> String {
    amounts(&buy(config, &seats("P1M", users), SIGNED))[1].to_owned()
}

#[test]
fn s11_volume_the_tier_of_the_whole_quantity_prices_all_of_it() {
    let config = tiered("volume", &[(1, "unit", "3"), (10, "flat", "25"), (20, "unit", "1")]);
    let lines = [1, 9, 10, 19, 20, 21].map(|n| line_of(&config, n));
    assert_eq!(lines, ["3.00", "27.00", "25.00", "25.00", "20.00", "21.00"]);
}

#[test]
fn s11_graduated_each_unit_is_priced_by_its_tier() {
    let config = tiered("graduated", &[(5, "unit", "3"), (10, "unit", "2"), (20, "unit", "1")]);
    // 1 to 9 at 3, 10 to 19 at 2, from 20 at 1; the minimum of 5 does not make the first four free.
    let lines = [5, 9, 10, 19, 20, 100].map(|n| line_of(&config, n));
    assert_eq!(lines, ["15.00", "27.00", "29.00", "47.00", "48.00", "128.00"]);
}

#[test]
fn s11_graduated_a_flat_tier_counts_once_when_a_unit_falls_in_it() {
    let config = tiered("graduated", &[(0, "flat", "7"), (10, "unit", "2"), (20, "flat", "5")]);
    let lines = [0, 1, 9, 10, 19, 20, 99].map(|n| line_of(&config, n));
    assert_eq!(lines, ["0.00", "7.00", "7.00", "9.00", "27.00", "32.00", "32.00"]);
    // By volume the flat price is that of the tier, for no units too.
    assert_eq!(line_of(&tiered("volume", &[(0, "flat", "7")]), 0), "7.00");
}

#[test]
fn s14_the_longest_offer_that_is_not_longer_than_the_term_applies() {
    let mut config = product(&["P1M", "P6M", "P11M", "P1Y", "P2Y", "P3Y"], &price("100", "1000"), &json!([]));
    config["term_offers"] = json!([{"min_term": "P2Y", "discount": "0.7"}, {"min_term": "P6M", "discount": "0.95"}, {"min_term": "P1Y", "discount": "0.8"}]);
    let total = |term: &str| buy(&config, &json!({"edition": "standard", "term": term}), SIGNED)["total"].take();
    for (term, expected) in [
        ("P1M", "100.00"),
        ("P6M", "570.00"),
        ("P11M", "1045.00"),
        ("P1Y", "800.00"),
        ("P2Y", "1400.00"),
        ("P3Y", "2100.00"),
    ] {
        assert_eq!(total(term), expected, "{term}");
    }
    // For renewals alike.
    let bought = buy(&config, &json!({"edition": "standard", "term": "P1Y"}), SIGNED);
    assert_eq!(bought["renewal_total"], "800.00");
    assert_eq!(renew(&config, after(&bought), "P6M", SIGNED).expect("a quote")["due"], "570.00");
}

#[test]
fn s14_gifts_go_up_to_35_percent_rounded_down() {
    for (term, most) in [("P1M", 10), ("P2M", 21), ("P11M", 119), ("P1Y", 127), ("P3Y", 383)] {
        let config = |days: u32| with(&demo(), &[("/term_offers", json!([{"min_term": term, "gift_days": days}]))]);
        assert!(evaluate(&json!({"op": "validate", "config": config(most)})).is_ok(), "{term}");
        let refused = refused(evaluate(&json!({"op": "validate", "config": config(most + 1)})));
        assert_eq!(refused, only("gift_too_long", "/config/term_offers/0/gift_days"));
    }
}

#[test]
fn s15_the_cap_is_on_one_instance_after_discount() {
    let mut config = product(&["P1Y"], &price("1", "1000"), &json!([]));
    config["term_offers"] = json!([{"min_term": "P1Y", "discount": "0.85"}]);
    let with_cap = |cap: &str| {
        let quote = buy(
            &with(&config, &[("/price_cap", json!(cap))]),
            &json!({"edition": "standard", "term": "P1Y", "count": 2}),
            SIGNED,
        );
        (amounts(&quote).join(" "), quote["total"].as_str().expect("a total").to_owned())
    };
    assert_eq!(with_cap("850"), ("1000.00 -150.00".to_owned(), "1700.00".to_owned()));
    assert_eq!(with_cap("849.99"), ("1000.00 -150.00 -0.01".to_owned(), "1699.98".to_owned()));
    assert_eq!(with_cap("0"), ("1000.00 -150.00 -850.00".to_owned(), "0.00".to_owned()));
}

#[test]
fn l2_a_repriced_total_is_split_evenly_the_earlier_ones_first() {
    let chosen = json!({"edition": "standard", "term": "P1Y", "quantities": {"users": 10},
                        "options": {"model": "APP+WAP+微信", "region": "上海"}, "count": 2});
    let request = json!({"op": "purchase", "config": demo(), "selection": chosen, "at": SIGNED, "paid": "400.01"});
    let quote = evaluate(&request).expect("a quote");
    assert_eq!((&quote["total"], &quote["due"]), (&json!("416.00"), &json!("416.00")));
    let paid = quote["after"].as_array().expect("two").iter().map(|one| &one["segments"][0]["paid"]);
    assert_eq!(paid.collect::<Vec<_>>(), ["200.01", "200.00"]);
}

#[test]
fn l2_a_one_time_purchase_has_no_end() {
    let once = json!({"new": {"once": "99.90"}});
    let config = json!({"sale_mode": "one_time", "editions": [{"code": "a", "name": "A", "price": once}]});
    let quote = buy(&config, &json!({"edition": "a", "count": 3}), SIGNED);
    assert_eq!(
        (&quote["total"], &quote["end"], &quote["renewal_total"]),
        (&json!("299.70"), &Value::Null, &Value::Null)
    );
    assert_eq!(quote["after"], json!([]));
}

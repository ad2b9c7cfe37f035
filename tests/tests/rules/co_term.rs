//! Changing while the end stays (rules L7, L9).

use serde_json::{Value, json};
use tests::document::with;
use tests::evaluate::{Answer, evaluate};

use super::{SIGNED, after, amounts, buy, change, price, product, renew, seats, users};

const HALF: &str = "2026-07-02T22:00:00+08:00"; // 182.5 of 365 days

fn config() -> Value {
    product(&["P1M", "P1Y"], &price("0", "0"), &json!([users("1", "10")]))
}

fn fewer(mut selection: Value) -> Value {
    selection.as_object_mut().expect("an object").remove("term");
    selection
}

fn three() -> Value {
    after(&buy(&config(), &seats("P1Y", 3), SIGNED)).clone()
}

fn expand(config: &Value, subscription: &Value, users: u32, at: &str) -> Answer {
    change(config, subscription, &fewer(seats("", users)), at)
}

#[test]
fn the_difference_of_todays_prices_for_the_time_left_rounded_up() {
    let quote = expand(&config(), &three(), 5, HALF).expect("a quote");
    assert_eq!((&quote["due"], &quote["end"]), (&json!("10.00"), &json!("2027-01-01T10:00:00+08:00")));
    let later = expand(&config(), &three(), 5, "2026-07-02T22:00:01+08:00").expect("a quote");
    assert_eq!(later["due"], "10.00", "9.9999… is rounded up");
    let last_second = expand(&config(), &three(), 5, "2027-01-01T09:59:59+08:00").expect("a quote");
    assert_eq!(last_second["due"], "0.01");
}

#[test]
fn what_was_bought_stays_as_it_was_bought() {
    // The price of a user doubled: only the two added ones are charged at it.
    let dearer = product(&["P1M", "P1Y"], &price("0", "0"), &json!([users("2", "20")]));
    assert_eq!(expand(&dearer, &three(), 5, HALF).expect("a quote")["due"], "20.00");
}

#[test]
fn a_price_inversion_costs_nothing_and_returns_nothing() {
    let cheaper_from_10 = json!([{"from": 1, "unit": price("1", "12")}, {"from": 10, "unit": price("1", "10")}]);
    let config = with(&config(), &[("/editions/0/charges/0/tiers", cheaper_from_10)]);
    let nine = after(&buy(&config, &seats("P1Y", 9), SIGNED)).clone();
    let quote = expand(&config, &nine, 10, HALF).expect("a quote");
    assert_eq!((&quote["due"], amounts(&quote)), (&json!("0.00"), vec!["0.00"]));
    assert_eq!(after(&quote)["segments"][0]["paid"], "54.00", "half of 108");
}

/// A year bought and one renewed, at purchase and renewal prices of a user a year.
fn renewed(new: &str, renewal: &str) -> (Value, Value) {
    let unit = json!({"new": {"month": "1", "year": new}, "renew": {"month": "1", "year": renewal}});
    let config = with(&config(), &[("/editions/0/charges/0/tiers/0/unit", unit)]);
    let bought = after(&buy(&config, &seats("P1Y", 3), SIGNED)).clone();
    let both = after(&renew(&config, &bought, "P1Y", SIGNED).expect("a quote")).clone();
    (config, both)
}

#[test]
fn a_renewed_segment_takes_the_greater_difference() {
    for (new, renewal, due) in
        [("10", "10", ["10.00", "20.00"]), ("10", "4", ["10.00", "20.00"]), ("10", "16", ["10.00", "32.00"])]
    {
        let (config, both) = renewed(new, renewal);
        let quote = expand(&config, &both, 5, HALF).expect("a quote");
        assert_eq!(amounts(&quote), due, "{new} and {renewal}");
    }
}

#[test]
fn a_segment_whose_front_was_cut_off_is_still_a_whole_terms_part() {
    let first = expand(&config(), &three(), 5, HALF).expect("a quote");
    let cut = after(&first);
    assert_eq!(cut["segments"][0]["start"], HALF);
    assert_eq!(cut["segments"][0]["term_seconds"], 31_536_000);
    // Again two more at the same instant: again half a year of them.
    assert_eq!(expand(&config(), cut, 7, HALF).expect("a quote")["due"], "10.00");
}

#[test]
fn terms_that_the_target_does_not_sell_are_priced_without_offers_and_as_part_of_the_year() {
    // Seed 001's demo 1: 3 months of 标准版, upgraded to 尊贵版 that is sold by the year.
    let base = json!({"new": {"month": "10", "year": "100"}, "renew": {"month": "10", "year": "100"}});
    let yearly = json!({"new": {"year": "1000"}, "renew": {"year": "1000"}});
    let config = json!({
        "sale_mode": "subscription", "day_count": "fixed", "change_modes": ["co_term"],
        "upgrades": [{"from": "standard", "to": "premium"}], "term_offers": [{"min_term": "P1M", "discount": "0.9"}],
        "editions": [{"code": "standard", "name": "标准版", "terms": ["P3M"], "price": base},
                     {"code": "premium", "name": "尊贵版", "terms": ["P1Y"], "price": yearly}],
    });
    let bought = buy(&config, &json!({"edition": "standard", "term": "P3M"}), SIGNED);
    assert_eq!(bought["due"], "27.00");
    // 1000 × 3/12 without discount, less 30 × 0.9, for the whole term.
    let quote = change(&config, after(&bought), &json!({"edition": "premium"}), SIGNED).expect("a quote");
    assert_eq!(quote["due"], "223.00");
    assert_eq!(quote["renewal_total"], "250.00", "priced like its lines");
    assert_eq!(quote["lines"][0]["why"]["prices"], json!([{"kind": "new", "new": "250.00", "old": "27.00"}]));
}

#[test]
fn offers_and_the_cap_count() {
    let mut config = config();
    config["price_cap"] = json!("45");
    let quote = expand(&config, &three(), 100, SIGNED).expect("a quote");
    assert_eq!(quote["due"], "15.00", "45 less 30, not 970");
}

#[test]
fn l9_the_payment_is_shared_by_the_differences() {
    let (config, both) = renewed("10", "16");
    let request = |paid: &str| json!({"op": "change", "config": config, "subscription": both, "selection": fewer(seats("", 5)), "mode": "co_term", "at": HALF, "paid": paid});
    let paid = |amount: &str| {
        let quote = evaluate(&request(amount)).expect("a quote");
        let segments = after(&quote)["segments"].as_array().expect("segments");
        segments.iter().map(|segment| segment["paid"].as_str().expect("an amount").to_owned()).collect::<Vec<_>>()
    };
    // Before: 15.00 left of 30, and 48 renewed. Differences 10 and 32.
    assert_eq!(paid("42"), ["25.00", "80.00"]);
    assert_eq!(paid("21"), ["20.00", "64.00"]);
    assert_eq!(paid("0.01"), ["15.00", "48.01"], "the larger remainder");
    assert_eq!(paid("0"), ["15.00", "48.00"]);
}

#[test]
fn l9_all_of_it_goes_to_the_last_where_nothing_is_due() {
    let (config, both) = renewed("0", "0");
    let request = json!({"op": "change", "config": config, "subscription": both, "selection": fewer(seats("", 5)), "mode": "co_term", "at": HALF, "paid": "1.01"});
    let quote = evaluate(&request).expect("a quote");
    let paid = |i: usize| &after(&quote)["segments"][i]["paid"];
    assert_eq!((paid(0), paid(1)), (&json!("0.00"), &json!("1.01")));
}

#[test]
fn l9_equal_remainders_go_to_the_earlier() {
    let (config, both) = renewed("10", "10");
    // Before either segment begins to be used: equal differences of 20.
    let request = json!({"op": "change", "config": config, "subscription": both, "selection": fewer(seats("", 5)), "mode": "co_term", "at": SIGNED, "paid": "0.01"});
    let quote = evaluate(&request).expect("a quote");
    let paid = |i: usize| &after(&quote)["segments"][i]["paid"];
    assert_eq!((paid(0), paid(1)), (&json!("30.01"), &json!("30.00")));
}

//! Every refusal of the contract: what is reported for what, and where. Each row is a valid request with something
//! wrong put into it, and exactly what must come back, in order.

mod change;
mod configuration;
mod selection;
mod texts;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::codes::{all, check_answer, han};
use tests::document::with;
use tests::evaluate::evaluate_line;

/// What is wrong, by changes to a document, and what must be reported.
type Row = (&'static str, Vec<(&'static str, Value)>, Vec<(&'static str, &'static str)>);

/// A request line with what must be reported for it.
struct Case {
    name: &'static str,
    line: String,
    expected: Vec<(String, String)>,
}

impl Case {
    fn new(name: &'static str, request: &Value, expected: &[(&str, &str)]) -> Self {
        Self::of_line(name, request.to_string(), expected)
    }

    fn of_line(name: &'static str, line: String, expected: &[(&str, &str)]) -> Self {
        let expected = expected.iter().map(|(code, at)| ((*code).to_owned(), (*at).to_owned())).collect();
        Self { name, line, expected }
    }
}

/// Rows that change `request`.
fn cases(request: &Value, rows: Vec<Row>) -> Vec<Case> {
    rows.into_iter().map(|(name, changes, expected)| Case::new(name, &with(request, &changes), &expected)).collect()
}

/// Everything there is.
fn every_case() -> Vec<Case> {
    let mut cases = configuration::cases();
    cases.extend(selection::cases());
    cases.extend(change::cases());
    cases.extend(texts::cases());
    cases
}

#[test]
fn every_case_is_refused_exactly_so() {
    let mut wrong = Vec::new();
    for Case { name, line, expected } in every_case() {
        check_answer(&line, &shared::eval::answer(&line));
        let found = evaluate_line(&line).err().unwrap_or_default();
        if found != expected {
            wrong.push(format!("{name}: expected {expected:?}\n    but got {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_code_of_the_contract_is_reached() {
    let reached: BTreeSet<String> =
        every_case().into_iter().flat_map(|case| case.expected).map(|(code, _)| code).collect();
    let known: BTreeSet<String> = all().map(str::to_owned).collect();
    assert_eq!(reached, known);
}

/// The Chinese sentence is Chinese; the English one is not, but for what it quotes.
#[test]
fn every_sentence_is_in_its_language() {
    for Case { name, line, .. } in every_case() {
        let answer: Value = serde_json::from_str(&shared::eval::answer(&line)).expect("JSON");
        for violation in answer["err"]["violations"].as_array().expect("violations") {
            let (zh, en) = (violation["zh"].as_str().expect("a text"), violation["en"].as_str().expect("a text"));
            assert!(zh.chars().filter(|c| han(*c)).count() >= 4 && zh.ends_with('。'), "{name}: {zh}");
            assert!(!unquoted(en).contains(han) && en.ends_with('.'), "{name}: {en}");
            assert!(unquoted(en).split_whitespace().count() >= 3, "{name}: {en}");
        }
    }
}

/// The text without what stands in “quotes”.
fn unquoted(text: &str) -> String {
    let mut outside = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '“' => depth += 1,
            '”' => depth -= 1,
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}

/// A price set of a subscription.
fn price(month: &str, year: &str) -> Value {
    json!({"new": {"month": month, "year": year}, "renew": {"month": month, "year": year}})
}

/// The demo of seed 001 with a second edition that one may upgrade to.
fn config() -> Value {
    let users = |unit: &str| {
        json!({"kind": "quantity", "key": "users", "name": "用户数", "unit": "seats", "max": 100,
               "tiers": [{"from": 5, "unit": price("1", "12")}, {"from": 10, "unit": price(unit, "10")}]})
    };
    let model = json!({"kind": "option", "key": "model", "name": "型号", "values": [
        {"value": "APP+WAP", "price": price("2", "24")}, {"value": "APP+WAP+微信", "price": price("5", "60")}]});
    json!({
        "sale_mode": "subscription", "day_count": "calendar", "change_modes": ["co_term", "re_term"],
        "editions": [
            {"code": "standard", "name": "标准版", "terms": ["P1M", "P1Y"], "price": price("1", "12"),
             "trial_days": 7, "extra_trial_days": 7, "charges": [users("1"), model]},
            {"code": "pro", "name": "专业版", "terms": ["P1M", "P1Y"], "price": price("3", "30"),
             "charges": [users("2"), model]},
        ],
        "upgrades": [{"from": "standard", "to": "pro"}],
        "term_offers": [{"min_term": "P1Y", "discount": "0.85"}],
        "price_cap": "100000",
    })
}

/// A product that is bought one time.
fn one_time() -> Value {
    let once = |price: &str| json!({"new": {"once": price}});
    json!({
        "sale_mode": "one_time",
        "editions": [{"code": "only", "name": "买断版", "price": once("100"), "charges": [
            {"kind": "quantity", "key": "users", "name": "用户数", "unit": "seats",
             "tiers": [{"from": 1, "unit": once("1.5")}, {"from": 10, "flat": once("12")}]},
            {"kind": "option", "key": "model", "name": "型号", "values": [{"value": "A", "price": once("0")}]},
        ]}],
    })
}

/// What a buyer of [`config`] may ask for.
fn wanted() -> Value {
    json!({"edition": "standard", "term": "P1Y", "quantities": {"users": 10}, "options": {"model": "APP+WAP"}, "count": 1})
}

/// What such a buyer has, from 2026-01-01 to 2027-01-01.
fn subscription() -> Value {
    json!({
        "edition": "standard", "quantities": {"users": 10}, "options": {"model": "APP+WAP"}, "trial": false,
        "anchor_day": 1, "segments": [{
            "start": "2026-01-01T10:00:00+08:00", "end": "2027-01-01T10:00:00+08:00", "paid": "115.60", "kind": "new",
            "term": "P1Y", "gift_days": 0, "term_seconds": 31_536_000}],
    })
}

/// The documents above are valid: whatever is reported in a case is what the case put in.
#[test]
fn what_the_cases_change_is_valid() {
    let at = "2026-06-01T00:00:00+08:00";
    for request in [
        json!({"op": "validate", "config": config()}),
        json!({"op": "validate", "config": one_time()}),
        json!({"op": "purchase", "config": config(), "selection": wanted(), "at": at}),
        selection::purchase(),
        change::renewal(),
        change::co_term(),
        change::re_term(),
        json!({"op": "credit", "subscription": subscription(), "at": at}),
    ] {
        let line = request.to_string();
        assert!(evaluate_line(&line).is_ok(), "{line}");
    }
}

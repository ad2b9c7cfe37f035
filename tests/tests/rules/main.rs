//! What the rulebook says in numbers, rule by rule.

mod co_term;
mod downgrade;
mod pricing;
mod re_term;
mod renewal;
mod time;

use serde_json::{Value, json};
use tests::evaluate::{Answer, evaluate};

const SIGNED: &str = "2026-01-01T10:00:00+08:00";

/// The same purchase and renewal price.
fn price(month: &str, year: &str) -> Value {
    json!({"new": {"month": month, "year": year}, "renew": {"month": month, "year": year}})
}

/// A subscription product with one edition, 标准版, of this base price and with these charges.
fn product(terms: &[&str], base: &Value, charges: &Value) -> Value {
    json!({
        "sale_mode": "subscription", "day_count": "calendar", "change_modes": ["co_term", "re_term"],
        "editions": [{"code": "standard", "name": "标准版", "terms": terms, "price": base, "charges": charges}],
    })
}

/// Users at one price each.
fn users(month: &str, year: &str) -> Value {
    json!({"kind": "quantity", "key": "users", "name": "用户数", "unit": "人", "tiers": [{"from": 0, "unit": price(month, year)}]})
}

/// The standard edition with so many users and nothing else.
fn seats(term: &str, users: u32) -> Value {
    json!({"edition": "standard", "term": term, "quantities": {"users": users}})
}

fn buy(config: &Value, selection: &Value, at: &str) -> Value {
    evaluate(&json!({"op": "purchase", "config": config, "selection": selection, "at": at})).expect("a quote")
}

fn renew(config: &Value, subscription: &Value, term: &str, at: &str) -> Answer {
    evaluate(&json!({"op": "renew", "config": config, "subscription": subscription, "term": term, "at": at}))
}

/// `mode` follows from whether the selection has a term.
fn change(config: &Value, subscription: &Value, selection: &Value, at: &str) -> Answer {
    let mode = if selection.get("term").is_some() { "re_term" } else { "co_term" };
    let request = json!({"op": "change", "config": config, "subscription": subscription, "selection": selection, "mode": mode, "at": at});
    evaluate(&request)
}

fn credit(subscription: &Value, at: &str) -> Value {
    evaluate(&json!({"op": "credit", "subscription": subscription, "at": at})).expect("a credit")["credit"].take()
}

/// The amounts of a quote's lines.
fn amounts(quote: &Value) -> Vec<&str> {
    quote["lines"].as_array().expect("lines").iter().map(|line| line["amount"].as_str().expect("an amount")).collect()
}

fn refused(answer: Answer) -> Vec<(String, String)> {
    answer.expect_err("a refusal")
}

fn only(code: &str, at: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), at.to_owned())]
}

/// What one has after paying a quote.
fn after(quote: &Value) -> &Value {
    &quote["after"][0]
}

//! Valid documents, into which the cases put something wrong.

use serde_json::{Value, json};
use tests::document::with;

/// A price set of a subscription.
pub(crate) fn price(month: &str, year: &str) -> Value {
    json!({"new": {"month": month, "year": year}, "renew": {"month": month, "year": year}})
}

/// The demo of seed 001 with a second edition that one may upgrade to.
pub(crate) fn config() -> Value {
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
pub(crate) fn one_time() -> Value {
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
pub(crate) fn wanted() -> Value {
    json!({"edition": "standard", "term": "P1Y", "quantities": {"users": 10}, "options": {"model": "APP+WAP"}, "count": 1})
}

/// What such a buyer has, from 2026-01-01 to 2027-01-01.
pub(crate) fn subscription() -> Value {
    json!({
        "edition": "standard", "quantities": {"users": 10}, "options": {"model": "APP+WAP"}, "trial": false,
        "anchor_day": 1, "segments": [{
            "start": "2026-01-01T10:00:00+08:00", "end": "2027-01-01T10:00:00+08:00", "paid": "115.60", "kind": "new",
            "term": "P1Y", "gift_days": 0, "term_seconds": 31_536_000}],
    })
}

/// Buying [`wanted`].
pub(crate) fn purchase() -> Value {
    json!({"op": "purchase", "config": config(), "selection": wanted(), "at": "2026-01-01T10:00:00+08:00"})
}

/// Buying of [`one_time`].
pub(crate) fn one_time_purchase() -> Value {
    let selection = json!({"edition": "only", "quantities": {"users": 1}, "options": {"model": "A"}});
    json!({"op": "purchase", "config": one_time(), "selection": selection, "at": "2026-01-01T10:00:00+08:00"})
}

/// Renewing [`subscription`] within its time.
pub(crate) fn renewal() -> Value {
    json!({"op": "renew", "config": config(), "subscription": subscription(), "term": "P1Y", "at": "2026-06-01T10:00:00+08:00"})
}

/// One more user for [`subscription`], the end stays.
pub(crate) fn co_term() -> Value {
    let selection = json!({"edition": "standard", "quantities": {"users": 11}, "options": {"model": "APP+WAP"}});
    json!({"op": "change", "config": config(), "subscription": subscription(), "selection": selection, "mode": "co_term",
           "at": "2026-06-01T10:00:00+08:00"})
}

/// One more user for [`subscription`], for a new month.
pub(crate) fn re_term() -> Value {
    with(&co_term(), &[("/mode", json!("re_term")), ("/selection/term", json!("P1M"))])
}

/// What is left of [`subscription`].
pub(crate) fn credit() -> Value {
    json!({"op": "credit", "subscription": subscription(), "at": "2026-06-01T10:00:00+08:00"})
}

//! What is wrong with a renewal, a change, and with the subscription that is handed in (rules L3, L10–L12).

use serde_json::{Value, json};
use tests::document::{gone, with};

use super::{Case, Row, config, one_time, price, subscription};

pub(super) fn renewal() -> Value {
    json!({"op": "renew", "config": config(), "subscription": subscription(), "term": "P1Y", "at": "2026-06-01T10:00:00+08:00"})
}

pub(super) fn co_term() -> Value {
    let selection = json!({"edition": "standard", "quantities": {"users": 11}, "options": {"model": "APP+WAP"}});
    json!({"op": "change", "config": config(), "subscription": subscription(), "selection": selection, "mode": "co_term",
           "at": "2026-06-01T10:00:00+08:00"})
}

pub(super) fn re_term() -> Value {
    with(&co_term(), &[("/mode", json!("re_term")), ("/selection/term", json!("P1M"))])
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = super::cases(&renewal(), renewals());
    cases.extend(super::cases(&renewal(), subscriptions()));
    cases.extend(super::cases(&co_term(), co_terms()));
    cases.extend(super::cases(&re_term(), re_terms()));
    let credit = json!({"op": "credit", "subscription": subscription(), "at": "2026-06-01T10:00:00+08:00"});
    cases.extend(super::cases(&credit, subscriptions()));
    cases
}

fn renewals() -> Vec<Row> {
    let late = json!("2027-01-08T10:00:01+08:00");
    vec![
        ("a one-time product", vec![("/config", one_time())], vec![("renewal_not_offered", "/subscription")]),
        ("a trial", vec![("/subscription/trial", json!(true))], vec![("renewal_not_offered", "/subscription/trial")]),
        (
            "a trial that ended long ago",
            vec![("/subscription/trial", json!(true)), ("/at", late.clone())],
            vec![("renewal_not_offered", "/subscription/trial")],
        ),
        (
            "a trial's unsold term",
            vec![("/subscription/trial", json!(true)), ("/term", json!("P9M"))],
            vec![("renewal_not_offered", "/subscription/trial")],
        ),
        (
            "no segments",
            vec![("/subscription/segments", json!([]))],
            vec![("subscription_not_active", "/subscription")],
        ),
        ("too late", vec![("/at", late.clone())], vec![("renewal_too_late", "/at")]),
        (
            "too late for a term that is not sold either",
            vec![("/at", late), ("/term", json!("P9M"))],
            vec![("renewal_too_late", "/at")],
        ),
        ("a term that is not sold", vec![("/term", json!("P2Y"))], vec![("term_not_sold", "/term")]),
        ("a term that is none", vec![("/term", json!("x"))], vec![("term_not_sold", "/term")]),
        ("no term", vec![("/term", gone())], vec![("malformed", "/term")]),
        ("a term as number", vec![("/term", json!(1))], vec![("malformed", "/term")]),
        ("a selection", vec![("/selection", json!({}))], vec![("malformed", "/selection")]),
        (
            "an edition that is gone",
            vec![("/subscription/edition", json!("old"))],
            vec![("edition_not_for_sale", "/subscription/edition")],
        ),
        (
            "fewer than today's minimum",
            vec![("/subscription/quantities/users", json!(4))],
            vec![("quantity_below_minimum", "/subscription/quantities/users")],
        ),
        (
            "more than today's maximum",
            vec![("/subscription/quantities/users", json!(101))],
            vec![("quantity_above_maximum", "/subscription/quantities/users")],
        ),
        (
            "a charge that is new",
            vec![("/subscription/quantities", json!({}))],
            vec![("charge_missing", "/subscription/quantities/users")],
        ),
        (
            "a charge that is gone",
            vec![("/subscription/options/region", json!("上海"))],
            vec![("charge_unknown", "/subscription/options/region")],
        ),
        (
            "a value that is gone",
            vec![("/subscription/options/model", json!("WAP"))],
            vec![("option_unknown", "/subscription/options/model")],
        ),
        (
            "all of it at once",
            vec![
                ("/term", json!("P2Y")),
                ("/subscription/quantities", json!({"users": 4, "x": 1})),
                ("/subscription/options/model", json!("WAP")),
            ],
            vec![
                ("term_not_sold", "/term"),
                ("quantity_below_minimum", "/subscription/quantities/users"),
                ("option_unknown", "/subscription/options/model"),
                ("charge_unknown", "/subscription/quantities/x"),
            ],
        ),
        (
            "more than five years ahead",
            vec![
                ("/subscription/segments/0/end", json!("2030-06-02T10:00:01+08:00")),
                ("/subscription/segments/0/term_seconds", json!(200_000_000)),
            ],
            vec![("renewal_too_far", "/term")],
        ),
        (
            "what is wrong otherwise comes before",
            vec![("/subscription/segments/0/end", json!("2039-01-01T10:00:00+08:00")), ("/term", json!("P2Y"))],
            vec![("term_not_sold", "/term")],
        ),
        (
            "too much money",
            vec![
                ("/config/editions/0/charges/0/max", gone()),
                ("/config/editions/0/charges/0/tiers/1/unit/renew/year", json!("99999999.99")),
                ("/subscription/quantities/users", json!(1_000_000_000)),
            ],
            vec![("amount_overflow", "/subscription")],
        ),
    ]
}

fn co_terms() -> Vec<Row> {
    let not_active = || vec![("subscription_not_active", "/at")];
    let not_for_sale = "edition_not_for_sale";
    let pro = || json!({"edition": "pro", "quantities": {"users": 10}, "options": {"model": "APP+WAP"}});
    let back = || vec![("/subscription/edition", json!("pro"))];
    let with_more = |mut changes: Vec<(&'static str, Value)>, more: Vec<(&'static str, Value)>| {
        changes.extend(more);
        changes
    };
    vec![
        ("a trial", vec![("/subscription/trial", json!(true))], vec![("trial_must_purchase", "/subscription/trial")]),
        (
            "a trial that is over, in a way that is not offered",
            vec![
                ("/subscription/trial", json!(true)),
                ("/at", json!("2028-01-01T10:00:00+08:00")),
                ("/config/change_modes", json!(["re_term"])),
            ],
            vec![("trial_must_purchase", "/subscription/trial")],
        ),
        ("the very second of the end", vec![("/at", json!("2027-01-01T10:00:00+08:00"))], not_active()),
        ("before the beginning", vec![("/at", json!("2026-01-01T09:59:59+08:00"))], not_active()),
        ("no segments", vec![("/subscription/segments", json!([]))], not_active()),
        (
            "over, in a way that is not offered",
            vec![("/at", json!("2028-01-01T10:00:00+08:00")), ("/config/change_modes", json!(["re_term"]))],
            not_active(),
        ),
        (
            "a way that is not offered",
            vec![("/config/change_modes", json!(["re_term"]))],
            vec![("change_mode_not_offered", "/mode")],
        ),
        (
            "a way that is not offered, and a bad selection",
            vec![("/config/change_modes", json!(["re_term"])), ("/selection/edition", json!("x"))],
            vec![("change_mode_not_offered", "/mode")],
        ),
        ("a one-time product", vec![("/config", one_time())], vec![("change_mode_not_offered", "/mode")]),
        ("a way that does not exist", vec![("/mode", json!("downgrade"))], vec![("malformed", "/mode")]),
        ("no way", vec![("/mode", gone())], vec![("malformed", "/mode")]),
        ("a term", vec![("/selection/term", json!("P1Y"))], vec![("malformed", "/selection/term")]),
        ("a count", vec![("/selection/count", json!(1))], vec![("malformed", "/selection/count")]),
        ("a renewal's field", vec![("/term", json!("P1Y"))], vec![("malformed", "/term")]),
        ("an unknown edition", vec![("/selection/edition", json!("x"))], vec![(not_for_sale, "/selection/edition")]),
        (
            "an edition that is gone",
            vec![("/subscription/edition", json!("x"))],
            vec![(not_for_sale, "/subscription/edition")],
        ),
        (
            "a hidden edition does not expand",
            vec![("/config/editions/0/hidden", json!(true))],
            vec![(not_for_sale, "/selection/edition"), (not_for_sale, "/subscription/edition")],
        ),
        (
            "nor is it upgraded",
            vec![("/config/editions/0/hidden", json!(true)), ("/selection", pro())],
            vec![(not_for_sale, "/subscription/edition")],
        ),
        (
            "nor upgraded to",
            vec![("/config/editions/1/hidden", json!(true)), ("/selection", pro())],
            vec![(not_for_sale, "/selection/edition")],
        ),
        (
            "a bad selection is not held against the subscription",
            vec![("/selection", json!({"edition": "standard", "quantities": {"users": 4}, "options": {"model": "X"}}))],
            vec![
                ("quantity_below_minimum", "/selection/quantities/users"),
                ("option_unknown", "/selection/options/model"),
            ],
        ),
        (
            "charges missing and unknown",
            vec![("/selection", json!({"edition": "pro", "quantities": {"x": 1}}))],
            vec![
                ("charge_missing", "/selection/quantities/users"),
                ("charge_missing", "/selection/options/model"),
                ("charge_unknown", "/selection/quantities/x"),
            ],
        ),
        (
            "above the maximum",
            vec![("/selection/quantities/users", json!(101))],
            vec![("quantity_above_maximum", "/selection/quantities/users")],
        ),
        ("an upgrade without a rule", back(), vec![("upgrade_not_allowed", "/selection/edition")]),
        (
            "an upgrade without a rule, to fewer",
            with_more(back(), vec![("/selection/quantities/users", json!(9))]),
            vec![
                ("upgrade_not_allowed", "/selection/edition"),
                ("downgrade_not_allowed", "/selection/quantities/users"),
            ],
        ),
        (
            "fewer",
            vec![("/selection/quantities/users", json!(9))],
            vec![("downgrade_not_allowed", "/selection/quantities/users")],
        ),
        (
            "fewer in another edition",
            vec![("/selection", with(&pro(), &[("/quantities/users", json!(9))]))],
            vec![("downgrade_not_allowed", "/selection/quantities/users")],
        ),
        (
            "a cheaper value",
            vec![("/subscription/options/model", json!("APP+WAP+微信"))],
            vec![("downgrade_not_allowed", "/selection/options/model")],
        ),
        (
            "fewer and cheaper",
            vec![("/subscription/options/model", json!("APP+WAP+微信")), ("/selection/quantities/users", json!(9))],
            vec![
                ("downgrade_not_allowed", "/selection/quantities/users"),
                ("downgrade_not_allowed", "/selection/options/model"),
            ],
        ),
        ("nothing changes", vec![("/selection/quantities/users", json!(10))], vec![("nothing_changes", "/selection")]),
        (
            "a charge that is new since",
            vec![("/subscription/quantities", json!({}))],
            vec![("charge_missing", "/subscription/quantities/users")],
        ),
        (
            "too much money",
            vec![
                ("/config/editions/0/charges/0/max", gone()),
                ("/config/editions/0/charges/0/tiers/1/unit", price("99999999.99", "99999999.99")),
                ("/selection/quantities/users", json!(1_000_000_000)),
            ],
            vec![("amount_overflow", "/selection")],
        ),
        ("too much money paid", vec![("/paid", json!("10000000000000.00"))], vec![("amount_overflow", "/selection")]),
    ]
}

fn re_terms() -> Vec<Row> {
    vec![
        ("no term", vec![("/selection/term", gone())], vec![("term_not_sold", "/selection/term")]),
        (
            "a term that is not sold",
            vec![("/selection/term", json!("P2M"))],
            vec![("term_not_sold", "/selection/term")],
        ),
        (
            "a way that is not offered",
            vec![("/config/change_modes", json!(["co_term"]))],
            vec![("change_mode_not_offered", "/mode")],
        ),
        ("a count", vec![("/selection/count", json!(2))], vec![("malformed", "/selection/count")]),
        (
            "fewer",
            vec![("/selection/quantities/users", json!(9))],
            vec![("downgrade_not_allowed", "/selection/quantities/users")],
        ),
        (
            "a cheaper value",
            vec![("/subscription/options/model", json!("APP+WAP+微信"))],
            vec![("downgrade_not_allowed", "/selection/options/model")],
        ),
        ("a trial", vec![("/subscription/trial", json!(true))], vec![("trial_must_purchase", "/subscription/trial")]),
        ("over", vec![("/at", json!("2027-01-01T10:00:00+08:00"))], vec![("subscription_not_active", "/at")]),
    ]
}

/// What a subscription has to look like; the same for every request that hands one in.
fn subscriptions() -> Vec<Row> {
    let segment = |field: &'static str, value: Value| vec![(field, value)];
    let start = "/subscription/segments/0/start";
    let end = "/subscription/segments/0/end";
    let second = || {
        with(
            &subscription()["segments"][0],
            &[("/start", json!("2026-12-31T00:00:00+08:00")), ("/end", json!("2028-01-01T00:00:00+08:00"))],
        )
    };
    let trial_segment =
        vec![("/subscription/segments/0/kind", json!("trial")), ("/subscription/segments/0/term", Value::Null)];
    vec![
        ("no subscription", vec![("/subscription", gone())], vec![("malformed", "/subscription")]),
        ("a subscription no object", vec![("/subscription", json!("S-1"))], vec![("malformed", "/subscription")]),
        ("unknown field", vec![("/subscription/id", json!("S-1"))], vec![("malformed", "/subscription/id")]),
        ("no edition", vec![("/subscription/edition", gone())], vec![("malformed", "/subscription/edition")]),
        ("an edition no text", vec![("/subscription/edition", json!(1))], vec![("malformed", "/subscription/edition")]),
        ("trial left out", vec![("/subscription/trial", gone())], vec![("malformed", "/subscription/trial")]),
        ("trial no boolean", vec![("/subscription/trial", json!("no"))], vec![("malformed", "/subscription/trial")]),
        ("no anchor", vec![("/subscription/anchor_day", gone())], vec![("malformed", "/subscription/anchor_day")]),
        ("anchor 0", vec![("/subscription/anchor_day", json!(0))], vec![("malformed", "/subscription/anchor_day")]),
        ("anchor 32", vec![("/subscription/anchor_day", json!(32))], vec![("malformed", "/subscription/anchor_day")]),
        (
            "anchor as text",
            vec![("/subscription/anchor_day", json!("1"))],
            vec![("malformed", "/subscription/anchor_day")],
        ),
        (
            "a quantity below 0",
            vec![("/subscription/quantities/users", json!(-1))],
            vec![("malformed", "/subscription/quantities/users")],
        ),
        (
            "a quantity beyond 10^9",
            vec![("/subscription/quantities/users", json!(1_000_000_001))],
            vec![("malformed", "/subscription/quantities/users")],
        ),
        (
            "a quantity as float",
            vec![("/subscription/quantities/users", json!(1.0))],
            vec![("malformed", "/subscription/quantities/users")],
        ),
        (
            "quantities no object",
            vec![("/subscription/quantities", json!([]))],
            vec![("malformed", "/subscription/quantities")],
        ),
        (
            "an option no text",
            vec![("/subscription/options/model", json!(1))],
            vec![("malformed", "/subscription/options/model")],
        ),
        (
            "segments no list",
            vec![("/subscription/segments", json!({}))],
            vec![("malformed", "/subscription/segments")],
        ),
        (
            "a segment no object",
            vec![("/subscription/segments/0", json!(1))],
            vec![("malformed", "/subscription/segments/0")],
        ),
        (
            "unknown in a segment",
            vec![("/subscription/segments/0/refunded", json!(false))],
            vec![("malformed", "/subscription/segments/0/refunded")],
        ),
        ("no start", segment(start, gone()), vec![("malformed", start)]),
        ("a start in fractions", segment(start, json!("2026-01-01T10:00:00.1+08:00")), vec![("malformed", start)]),
        ("an end that is none", segment(end, json!("never")), vec![("malformed", end)]),
        (
            "an end at the start",
            segment(end, json!("2026-01-01T02:00:00Z")),
            vec![("malformed", "/subscription/segments/0")],
        ),
        (
            "an end before the start",
            segment(end, json!("2025-01-01T10:00:00+08:00")),
            vec![("malformed", "/subscription/segments/0")],
        ),
        (
            "two that overlap",
            vec![("/subscription/segments/-", second())],
            vec![("malformed", "/subscription/segments/1")],
        ),
        (
            "paid as number",
            segment("/subscription/segments/0/paid", json!(115.6)),
            vec![("malformed", "/subscription/segments/0/paid")],
        ),
        (
            "paid below 0",
            segment("/subscription/segments/0/paid", json!("-1.00")),
            vec![("malformed", "/subscription/segments/0/paid")],
        ),
        (
            "paid beyond the limits",
            segment("/subscription/segments/0/paid", json!("10000000000000.01")),
            vec![("malformed", "/subscription/segments/0/paid")],
        ),
        (
            "an unknown kind",
            segment("/subscription/segments/0/kind", json!("gift")),
            vec![("malformed", "/subscription/segments/0/kind")],
        ),
        (
            "no kind",
            segment("/subscription/segments/0/kind", gone()),
            vec![("malformed", "/subscription/segments/0/kind")],
        ),
        (
            "paid for without term",
            segment("/subscription/segments/0/term", Value::Null),
            vec![("malformed", "/subscription/segments/0/term")],
        ),
        (
            "a term that is none",
            segment("/subscription/segments/0/term", json!("P12M")),
            vec![("malformed", "/subscription/segments/0/term")],
        ),
        (
            "a trial's segment with a term",
            segment("/subscription/segments/0/kind", json!("trial")),
            vec![("malformed", "/subscription/segments/0/term")],
        ),
        ("a trial's segment where there is none", trial_segment, vec![("malformed", "/subscription/segments/0/kind")]),
        (
            "gift days below 0",
            segment("/subscription/segments/0/gift_days", json!(-1)),
            vec![("malformed", "/subscription/segments/0/gift_days")],
        ),
        (
            "gift days left out",
            segment("/subscription/segments/0/gift_days", gone()),
            vec![("malformed", "/subscription/segments/0/gift_days")],
        ),
        (
            "no length",
            segment("/subscription/segments/0/term_seconds", json!(0)),
            vec![("malformed", "/subscription/segments/0/term_seconds")],
        ),
        (
            "length left out",
            segment("/subscription/segments/0/term_seconds", gone()),
            vec![("malformed", "/subscription/segments/0/term_seconds")],
        ),
        (
            "several at once",
            vec![
                ("/subscription/trial", json!(0)),
                ("/subscription/anchor_day", json!(0)),
                ("/subscription/segments/0/paid", json!("x")),
            ],
            vec![
                ("malformed", "/subscription/trial"),
                ("malformed", "/subscription/anchor_day"),
                ("malformed", "/subscription/segments/0/paid"),
            ],
        ),
    ]
}

//! What is wrong with a purchase (rules Q1, Q5, S20).

use serde_json::{Value, json};
use tests::document::{gone, with};

use super::{Case, Row, config, one_time, wanted};

pub(super) fn purchase() -> Value {
    json!({"op": "purchase", "config": config(), "selection": wanted(), "at": "2026-01-01T10:00:00+08:00"})
}

fn one_time_purchase() -> Value {
    let selection = json!({"edition": "only", "quantities": {"users": 1}, "options": {"model": "A"}});
    json!({"op": "purchase", "config": one_time(), "selection": selection, "at": "2026-01-01T10:00:00+08:00"})
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = super::cases(&purchase(), shape());
    cases.extend(super::cases(&purchase(), choice()));
    cases.extend(super::cases(&purchase(), amounts()));
    cases.extend(super::cases(&one_time_purchase(), one_time_only()));
    cases
}

fn shape() -> Vec<Row> {
    let at = |at: &str| vec![("/at", json!(at))];
    let at_malformed = || vec![("malformed", "/at")];
    let paid = |paid: Value| vec![("/paid", paid)];
    let paid_malformed = || vec![("malformed", "/paid")];
    let offset = |offset: &str| vec![("/offset", json!(offset))];
    let offset_malformed = || vec![("malformed", "/offset")];
    vec![
        ("no instant", vec![("/at", gone())], at_malformed()),
        ("an instant as number", vec![("/at", json!(1_767_225_600))], at_malformed()),
        ("a fraction of a second", at("2026-01-01T10:00:00.5+08:00"), at_malformed()),
        ("a fraction of nothing", at("2026-01-01T10:00:00.000+08:00"), at_malformed()),
        ("no offset", at("2026-01-01T10:00:00"), at_malformed()),
        ("a date", at("2026-01-01"), at_malformed()),
        ("a space", at("2026-01-01 10:00:00+08:00"), at_malformed()),
        ("29 February of a common year", at("2026-02-29T10:00:00+08:00"), at_malformed()),
        ("24 o'clock", at("2026-01-01T24:00:00+08:00"), at_malformed()),
        ("a leap second", at("2026-06-30T23:59:60Z"), at_malformed()),
        ("an offset of a day", at("2026-01-01T10:00:00+24:00"), at_malformed()),
        ("beyond the calendar in the market's offset", at("9999-12-31T23:00:00Z"), at_malformed()),
        ("an offset in words", offset("Asia/Shanghai"), offset_malformed()),
        ("an offset of hours alone", offset("+08"), offset_malformed()),
        ("an unknown offset", offset("-00:00"), offset_malformed()),
        ("paid as number", paid(json!(80)), paid_malformed()),
        ("paid below 0", paid(json!("-1.00")), paid_malformed()),
        ("paid in fractions of fen", paid(json!("1.005")), paid_malformed()),
        ("paid beyond the limits", paid(json!("10000000000000.01")), paid_malformed()),
        ("no configuration", vec![("/config", gone())], vec![("malformed", "/config")]),
        ("no selection", vec![("/selection", gone())], vec![("malformed", "/selection")]),
        ("selection no object", vec![("/selection", json!("standard"))], vec![("malformed", "/selection")]),
        ("unknown field", vec![("/currency", json!("CNY"))], vec![("malformed", "/currency")]),
        ("a renewal's field", vec![("/term", json!("P1Y"))], vec![("malformed", "/term")]),
        ("a change's field", vec![("/mode", json!("co_term"))], vec![("malformed", "/mode")]),
        (
            "unknown in the selection",
            vec![("/selection/price", json!("0.01"))],
            vec![("malformed", "/selection/price")],
        ),
        ("no edition", vec![("/selection/edition", gone())], vec![("malformed", "/selection/edition")]),
        ("an edition as number", vec![("/selection/edition", json!(0))], vec![("malformed", "/selection/edition")]),
        ("a term as number", vec![("/selection/term", json!(12))], vec![("malformed", "/selection/term")]),
        (
            "quantities no object",
            vec![("/selection/quantities", json!([10]))],
            vec![("malformed", "/selection/quantities"), ("charge_missing", "/selection/quantities/users")],
        ),
        (
            "a quantity as text",
            vec![("/selection/quantities/users", json!("10"))],
            vec![("malformed", "/selection/quantities/users")],
        ),
        (
            "a quantity as float",
            vec![("/selection/quantities/users", json!(10.0))],
            vec![("malformed", "/selection/quantities/users")],
        ),
        (
            "half a user",
            vec![("/selection/quantities/users", json!(10.5))],
            vec![("malformed", "/selection/quantities/users")],
        ),
        (
            "no quantity",
            vec![("/selection/quantities/users", Value::Null)],
            vec![("malformed", "/selection/quantities/users")],
        ),
        (
            "options no object",
            vec![("/selection/options", json!("APP+WAP"))],
            vec![("malformed", "/selection/options"), ("charge_missing", "/selection/options/model")],
        ),
        (
            "an option as index",
            vec![("/selection/options/model", json!(0))],
            vec![("malformed", "/selection/options/model")],
        ),
        ("a count as text", vec![("/selection/count", json!("1"))], vec![("malformed", "/selection/count")]),
        ("a count as float", vec![("/selection/count", json!(1.0))], vec![("malformed", "/selection/count")]),
        (
            "a bad configuration and a bad selection",
            vec![("/config/price_cap", json!("x")), ("/selection/count", json!("1"))],
            vec![("cap_invalid", "/config/price_cap"), ("malformed", "/selection/count")],
        ),
    ]
}

fn choice() -> Vec<Row> {
    let users = |n: Value| vec![("/selection/quantities/users", n)];
    let count = |n: i64| vec![("/selection/count", json!(n))];
    let count_out = || vec![("count_out_of_range", "/selection/count")];
    vec![
        (
            "an unknown edition",
            vec![("/selection/edition", json!("basic"))],
            vec![("edition_not_for_sale", "/selection/edition")],
        ),
        (
            "an edition by its name",
            vec![("/selection/edition", json!("标准版"))],
            vec![("edition_not_for_sale", "/selection/edition")],
        ),
        (
            "a hidden edition",
            vec![("/config/editions/0/hidden", json!(true))],
            vec![("edition_not_for_sale", "/selection/edition")],
        ),
        (
            "of an unknown edition only the count is checked",
            vec![(
                "/selection",
                json!({"edition": "basic", "term": "P9Y", "quantities": {"x": 1}, "options": {"y": "z"}, "count": 0}),
            )],
            vec![("edition_not_for_sale", "/selection/edition"), ("count_out_of_range", "/selection/count")],
        ),
        (
            "a hidden edition is checked on",
            vec![
                ("/config/editions/0/hidden", json!(true)),
                ("/selection/term", json!("P2M")),
                ("/selection/quantities/users", json!(4)),
            ],
            vec![
                ("edition_not_for_sale", "/selection/edition"),
                ("term_not_sold", "/selection/term"),
                ("quantity_below_minimum", "/selection/quantities/users"),
            ],
        ),
        (
            "a term that is not sold",
            vec![("/selection/term", json!("P2Y"))],
            vec![("term_not_sold", "/selection/term")],
        ),
        (
            "a term that is none",
            vec![("/selection/term", json!("forever"))],
            vec![("term_not_sold", "/selection/term")],
        ),
        ("no term", vec![("/selection/term", gone())], vec![("term_not_sold", "/selection/term")]),
        ("term null", vec![("/selection/term", Value::Null)], vec![("term_not_sold", "/selection/term")]),
        (
            "no quantities",
            vec![("/selection/quantities", gone())],
            vec![("charge_missing", "/selection/quantities/users")],
        ),
        ("a quantity missing", users(gone()), vec![("charge_missing", "/selection/quantities/users")]),
        (
            "an option missing",
            vec![("/selection/options", json!({}))],
            vec![("charge_missing", "/selection/options/model")],
        ),
        (
            "an unknown quantity",
            vec![("/selection/quantities/x~1y", json!(1))],
            vec![("charge_unknown", "/selection/quantities/x~1y")],
        ),
        (
            "an unknown option",
            vec![("/selection/options/region", json!("上海"))],
            vec![("charge_unknown", "/selection/options/region")],
        ),
        (
            "an option among the quantities",
            vec![(
                "/selection",
                json!({"edition": "standard", "term": "P1Y", "quantities": {"users": 10, "model": 1}}),
            )],
            vec![("charge_missing", "/selection/options/model"), ("charge_unknown", "/selection/quantities/model")],
        ),
        (
            "a quantity among the options",
            vec![("/selection/quantities", gone()), ("/selection/options/users", json!("10"))],
            vec![("charge_missing", "/selection/quantities/users"), ("charge_unknown", "/selection/options/users")],
        ),
        ("one below the minimum", users(json!(4)), vec![("quantity_below_minimum", "/selection/quantities/users")]),
        ("below 0", users(json!(-1)), vec![("quantity_below_minimum", "/selection/quantities/users")]),
        ("far below 0", users(json!(-9.0e30)), vec![("quantity_below_minimum", "/selection/quantities/users")]),
        ("one above the maximum", users(json!(101)), vec![("quantity_above_maximum", "/selection/quantities/users")]),
        (
            "10^12 users",
            users(json!(1_000_000_000_000_i64)),
            vec![("quantity_above_maximum", "/selection/quantities/users")],
        ),
        ("2^64 - 1 users", users(json!(u64::MAX)), vec![("quantity_above_maximum", "/selection/quantities/users")]),
        (
            "an unknown value",
            vec![("/selection/options/model", json!("APP"))],
            vec![("option_unknown", "/selection/options/model")],
        ),
        (
            "no value",
            vec![("/selection/options/model", json!(""))],
            vec![("option_unknown", "/selection/options/model")],
        ),
        ("count 0", count(0), count_out()),
        ("count 101", count(101), count_out()),
        ("count -1", count(-1), count_out()),
        ("count 257 is not 1", count(257), count_out()),
        ("count 10^18", count(1_000_000_000_000_000_000), count_out()),
        (
            "everything at once, in the order of the document",
            vec![(
                "/selection",
                json!({"edition": "standard", "term": "P2M", "quantities": {"users": 4, "seats": 1}, "options": {"model": "X", "region": "Y"}, "count": 0}),
            )],
            vec![
                ("term_not_sold", "/selection/term"),
                ("quantity_below_minimum", "/selection/quantities/users"),
                ("option_unknown", "/selection/options/model"),
                ("charge_unknown", "/selection/quantities/seats"),
                ("charge_unknown", "/selection/options/region"),
                ("count_out_of_range", "/selection/count"),
            ],
        ),
    ]
}

/// Any line, sum or total above 10^15 fen.
fn amounts() -> Vec<Row> {
    let overflow = || vec![("amount_overflow", "/selection")];
    let unit = |field: &'static str, n: u32| {
        vec![
            ("/config/editions/0/charges/0/max", gone()),
            ("/config/price_cap", gone()),
            (field, json!("99999999.99")),
            ("/selection/quantities/users", json!(n)),
        ]
    };
    let new_year = "/config/editions/0/charges/0/tiers/1/unit/new/year";
    let renew_year = "/config/editions/0/charges/0/tiers/1/unit/renew/year";
    let mut capped = unit(new_year, 1_000_000_000);
    capped.push(("/config/price_cap", json!("1")));
    let mut counted = unit(new_year, 50_000);
    counted.push(("/selection/count", json!(100)));
    vec![
        ("a line", unit(new_year, 100_001), overflow()),
        ("a line that a cap would cut", capped, overflow()),
        ("a total", counted, overflow()),
        ("the renewal's total", unit(renew_year, 200_000), overflow()),
        (
            "a sum of lines",
            vec![
                ("/config/editions/0/charges/0/max", gone()),
                ("/config/editions/0/price/new/year", json!("99999999.99")),
                (new_year, json!("99999999.99")),
                ("/selection/quantities/users", json!(100_000)),
            ],
            overflow(),
        ),
    ]
}

fn one_time_only() -> Vec<Row> {
    let request = one_time_purchase();
    let hidden = with(&request["config"], &[("/editions/-", request["config"]["editions"][0].clone())]);
    vec![
        ("a term", vec![("/selection/term", json!("P1Y"))], vec![("term_not_sold", "/selection/term")]),
        (
            "10^9 + 1 where there is no maximum",
            vec![("/selection/quantities/users", json!(1_000_000_001))],
            vec![("quantity_above_maximum", "/selection/quantities/users")],
        ),
        (
            "none where the minimum is one",
            vec![("/selection/quantities/users", json!(0))],
            vec![("quantity_below_minimum", "/selection/quantities/users")],
        ),
        (
            "no price",
            vec![("/config/editions/0/price/new/once", gone())],
            vec![("price_missing", "/config/editions/0/price/new/once")],
        ),
        (
            "no price set",
            vec![("/config/editions/0/price", gone())],
            vec![("price_missing", "/config/editions/0/price/new")],
        ),
        (
            "no price of a value",
            vec![("/config/editions/0/charges/1/values/0/price", gone())],
            vec![("price_missing", "/config/editions/0/charges/1/values/0/price/new")],
        ),
        (
            "an edition twice",
            vec![("/config", hidden)],
            vec![
                ("edition_code_duplicate", "/config/editions/1/code"),
                ("edition_name_duplicate", "/config/editions/1/name"),
            ],
        ),
    ]
}

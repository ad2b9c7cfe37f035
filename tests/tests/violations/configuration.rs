//! What is wrong with a sales configuration (rulebook section 2).

use serde_json::{Value, json};
use tests::document::{gone, with};

use super::{Case, Row, config, one_time, price};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = of(&config(), shape());
    for rows in [editions(), prices(), trials(), charges(), tiers(), values(), product()] {
        cases.extend(of(&config(), rows));
    }
    cases.extend(of(&one_time(), one_time_only()));
    cases
}

/// Rows whose changes and pointers are relative to the configuration.
fn of(config: &Value, rows: Vec<Row>) -> Vec<Case> {
    let case = |(name, changes, expected): Row| {
        let request = json!({"op": "validate", "config": with(config, &changes)});
        let expected: Vec<_> = expected.iter().map(|(code, at)| (*code, format!("/config{at}"))).collect();
        let expected: Vec<_> = expected.iter().map(|(code, at)| (*code, at.as_str())).collect();
        Case::new(name, &request, &expected)
    };
    rows.into_iter().map(case).collect()
}

/// Types, unknown fields, fields left out.
fn shape() -> Vec<Row> {
    vec![
        ("no object", vec![("", json!([]))], vec![("malformed", "")]),
        ("null", vec![("", Value::Null)], vec![("malformed", "")]),
        ("a number", vec![("", json!(1))], vec![("malformed", "")]),
        ("nothing said", vec![("", json!({}))], vec![("malformed", "/sale_mode"), ("edition_count", "/editions")]),
        ("unknown field", vec![("/colour", json!(1))], vec![("malformed", "/colour")]),
        ("unknown field that needs escapes", vec![("/a~1b~0", json!(1))], vec![("malformed", "/a~1b~0")]),
        ("unknown in an edition", vec![("/editions/1/descr", Value::Null)], vec![("malformed", "/editions/1/descr")]),
        (
            "unknown in a price set",
            vec![("/editions/0/price/old", json!({}))],
            vec![("malformed", "/editions/0/price/old")],
        ),
        (
            "unknown in prices",
            vec![("/editions/0/price/new/day", json!("1"))],
            vec![("malformed", "/editions/0/price/new/day")],
        ),
        (
            "values on a quantity",
            vec![("/editions/0/charges/0/values", json!([]))],
            vec![("malformed", "/editions/0/charges/0/values")],
        ),
        (
            "unit on an option",
            vec![("/editions/0/charges/1/unit", json!("x"))],
            vec![("malformed", "/editions/0/charges/1/unit")],
        ),
        (
            "unknown in a tier",
            vec![("/editions/0/charges/0/tiers/0/to", json!(9))],
            vec![("malformed", "/editions/0/charges/0/tiers/0/to")],
        ),
        (
            "unknown in a value",
            vec![("/editions/0/charges/1/values/0/name", json!(""))],
            vec![("malformed", "/editions/0/charges/1/values/0/name")],
        ),
        ("unknown in an upgrade", vec![("/upgrades/0/via", json!("x"))], vec![("malformed", "/upgrades/0/via")]),
        (
            "unknown in an offer",
            vec![("/term_offers/0/max_term", json!("P1Y"))],
            vec![("malformed", "/term_offers/0/max_term")],
        ),
        ("sale mode missing", vec![("/sale_mode", gone())], vec![("malformed", "/sale_mode")]),
        ("sale mode null", vec![("/sale_mode", Value::Null)], vec![("malformed", "/sale_mode")]),
        ("sale mode unknown", vec![("/sale_mode", json!("rent"))], vec![("malformed", "/sale_mode")]),
        ("sale mode no text", vec![("/sale_mode", json!(1))], vec![("malformed", "/sale_mode")]),
        ("day count missing", vec![("/day_count", gone())], vec![("malformed", "/day_count")]),
        ("day count unknown", vec![("/day_count", json!("30/360"))], vec![("malformed", "/day_count")]),
        ("hidden no boolean", vec![("/editions/0/hidden", json!("no"))], vec![("malformed", "/editions/0/hidden")]),
        ("upgrades no list", vec![("/upgrades", json!({}))], vec![("malformed", "/upgrades")]),
        ("change modes no list", vec![("/change_modes", json!("co_term"))], vec![("malformed", "/change_modes")]),
        ("term offers no list", vec![("/term_offers", json!(0))], vec![("malformed", "/term_offers")]),
        ("an upgrade no object", vec![("/upgrades/0", json!("x"))], vec![("malformed", "/upgrades/0")]),
        ("an upgrade's end missing", vec![("/upgrades/0/to", gone())], vec![("malformed", "/upgrades/0/to")]),
        ("an upgrade's end no text", vec![("/upgrades/0/from", json!(0))], vec![("malformed", "/upgrades/0/from")]),
        ("an unknown change mode", vec![("/change_modes/1", json!("refund"))], vec![("malformed", "/change_modes/1")]),
        ("a change mode no text", vec![("/change_modes/0", Value::Null)], vec![("malformed", "/change_modes/0")]),
        ("an offer no object", vec![("/term_offers/0", json!([]))], vec![("malformed", "/term_offers/0")]),
        ("an offer of nothing", vec![("/term_offers/0/discount", gone())], vec![("malformed", "/term_offers/0")]),
        (
            "an offer without term",
            vec![("/term_offers/0/min_term", gone())],
            vec![("malformed", "/term_offers/0/min_term")],
        ),
        (
            "a discount as number",
            vec![("/term_offers/0/discount", json!(0.85))],
            vec![("malformed", "/term_offers/0/discount")],
        ),
        (
            "gift days as text",
            vec![("/term_offers/0", json!({"min_term": "P1Y", "gift_days": "7"}))],
            vec![("malformed", "/term_offers/0/gift_days")],
        ),
        (
            "a fraction of a gift day",
            vec![("/term_offers/0", json!({"min_term": "P1Y", "gift_days": 1.5}))],
            vec![("malformed", "/term_offers/0/gift_days")],
        ),
        ("a cap as number", vec![("/price_cap", json!(1000))], vec![("malformed", "/price_cap")]),
        (
            "everything wrong at once, in the order of the document",
            vec![
                ("/day_count", json!(1)),
                ("/editions/0/name", json!("")),
                ("/editions/1/trial_days", json!(0)),
                ("/upgrades/0/to", json!("x")),
                ("/change_modes", json!([])),
                ("/term_offers/0/discount", json!("2")),
                ("/price_cap", json!("x")),
            ],
            vec![
                ("malformed", "/day_count"),
                ("edition_name_invalid", "/editions/0/name"),
                ("trial_days_out_of_range", "/editions/1/trial_days"),
                ("upgrade_unknown_edition", "/upgrades/0/to"),
                ("change_modes_missing", "/change_modes"),
                ("discount_out_of_range", "/term_offers/0/discount"),
                ("cap_invalid", "/price_cap"),
            ],
        ),
    ]
}

/// Rules S2 to S6.
fn editions() -> Vec<Row> {
    let without_upgrades = ("/upgrades", json!([]));
    let many = |n: usize| {
        let edition =
            |i| json!({"code": format!("e{i}"), "name": format!("E{i}"), "terms": ["P1Y"], "price": price("0", "0")});
        json!((0..n).map(edition).collect::<Vec<_>>())
    };
    let name = |name: &str| vec![("/editions/0/name", json!(name))];
    let name_invalid = || vec![("edition_name_invalid", "/editions/0/name")];
    let code = |code: &str| vec![without_upgrades.clone(), ("/editions/0/code", json!(code))];
    let code_invalid = || vec![("edition_code_invalid", "/editions/0/code")];
    let terms = |terms: Value| vec![("/editions/0/terms", terms)];
    vec![
        ("no editions", vec![without_upgrades.clone(), ("/editions", json!([]))], vec![("edition_count", "/editions")]),
        (
            "editions left out",
            vec![without_upgrades.clone(), ("/editions", gone())],
            vec![("edition_count", "/editions")],
        ),
        (
            "editions null",
            vec![without_upgrades.clone(), ("/editions", Value::Null)],
            vec![("edition_count", "/editions")],
        ),
        ("21 editions", vec![without_upgrades.clone(), ("/editions", many(21))], vec![("edition_count", "/editions")]),
        (
            "editions no list",
            vec![without_upgrades.clone(), ("/editions", json!({}))],
            vec![("malformed", "/editions")],
        ),
        (
            "upgrades without a list of editions are not looked up",
            vec![("/editions", json!(1))],
            vec![("malformed", "/editions")],
        ),
        (
            "an edition no object",
            vec![without_upgrades.clone(), ("/editions/1", json!("pro"))],
            vec![("malformed", "/editions/1")],
        ),
        (
            "all hidden",
            vec![("/editions/0/hidden", json!(true)), ("/editions/1/hidden", json!(true))],
            vec![("no_visible_edition", "/editions")],
        ),
        (
            "code missing",
            vec![without_upgrades.clone(), ("/editions/0/code", gone())],
            vec![("malformed", "/editions/0/code")],
        ),
        (
            "code no text",
            vec![without_upgrades.clone(), ("/editions/0/code", json!(7))],
            vec![("malformed", "/editions/0/code")],
        ),
        ("name missing", vec![("/editions/1/name", gone())], vec![("malformed", "/editions/1/name")]),
        ("name no text", vec![("/editions/1/name", json!(["x"]))], vec![("malformed", "/editions/1/name")]),
        ("empty name", name(""), name_invalid()),
        ("21 characters", name("一二三四五六七八九十一二三四五六七八九十A"), name_invalid()),
        ("a space", name("标准 版"), name_invalid()),
        ("a hyphen", name("标准-版"), name_invalid()),
        ("full-width letters are not ASCII", name("标准Ａ"), name_invalid()),
        ("kana is not Chinese", name("スタンダード"), name_invalid()),
        ("an accent", name("café"), name_invalid()),
        ("an emoji", name("标准🙂"), name_invalid()),
        ("a full stop of Chinese is none of its letters", name("标准。"), name_invalid()),
        (
            "same name twice",
            vec![("/editions/1/name", json!("标准版"))],
            vec![("edition_name_duplicate", "/editions/1/name")],
        ),
        (
            "same bad name twice",
            vec![("/editions/0/name", json!("-")), ("/editions/1/name", json!("-"))],
            vec![
                ("edition_name_invalid", "/editions/0/name"),
                ("edition_name_invalid", "/editions/1/name"),
                ("edition_name_duplicate", "/editions/1/name"),
            ],
        ),
        ("empty code", code(""), code_invalid()),
        ("33 characters", code("a23456789012345678901234567890123"), code_invalid()),
        ("upper case", code("Standard"), code_invalid()),
        ("hyphen first", code("-a"), code_invalid()),
        ("underscore", code("a_b"), code_invalid()),
        ("Chinese code", code("标准"), code_invalid()),
        ("a line break", code("standard\n"), code_invalid()),
        (
            "same code twice",
            vec![without_upgrades.clone(), ("/editions/1/code", json!("standard"))],
            vec![("edition_code_duplicate", "/editions/1/code")],
        ),
        (
            "same bad code twice",
            vec![without_upgrades, ("/editions/0/code", json!("A")), ("/editions/1/code", json!("A"))],
            vec![
                ("edition_code_invalid", "/editions/0/code"),
                ("edition_code_invalid", "/editions/1/code"),
                ("edition_code_duplicate", "/editions/1/code"),
            ],
        ),
        ("no terms", terms(json!([])), vec![("terms_missing", "/editions/0/terms")]),
        ("terms left out", vec![("/editions/0/terms", gone())], vec![("terms_missing", "/editions/0/terms")]),
        ("terms no list", terms(json!("P1Y")), vec![("malformed", "/editions/0/terms")]),
        ("a term no text", terms(json!(["P1M", 12])), vec![("malformed", "/editions/0/terms/1")]),
        ("twelve months are a year", terms(json!(["P1M", "P12M"])), vec![("term_invalid", "/editions/0/terms/1")]),
        ("four years", terms(json!(["P4Y", "P1M"])), vec![("term_invalid", "/editions/0/terms/0")]),
        ("no months", terms(json!(["P0M", "P1M"])), vec![("term_invalid", "/editions/0/terms/0")]),
        ("days", terms(json!(["P30D", "P1M"])), vec![("term_invalid", "/editions/0/terms/0")]),
        ("lower case", terms(json!(["p1m", "P1M"])), vec![("term_invalid", "/editions/0/terms/0")]),
        ("a term twice", terms(json!(["P1M", "P1Y", "P1M"])), vec![("term_duplicate", "/editions/0/terms/2")]),
        (
            "a bad term twice",
            terms(json!(["P1M", "x", "x"])),
            vec![
                ("term_invalid", "/editions/0/terms/1"),
                ("term_invalid", "/editions/0/terms/2"),
                ("term_duplicate", "/editions/0/terms/2"),
            ],
        ),
    ]
}

/// Rules M1, S7.
fn prices() -> Vec<Row> {
    let month = |price: &str| vec![("/editions/0/price/new/month", json!(price))];
    let invalid = || vec![("price_invalid", "/editions/0/price/new/month")];
    vec![
        (
            "no price set",
            vec![("/editions/0/price", gone())],
            vec![("price_missing", "/editions/0/price/new"), ("price_missing", "/editions/0/price/renew")],
        ),
        ("a price set no object", vec![("/editions/0/price", json!("12"))], vec![("malformed", "/editions/0/price")]),
        (
            "no renewal price",
            vec![("/editions/0/price/renew", gone())],
            vec![("price_missing", "/editions/0/price/renew")],
        ),
        (
            "renewal price null",
            vec![("/editions/0/price/renew", Value::Null)],
            vec![("price_missing", "/editions/0/price/renew")],
        ),
        (
            "no purchase price",
            vec![("/editions/0/price/new", gone())],
            vec![("price_missing", "/editions/0/price/new")],
        ),
        ("prices no object", vec![("/editions/0/price/new", json!("1"))], vec![("malformed", "/editions/0/price/new")]),
        (
            "no period at all",
            vec![("/editions/0/price/new", json!({}))],
            vec![("price_missing", "/editions/0/price/new")],
        ),
        (
            "both periods null",
            vec![("/editions/0/price/renew", json!({"month": null, "year": null}))],
            vec![("price_missing", "/editions/0/price/renew")],
        ),
        (
            "months are sold, no month price",
            vec![("/editions/0/price/new/month", gone())],
            vec![("price_missing", "/editions/0/price/new/month")],
        ),
        (
            "no month price for renewals",
            vec![("/editions/0/price/renew/month", Value::Null)],
            vec![("price_missing", "/editions/0/price/renew/month")],
        ),
        (
            "no month price in a tier",
            vec![("/editions/0/charges/0/tiers/1/unit/renew/month", gone())],
            vec![("price_missing", "/editions/0/charges/0/tiers/1/unit/renew/month")],
        ),
        (
            "no month price of a value",
            vec![("/editions/0/charges/1/values/0/price/new/month", gone())],
            vec![("price_missing", "/editions/0/charges/1/values/0/price/new/month")],
        ),
        (
            "no price of a value",
            vec![("/editions/0/charges/1/values/1/price", gone())],
            vec![
                ("price_missing", "/editions/0/charges/1/values/1/price/new"),
                ("price_missing", "/editions/0/charges/1/values/1/price/renew"),
            ],
        ),
        (
            "no renewal price in a tier",
            vec![("/editions/0/charges/0/tiers/0/unit/renew", gone())],
            vec![("price_missing", "/editions/0/charges/0/tiers/0/unit/renew")],
        ),
        (
            "a price as number",
            vec![("/editions/0/price/new/month", json!(1))],
            vec![("malformed", "/editions/0/price/new/month")],
        ),
        ("empty", month(""), invalid()),
        ("negative", month("-1"), invalid()),
        ("a plus", month("+1"), invalid()),
        ("three decimals", month("1.005"), invalid()),
        ("three decimals, all zero", month("1.000"), invalid()),
        ("a bare point", month("1."), invalid()),
        ("no digit before the point", month(".5"), invalid()),
        ("an exponent", month("1e2"), invalid()),
        ("a comma", month("1,000"), invalid()),
        ("a space", month(" 1"), invalid()),
        ("full-width digits", month("１"), invalid()),
        ("words", month("free"), invalid()),
        ("too much", month("100000000"), invalid()),
        ("far too much", month("99999999999999999999999999999999999999999999999999"), invalid()),
        (
            "a bad year price",
            vec![("/editions/1/price/renew/year", json!("?"))],
            vec![("price_invalid", "/editions/1/price/renew/year")],
        ),
        (
            "a bad price in a tier",
            vec![("/editions/0/charges/0/tiers/0/unit/new/year", json!("-0"))],
            vec![("price_invalid", "/editions/0/charges/0/tiers/0/unit/new/year")],
        ),
        (
            "a bad price of a value",
            vec![("/editions/0/charges/1/values/1/price/new/month", json!("NaN"))],
            vec![("price_invalid", "/editions/0/charges/1/values/1/price/new/month")],
        ),
        (
            "a price for good in a subscription",
            vec![("/editions/0/price/new/once", json!("1"))],
            vec![("sale_mode_mismatch", "/editions/0/price/new/once")],
        ),
        (
            "a price for good, and a bad one",
            vec![("/editions/0/price/renew/once", json!("x"))],
            vec![
                ("sale_mode_mismatch", "/editions/0/price/renew/once"),
                ("price_invalid", "/editions/0/price/renew/once"),
            ],
        ),
        (
            "only a price for good",
            vec![("/editions/0/price/new", json!({"once": "1"}))],
            vec![("sale_mode_mismatch", "/editions/0/price/new/once"), ("price_missing", "/editions/0/price/new")],
        ),
    ]
}

/// Rule S8.
fn trials() -> Vec<Row> {
    let days = |days: i64| vec![("/editions/0/trial_days", json!(days))];
    let out = || vec![("trial_days_out_of_range", "/editions/0/trial_days")];
    let extra = |days: i64| vec![("/editions/0/extra_trial_days", json!(days))];
    let extra_out = || vec![("extra_trial_days_out_of_range", "/editions/0/extra_trial_days")];
    vec![
        ("0 days", days(0), out()),
        ("181 days", days(181), out()),
        ("-7 days", days(-7), out()),
        ("2^40 days", days(1 << 40), out()),
        ("0 extra days", extra(0), extra_out()),
        ("181 extra days", extra(181), extra_out()),
        ("days as text", vec![("/editions/0/trial_days", json!("7"))], vec![("malformed", "/editions/0/trial_days")]),
        (
            "half a day",
            vec![("/editions/0/extra_trial_days", json!(0.5))],
            vec![("malformed", "/editions/0/extra_trial_days")],
        ),
        (
            "extra trial without trial",
            vec![("/editions/0/trial_days", Value::Null)],
            vec![("extra_trial_without_trial", "/editions/0/extra_trial_days")],
        ),
        (
            "extra trial out of range and without trial",
            vec![("/editions/0/trial_days", gone()), ("/editions/0/extra_trial_days", json!(181))],
            vec![
                ("extra_trial_days_out_of_range", "/editions/0/extra_trial_days"),
                ("extra_trial_without_trial", "/editions/0/extra_trial_days"),
            ],
        ),
    ]
}

/// Rules S9, S10.
fn charges() -> Vec<Row> {
    // In the second edition only, so that nothing is compared with it.
    let key = |key: &str| vec![("/editions/1/charges/0/key", json!(key))];
    let key_invalid = || vec![("charge_key_invalid", "/editions/1/charges/0/key")];
    let mut rows = vec![
        ("charges no list", vec![("/editions/1/charges", json!({}))], vec![("malformed", "/editions/1/charges")]),
        ("a charge no object", vec![("/editions/1/charges/0", json!(0))], vec![("malformed", "/editions/1/charges/0")]),
        ("no kind", vec![("/editions/1/charges/0/kind", gone())], vec![("malformed", "/editions/1/charges/0/kind")]),
        (
            "an unknown kind",
            vec![("/editions/1/charges/0/kind", json!("rate"))],
            vec![("malformed", "/editions/1/charges/0/kind")],
        ),
        (
            "a kind no text",
            vec![("/editions/1/charges/0/kind", json!(1))],
            vec![("malformed", "/editions/1/charges/0/kind")],
        ),
        ("no key", vec![("/editions/1/charges/0/key", gone())], vec![("malformed", "/editions/1/charges/0/key")]),
        (
            "a key no text",
            vec![("/editions/1/charges/1/key", json!(true))],
            vec![("malformed", "/editions/1/charges/1/key")],
        ),
        (
            "a name no text",
            vec![("/editions/1/charges/1/name", json!(1))],
            vec![("malformed", "/editions/1/charges/1/name")],
        ),
        (
            "a unit no text",
            vec![("/editions/1/charges/0/unit", json!(1))],
            vec![("malformed", "/editions/1/charges/0/unit")],
        ),
        (
            "an unknown tier mode",
            vec![("/editions/1/charges/0/tier_mode", json!("stairs"))],
            vec![("malformed", "/editions/1/charges/0/tier_mode")],
        ),
        ("empty key", key(""), key_invalid()),
        ("a digit", key("users2"), key_invalid()),
        ("a hyphen", key("user-s"), key_invalid()),
        ("Chinese key", key("用户"), key_invalid()),
        ("65 letters", key("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), key_invalid()),
        (
            "same key twice",
            vec![("/editions/1/charges/1/key", json!("users")), ("/editions/0/charges", json!([]))],
            vec![("charge_key_duplicate", "/editions/1/charges/1/key")],
        ),
        (
            "same bad key twice",
            vec![("/editions/1/charges/0/key", json!("1")), ("/editions/1/charges/1/key", json!("1"))],
            vec![
                ("charge_key_invalid", "/editions/1/charges/0/key"),
                ("charge_key_invalid", "/editions/1/charges/1/key"),
                ("charge_key_duplicate", "/editions/1/charges/1/key"),
            ],
        ),
        (
            "another name than before",
            vec![("/editions/1/charges/0/name", json!("席位"))],
            vec![("charge_mismatch", "/editions/1/charges/0")],
        ),
        (
            "another unit than before",
            vec![("/editions/1/charges/0/unit", json!("名"))],
            vec![("charge_mismatch", "/editions/1/charges/0")],
        ),
        (
            "another kind than before",
            vec![(
                "/editions/1/charges/1",
                json!({"kind": "quantity", "key": "model", "name": "型号", "unit": "x", "tiers": [{"from": 0, "flat": price("1", "1")}]}),
            )],
            vec![("charge_mismatch", "/editions/1/charges/1")],
        ),
        (
            "other names for two",
            vec![("/editions/1/charges/0/name", json!("型号2")), ("/editions/1/charges/1/name", json!("用户数2"))],
            vec![("charge_mismatch", "/editions/1/charges/0"), ("charge_mismatch", "/editions/1/charges/1")],
        ),
        (
            "no charge name",
            vec![("/editions/1/charges/1/name", gone()), ("/editions/0/charges", gone())],
            vec![("charge_name_invalid", "/editions/1/charges/1/name")],
        ),
        (
            "empty charge name",
            vec![("/editions/1/charges/1/name", json!("")), ("/editions/0/charges", gone())],
            vec![("charge_name_invalid", "/editions/1/charges/1/name")],
        ),
        (
            "31 characters",
            vec![
                ("/editions/1/charges/1/name", json!("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一")),
                ("/editions/0/charges", gone()),
            ],
            vec![("charge_name_invalid", "/editions/1/charges/1/name")],
        ),
        (
            "no unit",
            vec![("/editions/1/charges/0/unit", gone()), ("/editions/0/charges", gone())],
            vec![("unit_invalid", "/editions/1/charges/0/unit")],
        ),
        (
            "11 characters",
            vec![("/editions/1/charges/0/unit", json!("一二三四五六七八九十一")), ("/editions/0/charges", gone())],
            vec![("unit_invalid", "/editions/1/charges/0/unit")],
        ),
    ];
    for reserved in [
        "action",
        "token",
        "aliUid",
        "orderBizId",
        "orderId",
        "productCode",
        "skuId",
        "trial",
        "expiredOn",
        "instanceId",
        "isRefund",
    ] {
        rows.push((reserved, key(reserved), key_invalid()));
    }
    rows
}

/// Rules S10, S11, S20.
fn tiers() -> Vec<Row> {
    let from = |from: Value| vec![("/editions/0/charges/0/tiers/0/from", from)];
    let from_malformed = || vec![("malformed", "/editions/0/charges/0/tiers/0/from")];
    let max = |max: Value| vec![("/editions/0/charges/0/max", max)];
    let max_malformed = || vec![("malformed", "/editions/0/charges/0/max")];
    let second = "/editions/0/charges/0/tiers/1";
    let shape = || vec![("tier_price_shape", "/editions/0/charges/0/tiers/1")];
    vec![
        (
            "no tiers",
            vec![("/editions/0/charges/0/tiers", json!([]))],
            vec![("tiers_missing", "/editions/0/charges/0/tiers")],
        ),
        (
            "tiers left out",
            vec![("/editions/0/charges/0/tiers", gone())],
            vec![("tiers_missing", "/editions/0/charges/0/tiers")],
        ),
        (
            "tiers no list",
            vec![("/editions/0/charges/0/tiers", json!({}))],
            vec![("malformed", "/editions/0/charges/0/tiers")],
        ),
        ("a tier no object", vec![(second, json!(10))], vec![("malformed", second)]),
        ("no from", from(gone()), from_malformed()),
        ("from as text", from(json!("5")), from_malformed()),
        ("from as float", from(json!(5.0)), from_malformed()),
        ("from below 0", from(json!(-1)), from_malformed()),
        (
            "from beyond 10^9",
            vec![("/editions/0/charges/0/tiers/1/from", json!(1_000_000_001)), ("/editions/0/charges/0/max", gone())],
            vec![("malformed", "/editions/0/charges/0/tiers/1/from")],
        ),
        (
            "from beyond all numbers",
            vec![("/editions/0/charges/0/tiers/1/from", json!(u64::MAX))],
            vec![("malformed", "/editions/0/charges/0/tiers/1/from")],
        ),
        ("max beyond 10^9", max(json!(1_000_000_001)), max_malformed()),
        ("max below 0", max(json!(-1)), max_malformed()),
        ("max as text", max(json!("100")), max_malformed()),
        ("max as float", max(json!(100.0)), max_malformed()),
        ("max below the last tier", max(json!(9)), vec![("max_below_last_tier", "/editions/0/charges/0/max")]),
        (
            "a tier that begins where the last did",
            vec![("/editions/0/charges/0/tiers/1/from", json!(5))],
            vec![("tiers_not_rising", "/editions/0/charges/0/tiers/1/from")],
        ),
        (
            "a tier that begins before the last",
            vec![("/editions/0/charges/0/tiers/1/from", json!(4))],
            vec![("tiers_not_rising", "/editions/0/charges/0/tiers/1/from")],
        ),
        ("neither unit nor flat", vec![("/editions/0/charges/0/tiers/1/unit", gone())], shape()),
        ("unit null", vec![("/editions/0/charges/0/tiers/1/unit", Value::Null)], shape()),
        ("both unit and flat", vec![("/editions/0/charges/0/tiers/1/flat", price("1", "1"))], shape()),
        (
            "both, and one of them bad",
            vec![(
                "/editions/0/charges/0/tiers/1/flat",
                json!({"new": {"month": "x", "year": "1"}, "renew": {"month": "1"}}),
            )],
            vec![
                ("tier_price_shape", "/editions/0/charges/0/tiers/1"),
                ("price_invalid", "/editions/0/charges/0/tiers/1/flat/new/month"),
            ],
        ),
        (
            "a bad flat price",
            vec![(second, json!({"from": 10, "flat": {"new": {"month": "1"}, "renew": {"year": "1"}}}))],
            vec![("price_missing", "/editions/0/charges/0/tiers/1/flat/renew/month")],
        ),
    ]
}

/// Rule S12.
fn values() -> Vec<Row> {
    let value = |value: Value| vec![("/editions/0/charges/1/values/0/value", value)];
    let invalid = || vec![("option_value_invalid", "/editions/0/charges/1/values/0/value")];
    let many: Vec<Value> = (0..51).map(|i| json!({"value": format!("v{i}"), "price": price("1", "1")})).collect();
    vec![
        (
            "no values",
            vec![("/editions/0/charges/1/values", json!([]))],
            vec![("option_values_count", "/editions/0/charges/1/values")],
        ),
        (
            "values left out",
            vec![("/editions/0/charges/1/values", gone())],
            vec![("option_values_count", "/editions/0/charges/1/values")],
        ),
        (
            "51 values",
            vec![("/editions/0/charges/1/values", json!(many))],
            vec![("option_values_count", "/editions/0/charges/1/values")],
        ),
        (
            "values no list",
            vec![("/editions/0/charges/1/values", json!(true))],
            vec![("malformed", "/editions/0/charges/1/values")],
        ),
        (
            "a value no object",
            vec![("/editions/0/charges/1/values/1", json!("B"))],
            vec![("malformed", "/editions/0/charges/1/values/1")],
        ),
        ("a value no text", value(json!(1)), vec![("malformed", "/editions/0/charges/1/values/0/value")]),
        ("an empty value", value(json!("")), invalid()),
        ("a value left out", value(gone()), invalid()),
        ("31 characters", value(json!("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一")), invalid()),
        (
            "a value twice",
            value(json!("APP+WAP+微信")),
            vec![("option_value_duplicate", "/editions/0/charges/1/values/1/value")],
        ),
        (
            "an empty value twice",
            vec![
                ("/editions/0/charges/1/values/0/value", json!("")),
                ("/editions/0/charges/1/values/1/value", json!("")),
            ],
            vec![
                ("option_value_invalid", "/editions/0/charges/1/values/0/value"),
                ("option_value_invalid", "/editions/0/charges/1/values/1/value"),
                ("option_value_duplicate", "/editions/0/charges/1/values/1/value"),
            ],
        ),
    ]
}

/// Rules S14 to S17.
fn product() -> Vec<Row> {
    let discount = |discount: &str| vec![("/term_offers/0/discount", json!(discount))];
    let out = || vec![("discount_out_of_range", "/term_offers/0/discount")];
    let gift = |term: &str, days: i64| vec![("/term_offers", json!([{"min_term": term, "gift_days": days}]))];
    let too_long = || vec![("gift_too_long", "/term_offers/0/gift_days")];
    let cap = |cap: &str| vec![("/price_cap", json!(cap))];
    let cap_invalid = || vec![("cap_invalid", "/price_cap")];
    vec![
        ("less than 0.70", discount("0.6999"), out()),
        ("more than 1", discount("1.0001"), out()),
        ("five decimals", discount("0.85000"), out()),
        ("percent", discount("85%"), out()),
        ("empty discount", discount(""), out()),
        ("0", discount("0"), out()),
        ("a gift of 35% and a day: year", gift("P1Y", 128), too_long()),
        ("a gift of 35% and a day: month", gift("P1M", 11), too_long()),
        ("a gift of 35% and a day: eleven months", gift("P11M", 120), too_long()),
        ("a negative gift", gift("P1Y", -1), too_long()),
        ("a gift for an unknown term", gift("P12M", 1), vec![("offer_term_invalid", "/term_offers/0/min_term")]),
        (
            "a negative gift for an unknown term",
            gift("P12M", -1),
            vec![("offer_term_invalid", "/term_offers/0/min_term"), ("gift_too_long", "/term_offers/0/gift_days")],
        ),
        (
            "an offer's term no text",
            vec![("/term_offers/0/min_term", json!(1))],
            vec![("malformed", "/term_offers/0/min_term")],
        ),
        (
            "an offer's term that is none",
            vec![("/term_offers/0/min_term", json!("P4Y"))],
            vec![("offer_term_invalid", "/term_offers/0/min_term")],
        ),
        (
            "two offers for a term",
            vec![("/term_offers/-", json!({"min_term": "P1Y", "discount": "0.8"}))],
            vec![("offer_term_duplicate", "/term_offers/1/min_term")],
        ),
        (
            "two offers for a term that is none",
            vec![("/term_offers", json!([{"min_term": "x", "discount": "0.8"}, {"min_term": "x", "discount": "0.9"}]))],
            vec![
                ("offer_term_invalid", "/term_offers/0/min_term"),
                ("offer_term_invalid", "/term_offers/1/min_term"),
                ("offer_term_duplicate", "/term_offers/1/min_term"),
            ],
        ),
        (
            "a discount and a gift",
            vec![("/term_offers/-", json!({"min_term": "P2Y", "gift_days": 10}))],
            vec![("offers_mixed", "/term_offers")],
        ),
        ("both in one offer", vec![("/term_offers/0/gift_days", json!(10))], vec![("offers_mixed", "/term_offers")]),
        ("no amount for a cap", cap("a lot"), cap_invalid()),
        ("a negative cap", cap("-1"), cap_invalid()),
        ("a cap of three decimals", cap("1.234"), cap_invalid()),
        ("a cap that is too high", cap("100000000"), cap_invalid()),
        (
            "an upgrade to nowhere",
            vec![("/upgrades/0/to", json!("Pro"))],
            vec![("upgrade_unknown_edition", "/upgrades/0/to")],
        ),
        (
            "an upgrade from nowhere",
            vec![("/upgrades/0/from", json!(""))],
            vec![("upgrade_unknown_edition", "/upgrades/0/from")],
        ),
        (
            "an upgrade to itself",
            vec![("/upgrades/0/to", json!("standard"))],
            vec![("upgrade_to_itself", "/upgrades/0")],
        ),
        (
            "an upgrade from nowhere to itself",
            vec![("/upgrades/0", json!({"from": "x", "to": "x"}))],
            vec![
                ("upgrade_unknown_edition", "/upgrades/0/from"),
                ("upgrade_unknown_edition", "/upgrades/0/to"),
                ("upgrade_to_itself", "/upgrades/0"),
            ],
        ),
        (
            "an upgrade twice",
            vec![("/upgrades/-", json!({"from": "standard", "to": "pro"}))],
            vec![("upgrade_duplicate", "/upgrades/1")],
        ),
        ("no change mode", vec![("/change_modes", json!([]))], vec![("change_modes_missing", "/change_modes")]),
        ("change modes left out", vec![("/change_modes", gone())], vec![("change_modes_missing", "/change_modes")]),
    ]
}

/// Rules S1, S20: what a one-time product has not, each field; checked all the same, terms and trial days apart.
fn one_time_only() -> Vec<Row> {
    vec![
        ("terms", vec![("/editions/0/terms", json!(["P1Y"]))], vec![("sale_mode_mismatch", "/editions/0/terms")]),
        (
            "bad terms are not looked at",
            vec![("/editions/0/terms", json!(["x", 1, "x"]))],
            vec![("sale_mode_mismatch", "/editions/0/terms")],
        ),
        (
            "trial days",
            vec![("/editions/0/trial_days", json!(7))],
            vec![("sale_mode_mismatch", "/editions/0/trial_days")],
        ),
        (
            "bad trial days are not looked at",
            vec![("/editions/0/trial_days", json!(700))],
            vec![("sale_mode_mismatch", "/editions/0/trial_days")],
        ),
        (
            "extra trial days",
            vec![("/editions/0/extra_trial_days", json!(7))],
            vec![("sale_mode_mismatch", "/editions/0/extra_trial_days")],
        ),
        ("day count", vec![("/day_count", json!("fixed"))], vec![("sale_mode_mismatch", "/day_count")]),
        (
            "a bad day count",
            vec![("/day_count", json!("x"))],
            vec![("sale_mode_mismatch", "/day_count"), ("malformed", "/day_count")],
        ),
        (
            "upgrades",
            vec![("/upgrades", json!([{"from": "only", "to": "x"}]))],
            vec![("sale_mode_mismatch", "/upgrades"), ("upgrade_unknown_edition", "/upgrades/0/to")],
        ),
        ("change modes", vec![("/change_modes", json!(["co_term"]))], vec![("sale_mode_mismatch", "/change_modes")]),
        (
            "bad change modes",
            vec![("/change_modes", json!(["x"]))],
            vec![("sale_mode_mismatch", "/change_modes"), ("malformed", "/change_modes/0")],
        ),
        (
            "term offers",
            vec![("/term_offers", json!([{"min_term": "P1Y", "discount": "0.85"}]))],
            vec![("sale_mode_mismatch", "/term_offers")],
        ),
        (
            "bad term offers",
            vec![("/term_offers", json!([{"min_term": "P1Y", "discount": "0.5"}]))],
            vec![("sale_mode_mismatch", "/term_offers"), ("discount_out_of_range", "/term_offers/0/discount")],
        ),
        (
            "a month price",
            vec![("/editions/0/price/new/month", json!("1"))],
            vec![("sale_mode_mismatch", "/editions/0/price/new/month")],
        ),
        (
            "a year price",
            vec![("/editions/0/price/new/year", json!("1"))],
            vec![("sale_mode_mismatch", "/editions/0/price/new/year")],
        ),
        (
            "a bad year price",
            vec![("/editions/0/price/new/year", json!("x"))],
            vec![("sale_mode_mismatch", "/editions/0/price/new/year"), ("price_invalid", "/editions/0/price/new/year")],
        ),
        (
            "a renewal price",
            vec![("/editions/0/price/renew", json!({"once": "1"}))],
            vec![("sale_mode_mismatch", "/editions/0/price/renew")],
        ),
        (
            "a renewal price in a tier",
            vec![("/editions/0/charges/0/tiers/0/unit/renew", json!({"once": "1"}))],
            vec![("sale_mode_mismatch", "/editions/0/charges/0/tiers/0/unit/renew")],
        ),
        (
            "a renewal price of a value",
            vec![("/editions/0/charges/1/values/0/price/renew", json!({"once": "1"}))],
            vec![("sale_mode_mismatch", "/editions/0/charges/1/values/0/price/renew")],
        ),
        (
            "a month price in a flat tier",
            vec![("/editions/0/charges/0/tiers/1/flat/new/month", json!("1"))],
            vec![("sale_mode_mismatch", "/editions/0/charges/0/tiers/1/flat/new/month")],
        ),
        (
            "a bad price",
            vec![("/editions/0/price/new/once", json!("x"))],
            vec![("price_invalid", "/editions/0/price/new/once")],
        ),
        (
            "a subscription's whole configuration",
            vec![(
                "",
                with(
                    &config(),
                    &[
                        ("/sale_mode", json!("one_time")),
                        ("/price_cap", gone()),
                        ("/editions", one_time()["editions"].clone()),
                        ("/upgrades", gone()),
                    ],
                ),
            )],
            vec![
                ("sale_mode_mismatch", "/day_count"),
                ("sale_mode_mismatch", "/change_modes"),
                ("sale_mode_mismatch", "/term_offers"),
            ],
        ),
    ]
}

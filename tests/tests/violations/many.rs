//! Cases that are too long for a table.

use serde_json::{Value, json};
use tests::document::with;

use crate::Case;
use crate::documents::{config, one_time, price};

pub(crate) fn cases() -> Vec<Case> {
    let refused = |name, config: Value, expected: &[(&str, &str)]| {
        Case::new(name, json!({"op": "validate", "config": config}).to_string(), expected)
    };
    let edition =
        |i| json!({"code": format!("e{i}"), "name": format!("E{i}"), "terms": ["P1Y"], "price": price("0", "0")});
    let editions: Vec<Value> = (0..21).map(edition).collect();
    let value = |i| json!({"value": format!("v{i}"), "price": price("1", "1")});
    let values: Vec<Value> = (0..51).map(value).collect();
    let only = &one_time()["editions"][0];
    vec![
        refused(
            "21 editions",
            with(&config(), &[("/upgrades", json!([])), ("/editions", json!(editions))]),
            &[("edition_count", "/config/editions")],
        ),
        refused(
            "51 values",
            with(&config(), &[("/editions/0/charges/1/values", json!(values))]),
            &[("option_values_count", "/config/editions/0/charges/1/values")],
        ),
        refused(
            "an edition twice",
            with(&one_time(), &[("/editions/-", only.clone())]),
            &[
                ("edition_code_duplicate", "/config/editions/1/code"),
                ("edition_name_duplicate", "/config/editions/1/name"),
            ],
        ),
        refused(
            "a one-time product with all that a subscription has",
            with(
                &config(),
                &[("/sale_mode", json!("one_time")), ("/editions", json!([only])), ("/upgrades", json!([]))],
            ),
            &[
                ("sale_mode_mismatch", "/config/day_count"),
                ("sale_mode_mismatch", "/config/change_modes"),
                ("sale_mode_mismatch", "/config/term_offers"),
            ],
        ),
    ]
}

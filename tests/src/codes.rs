//! Every code of the contract, and what a violation must look like.

use serde_json::Value;

/// Of the configuration.
pub const CONFIGURATION: [&str; 39] = [
    "malformed",
    "sale_mode_mismatch",
    "edition_count",
    "no_visible_edition",
    "edition_name_invalid",
    "edition_name_duplicate",
    "edition_code_invalid",
    "edition_code_duplicate",
    "terms_missing",
    "term_invalid",
    "term_duplicate",
    "price_missing",
    "price_invalid",
    "trial_days_out_of_range",
    "extra_trial_days_out_of_range",
    "extra_trial_without_trial",
    "charge_key_invalid",
    "charge_key_duplicate",
    "charge_mismatch",
    "charge_name_invalid",
    "unit_invalid",
    "tiers_missing",
    "tiers_not_rising",
    "tier_price_shape",
    "max_below_last_tier",
    "option_values_count",
    "option_value_invalid",
    "option_value_duplicate",
    "offers_mixed",
    "discount_out_of_range",
    "gift_too_long",
    "offer_term_invalid",
    "offer_term_duplicate",
    "cap_invalid",
    "upgrade_unknown_edition",
    "upgrade_to_itself",
    "upgrade_duplicate",
    "change_modes_missing",
    "edition_not_for_sale",
];

/// Of the selection, but for `edition_not_for_sale`.
pub const SELECTION: [&str; 8] = [
    "term_not_sold",
    "charge_missing",
    "charge_unknown",
    "quantity_below_minimum",
    "quantity_above_maximum",
    "option_unknown",
    "count_out_of_range",
    "amount_overflow",
];

/// Of renewal and change.
pub const CHANGE: [&str; 9] = [
    "renewal_too_late",
    "renewal_too_far",
    "renewal_not_offered",
    "subscription_not_active",
    "trial_must_purchase",
    "upgrade_not_allowed",
    "downgrade_not_allowed",
    "nothing_changes",
    "change_mode_not_offered",
];

/// Codes that may stand where something is missing: the place does not exist, but the one around it does.
const MISSING: [&str; 13] = [
    "malformed",
    "price_missing",
    "charge_missing",
    "terms_missing",
    "tiers_missing",
    "change_modes_missing",
    "edition_count",
    "option_values_count",
    "charge_name_invalid",
    "unit_invalid",
    "option_value_invalid",
    "option_value_duplicate",
    "term_not_sold",
];

/// Every code.
pub fn all() -> impl Iterator<Item = &'static str> {
    CONFIGURATION.into_iter().chain(SELECTION).chain(CHANGE)
}

/// Holds the answer to any line at all against the contract.
///
/// # Panics
/// Where it is not one line of JSON with either `ok` or at least one proper violation.
pub fn check_answer(line: &str, answer: &str) {
    assert!(!answer.contains(['\n', '\r']), "one line: {answer}");
    let parsed: Value = serde_json::from_str(answer).unwrap_or_else(|error| panic!("{error}: {answer}"));
    let fields = parsed.as_object().expect("an object");
    assert_eq!(fields.len(), 1, "{answer}");
    if fields.contains_key("ok") {
        return;
    }
    let request: Option<Value> = serde_json::from_str(line).ok();
    let violations = parsed["err"]["violations"].as_array().unwrap_or_else(|| panic!("no violations: {answer}"));
    assert!(!violations.is_empty(), "refused for a reason");
    for violation in violations {
        check_violation(request.as_ref(), violation);
    }
}

fn check_violation(request: Option<&Value>, violation: &Value) {
    let text = |name: &str| violation[name].as_str().unwrap_or_else(|| panic!("no {name}: {violation}"));
    let (code, at) = (text("code"), text("at"));
    assert!(all().any(|known| known == code), "unknown code: {violation}");
    assert!(text("zh").contains(han) && !text("en").trim().is_empty(), "{violation}");
    assert!(at.is_empty() || at.starts_with('/'), "{violation}");
    let Some(request) = request else { return };
    let around = |pointer: &str| pointer.rfind('/').map_or(String::new(), |end| pointer[..end].to_owned());
    let mut places = vec![at.to_owned()];
    if MISSING.contains(&code) {
        places.push(around(at));
        // A price set or all quantities may be left out altogether: then what is missing in them is two steps away.
        places.extend(["price_missing", "charge_missing"].contains(&code).then(|| around(&around(at))));
    }
    assert!(places.iter().any(|place| request.pointer(place).is_some()), "points to nothing: {violation} in {request}");
}

/// Whether the character is Chinese, as far as the sentences go.
pub fn han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

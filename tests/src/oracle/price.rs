//! What an instance costs, by the rulebook's words (S7, S11, S14, S15, Q2, Q3, L7).

use serde_json::Value;

use super::calendar::months;
use super::money::{LIMIT, fen, round, scaled};
use super::{int, list, text};

/// What is bought: `{"edition", "quantities", "options"}`, in a selection or a subscription.
pub type Chosen = Value;

/// An amount is past the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMuch;

/// The edition with this code.
///
/// # Panics
/// Where there is none.
pub fn edition<'c>(config: &'c Value, code: &str) -> &'c Value {
    list(config, "editions").iter().find(|edition| text(edition, "code") == code).expect("an edition")
}

/// The list amounts of the lines, in order: the edition, then its charges. `kind` is `new` or `renew`.
///
/// # Panics
/// Where the choice does not fit the edition.
pub fn list_amounts(config: &Value, chosen: &Chosen, kind: &str, term: Option<&str>) -> Result<Vec<i128>, TooMuch> {
    let edition = edition(config, text(chosen, "edition"));
    let mut amounts = vec![set_amount(&edition["price"], kind, term)];
    for charge in list(edition, "charges") {
        let key = text(charge, "key");
        amounts.push(if text(charge, "kind") == "option" {
            let picked = list(charge, "values").iter().find(|value| value["value"] == chosen["options"][key]);
            set_amount(&picked.expect("a value")["price"], kind, term)
        } else {
            tiers_amount(charge, int(&chosen["quantities"], key), kind, term)
        });
    }
    if amounts.iter().chain([&amounts.iter().sum()]).any(|amount| *amount > LIMIT) { Err(TooMuch) } else { Ok(amounts) }
}

/// What one instance costs: list sum, discount, cap.
pub fn instance_price(config: &Value, chosen: &Chosen, kind: &str, term: Option<&str>) -> Result<i128, TooMuch> {
    let mut price: i128 = list_amounts(config, chosen, kind, term)?.iter().sum();
    let sold = &edition(config, text(chosen, "edition"))["terms"];
    if let Some(term) = term.filter(|term| sold.as_array().is_some_and(|sold| sold.iter().any(|sold| sold == term)))
        && let Some(discount) = term_offer(config, term).and_then(|offer| offer["discount"].as_str())
    {
        price -= round(price * (10_000 - scaled(discount, 4)), 10_000);
    }
    Ok(if config["price_cap"].is_null() { price } else { price.min(fen(&config["price_cap"])) })
}

/// The offer with the longest `min_term` that is not longer than `term` (rule S14).
pub fn term_offer<'c>(config: &'c Value, term: &str) -> Option<&'c Value> {
    let reached = list(config, "term_offers").iter().filter(|offer| months(text(offer, "min_term")) <= months(term));
    reached.max_by_key(|offer| months(text(offer, "min_term")))
}

/// The gift days that come with a term.
pub fn gift_days(config: &Value, term: &str) -> i64 {
    term_offer(config, term).and_then(|offer| offer["gift_days"].as_i64()).unwrap_or(0)
}

/// A price set's amount for the term; where `month` is needed and absent, the year's part (rule L7).
fn set_amount(set: &Value, kind: &str, term: Option<&str>) -> i128 {
    full_amount(set, kind, term).unwrap_or_else(|| part_of_year(full_amount(set, kind, Some("P1Y")), term))
}

fn part_of_year(year: Option<i128>, term: Option<&str>) -> i128 {
    round(year.expect("a price of a year") * i128::from(months(term.expect("a term"))), 12)
}

/// A price set's amount for the term (rule S7); `None` where `month` is needed and absent.
fn full_amount(set: &Value, kind: &str, term: Option<&str>) -> Option<i128> {
    let prices = &set[kind];
    let price = |period: &str| prices.get(period).filter(|price| !price.is_null()).map(fen);
    let Some(term) = term else { return price("once") };
    let n = i128::from(months(term));
    if term.ends_with('M') {
        return Some(price("month")? * n);
    }
    price("year").map(|year| year * (n / 12)).or_else(|| price("month").map(|month| month * n))
}

/// A quantity line (rule S11).
fn tiers_amount(charge: &Value, quantity: i128, kind: &str, term: Option<&str>) -> i128 {
    let on = |term| tiers_full_amount(charge, quantity, kind, term);
    on(term).unwrap_or_else(|| part_of_year(on(Some("P1Y")), term))
}

fn tiers_full_amount(charge: &Value, quantity: i128, kind: &str, term: Option<&str>) -> Option<i128> {
    let tiers = list(charge, "tiers");
    let amount = |tier: &Value, units: i128| {
        let shape = if tier["flat"].is_null() { "unit" } else { "flat" };
        full_amount(&tier[shape], kind, term).map(|price| if shape == "flat" { price } else { price * units })
    };
    if charge["tier_mode"] != "graduated" {
        let reached = tiers.iter().rev().find(|tier| int(tier, "from") <= quantity);
        return amount(reached.unwrap_or(&tiers[0]), quantity);
    }
    // One unit after the other would be the definition; this is the same with the units of a tier taken together.
    let mut sum = 0;
    for (i, tier) in tiers.iter().enumerate() {
        let first = if i == 0 { 1 } else { int(tier, "from") };
        let last = tiers.get(i + 1).map_or(quantity, |next| quantity.min(int(next, "from") - 1));
        if last >= first {
            sum += amount(tier, last - first + 1)?;
        }
    }
    Some(sum)
}

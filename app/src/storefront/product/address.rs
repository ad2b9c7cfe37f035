//! The selection in the address, so that a copied link opens the same configuration:
//! `edition=standard&term=P1Y&q.yonghushu=10&o.xinghao=APP%2BWAP&count=1`.
//!
//! The fields of the page's form have these names too: without scripts, sending the form asks for the same address.

use form_urlencoded::{Serializer, parse};
use shared::catalog::{ChargeKind, Offer};
use shared::pricing::SelectionFile;

use super::draft::{Draft, DraftPick, number, within};

/// The prefix of a quantity charge's field.
pub const QUANTITY: &str = "q.";
/// The prefix of an option charge's field.
pub const OPTION: &str = "o.";

/// The query for `draft`, without a question mark.
pub fn print(offer: &Offer, draft: &Draft) -> String {
    let edition = &offer.editions[draft.edition];
    let mut query = Serializer::new(String::new());
    query.append_pair("edition", &edition.code);
    if let Some(term) = draft.term {
        query.append_pair("term", term.as_str());
    }
    for (charge, pick) in edition.charges.iter().zip(&draft.picks) {
        match (pick, &charge.kind) {
            (DraftPick::Value(index), ChargeKind::Option(values)) => {
                let value = values.get(*index).map_or("", |value| &value.value);
                query.append_pair(&[OPTION, &charge.key].concat(), value);
            }
            (DraftPick::Quantity(typed), _) => {
                query.append_pair(&[QUANTITY, &charge.key].concat(), typed.trim());
            }
            (DraftPick::Value(_), ChargeKind::Quantity(_)) => {}
        }
    }
    query.append_pair("count", draft.count.trim());
    query.finish()
}

/// The address of a product's page with what was bought of it before.
pub fn again(product: &str, bought: &SelectionFile) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("edition", &bought.edition);
    if let Some(term) = bought.term {
        query.append_pair("term", term.as_str());
    }
    for (key, quantity) in &bought.quantities {
        query.append_pair(&[QUANTITY, key].concat(), &quantity.to_string());
    }
    for (key, value) in &bought.options {
        query.append_pair(&[OPTION, key].concat(), value);
    }
    query.append_pair("count", &bought.count.to_string());
    ["/p/", product, "?", &query.finish()].concat()
}

/// What a query asks for. Whatever cannot be had falls back to what is nearest: no address is an error.
pub fn read(offer: &Offer, query: &str) -> Draft {
    let pairs: Vec<_> = parse(query.as_bytes()).collect();
    let get = |prefix: &str, key: &str| {
        let found = pairs.iter().rev().find(|(name, _)| name.strip_prefix(prefix) == Some(key));
        found.map(|(_, value)| value.as_ref())
    };
    let asked = get("", "edition").and_then(|code| offer.edition_index(code));
    let visible = asked.filter(|index| !offer.editions[*index].hidden);
    let mut draft = visible.map_or_else(|| Draft::first(offer), |edition| Draft::smallest(offer, edition));
    let sold = &offer.editions[draft.edition];
    if let Some(term) = get("", "term").and_then(|term| term.parse().ok()).filter(|term| sold.terms.contains(term)) {
        draft.term = Some(term);
    }
    for (charge, pick) in sold.charges.iter().zip(&mut draft.picks) {
        match &charge.kind {
            ChargeKind::Quantity(limits) => {
                if let Some(quantity) = get(QUANTITY, &charge.key).and_then(number) {
                    *pick = DraftPick::Quantity(within(limits, quantity).to_string());
                }
            }
            ChargeKind::Option(values) => {
                let asked = get(OPTION, &charge.key);
                if let Some(index) = values.iter().position(|value| Some(value.value.as_str()) == asked) {
                    *pick = DraftPick::Value(index);
                }
            }
        }
    }
    if let Some(count) = get("", "count").and_then(number) {
        draft.count = count.clamp(1, 100).to_string();
    }
    draft
}

//! What holds for the whole product: upgrades, change modes, term offers, price cap (rules S14–S17).

use std::collections::BTreeMap;

use std::collections::BTreeSet;

use super::{Reading, items};
use crate::calendar::Term;
use crate::catalog::{ChangeModes, TermOffers, Upgrade};
use crate::json::{At, Fields, Node, Seen, choice, int, text};
use crate::money::{Fen, Rate};
use crate::violation::{Expected, Problem};

/// The upgrade rules; `codes` are the editions' codes in order, `None` where there is no list of editions.
pub(super) fn upgrades(
    node: Option<&Node<'_>>,
    codes: Option<&[&str]>,
    at: &At<'_>,
    reading: &mut Reading<'_>,
) -> Option<Vec<Upgrade>> {
    let nodes = items(node, at, reading)?;
    reading.only_subscription(!nodes.is_empty(), at);
    let mut indexes = BTreeMap::new();
    if !nodes.is_empty() {
        for (i, code) in codes.unwrap_or_default().iter().enumerate() {
            indexes.entry(*code).or_insert(i);
        }
    }
    let mut seen = BTreeSet::new();
    let mut upgrades = Vec::with_capacity(nodes.len());
    for (i, node) in nodes.iter().enumerate() {
        let here = at.index(i);
        let Some(fields) = Fields::read(node, &["from", "to"], &here, reading.report) else { continue };
        let mut end = |name| {
            let node = fields.required(name, &here, reading.report)?;
            text(node, &here.key(name), reading.report)
        };
        let (Some(from), Some(to)) = (end("from"), end("to")) else { continue };
        let mut index = |name, code: &str| {
            let found = indexes.get(code).copied();
            if found.is_none() && codes.is_some() {
                reading.add(&here.key(name), Problem::UpgradeUnknownEdition { code: code.to_owned() });
            }
            found
        };
        let ends = (index("from", from), index("to", to));
        if from == to {
            reading.add(&here, Problem::UpgradeToItself { code: from.to_owned() });
        }
        if !seen.insert((from, to)) {
            reading.add(&here, Problem::UpgradeDuplicate { from: from.to_owned(), to: to.to_owned() });
        }
        if let (Some(from), Some(to)) = ends {
            upgrades.push(Upgrade { from, to });
        }
    }
    Some(upgrades)
}

pub(super) fn change_modes(node: Option<&Node<'_>>, at: &At<'_>, reading: &mut Reading<'_>) -> Option<ChangeModes> {
    let nodes = items(node, at, reading)?;
    reading.only_subscription(!nodes.is_empty(), at);
    if nodes.is_empty() && reading.subscription() {
        reading.add(at, Problem::ChangeModesMissing);
    }
    let mut modes = ChangeModes { co_term: false, re_term: false };
    for (i, node) in nodes.iter().enumerate() {
        let choices = [("co_term", false), ("re_term", true)];
        match choice(node, &choices, &at.index(i), reading.report) {
            Some(false) => modes.co_term = true,
            Some(true) => modes.re_term = true,
            None => {}
        }
    }
    Some(modes)
}

/// One term offer, as far as it could be read.
enum OfferRead {
    Discount(Option<Rate>),
    Gift(Option<u32>),
}

pub(super) fn term_offers(node: Option<&Node<'_>>, at: &At<'_>, reading: &mut Reading<'_>) -> Option<TermOffers> {
    let nodes = items(node, at, reading)?;
    reading.only_subscription(!nodes.is_empty(), at);
    let mut seen = Seen::default();
    let (mut discounts, mut gifts) = (Vec::new(), Vec::new());
    let (mut any_discount, mut any_gift) = (false, false);
    for (i, node) in nodes.iter().enumerate() {
        let here = at.index(i);
        let Some(fields) = Fields::read(node, &["min_term", "discount", "gift_days"], &here, reading.report) else {
            continue;
        };
        let term = min_term(fields, &mut seen, &here, reading);
        for offer in one_offer(fields, term, &here, reading) {
            match offer {
                OfferRead::Discount(rate) => {
                    any_discount = true;
                    discounts.extend(term.zip(rate));
                }
                OfferRead::Gift(days) => {
                    any_gift = true;
                    gifts.extend(term.zip(days));
                }
            }
        }
    }
    if any_discount && any_gift {
        reading.add(at, Problem::OffersMixed);
    }
    Some(if any_gift { TermOffers::Gifts(gifts) } else { TermOffers::Discounts(discounts) })
}

fn min_term<'n>(fields: Fields<'n, '_>, seen: &mut Seen<'n>, at: &At<'_>, reading: &mut Reading<'_>) -> Option<Term> {
    let here = at.key("min_term");
    let text = text(fields.required("min_term", at, reading.report)?, &here, reading.report)?;
    let term = text.parse().ok();
    if term.is_none() {
        reading.add(&here, Problem::OfferTermInvalid { term: text.to_owned() });
    }
    if !seen.first_time(text) {
        reading.add(&here, Problem::OfferTermDuplicate { term: text.to_owned() });
    }
    term
}

/// The discount or the gift of an offer, or both where someone mixed them.
fn one_offer(fields: Fields<'_, '_>, term: Option<Term>, at: &At<'_>, reading: &mut Reading<'_>) -> Vec<OfferRead> {
    let mut offers = Vec::with_capacity(1);
    if let Some(node) = fields.get("discount") {
        let here = at.key("discount");
        let text = text(node, &here, reading.report);
        let rate = text.and_then(Rate::parse);
        if let (Some(text), None) = (text, rate) {
            reading.add(&here, Problem::DiscountOutOfRange { discount: text.to_owned() });
        }
        offers.push(OfferRead::Discount(rate));
    }
    if let Some(node) = fields.get("gift_days") {
        let here = at.key("gift_days");
        let days = int(node, &here, reading.report);
        let most = term.map(most_gift_days);
        let valid = days.and_then(|days| u32::try_from(days).ok()).filter(|days| most.is_none_or(|most| *days <= most));
        if let (Some(days), None) = (days, valid) {
            reading.add(&here, Problem::GiftTooLong { days, most });
        }
        offers.push(OfferRead::Gift(valid));
    }
    if offers.is_empty() {
        reading.add(at, Problem::Malformed(Expected::OfferKind));
    }
    offers
}

/// 35% of the days of the term, rounded down (rule S14).
fn most_gift_days(term: Term) -> u32 {
    term.fixed_days() * 35 / 100
}

pub(super) fn price_cap(node: &Node<'_>, at: &At<'_>, reading: &mut Reading<'_>) -> Option<Fen> {
    let text = text(node, at, reading.report)?;
    let cap = Fen::parse_price(text).ok();
    if cap.is_none() {
        reading.add(at, Problem::CapInvalid { cap: text.to_owned() });
    }
    cap
}

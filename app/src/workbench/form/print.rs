//! A form → the configuration file that it stands for. What is no number is written as the text that it is, so that whoever
//! reads the file complains at its place.

use std::borrow::Cow;

use serde::Serialize;

use super::{Charge, Edition, Form, OptionValue, Price, Tier};
use crate::typed;

impl Form {
    /// The configuration's JSON text.
    pub fn config(&self) -> String {
        // Structs of texts and lists: nothing that could fail.
        serde_json::to_string(&self.file()).unwrap_or_default()
    }

    /// Configuration and cases as a file for people and their tools.
    pub fn export(&self) -> String {
        #[derive(Serialize)]
        struct Export<'a> {
            config: File<'a>,
            cases: Vec<&'a shared::golden::Case>,
        }
        let cases = self.cases.iter().map(|golden| &golden.case).collect();
        serde_json::to_string_pretty(&Export { config: self.file(), cases }).unwrap_or_default() + "\n"
    }

    fn file(&self) -> File<'_> {
        let code = |id| self.editions.iter().find(|edition| edition.id == id).map(|edition| edition.code.trim());
        let rule = |(from, to): &(u32, u32)| Some(UpgradeFile { from: code(*from)?, to: code(*to)? });
        let modes = [(self.co_term, "co_term"), (self.re_term, "re_term")];
        let recurring = !self.one_time;
        File {
            sale_mode: if self.one_time { "one_time" } else { "subscription" },
            day_count: recurring.then_some(if self.fixed_days { "fixed" } else { "calendar" }),
            editions: self.editions.iter().map(|edition| self.edition_file(edition)).collect(),
            upgrades: recurring.then(|| self.upgrades.iter().filter_map(rule).collect()),
            change_modes: recurring.then(|| modes.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect()),
            term_offers: recurring.then(|| self.offers.iter().map(|offer| self.offer_file(offer)).collect()),
            price_cap: given(&self.price_cap),
        }
    }

    fn edition_file<'a>(&'a self, edition: &'a Edition) -> EditionFile<'a> {
        let price = |price| self.price_file(edition, price);
        let charge = |charge: &'a Charge| {
            let module = self.module(charge.id)?;
            let (kind, unit) = if module.counts { ("quantity", words(&module.unit)) } else { ("option", None) };
            let tier = |tier: &'a Tier| {
                let (unit, flat) = if tier.flat { (None, Some(&tier.price)) } else { (Some(&tier.price), None) };
                TierFile { from: number(&tier.from), unit: unit.map(price), flat: flat.map(price) }
            };
            let value = |value: &'a OptionValue| ValueFile { value: value.value.trim(), price: price(&value.price) };
            Some(ChargeFile {
                kind,
                key: module.key.trim(),
                name: module.name.trim(),
                unit,
                max: number(&charge.max).filter(|_| module.counts),
                tier_mode: module.counts.then_some(if charge.graduated { "graduated" } else { "volume" }),
                tiers: module.counts.then(|| charge.tiers.iter().map(tier).collect()),
                values: (!module.counts).then(|| charge.values.iter().map(value).collect()),
            })
        };
        EditionFile {
            code: edition.code.trim(),
            name: edition.name.trim(),
            hidden: edition.hidden,
            terms: (!self.one_time).then(|| edition.terms.iter().map(|term| term.as_str()).collect()),
            price: price(&edition.price),
            trial_days: number(&edition.trial_days).filter(|_| !self.one_time),
            extra_trial_days: number(&edition.extra_trial_days).filter(|_| !self.one_time),
            charges: edition.ticked().filter_map(|(_, ticked)| charge(ticked)).collect(),
        }
    }

    fn price_file<'a>(&self, edition: &Edition, price: &'a Price) -> PriceFile<'a> {
        let prices = |month, year| PricesFile { month: given(month), year: given(year), once: None };
        if self.one_time {
            return PriceFile { new: PricesFile { month: None, year: None, once: given(&price.once) }, renew: None };
        }
        let new = || prices(&price.new_month, &price.new_year);
        let renew = if edition.renew_same { new() } else { prices(&price.renew_month, &price.renew_year) };
        PriceFile { new: new(), renew: Some(renew) }
    }

    fn offer_file<'a>(&self, offer: &'a super::TermOffer) -> OfferFile<'a> {
        let (discount, gift_days) =
            if self.gifts { (None, Some(number(&offer.value))) } else { (Some(narrow(&offer.value)), None) };
        OfferFile { min_term: &offer.min_term, discount, gift_days }
    }
}

/// What stands in a field, if anything does.
fn given(typed: &str) -> Option<Cow<'_, str>> {
    let text = narrow(typed);
    (!text.is_empty()).then_some(text)
}

/// A text in a field, if there is one.
fn words(typed: &str) -> Option<Cow<'_, str>> {
    let text = typed.trim();
    (!text.is_empty()).then_some(Cow::Borrowed(text))
}

/// A whole number as one, and whatever else it is as a text.
fn number(typed: &str) -> Option<Loose<'_>> {
    let text = given(typed)?;
    Some(text.parse().map_or(Loose::Text(text), Loose::Number))
}

/// The text without what a Chinese keyboard or a habit puts around a number: full-width digits and points, the currency sign.
pub fn narrow(typed: &str) -> Cow<'_, str> {
    let typed = typed.trim().trim_start_matches(['¥', '￥']).trim_end_matches('元').trim();
    if typed.is_ascii() {
        return Cow::Borrowed(typed);
    }
    // Only what is a number then is taken for one; what is not is complained about as it was typed.
    let narrowed: String = typed.chars().map(typed::narrow).collect();
    if narrowed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        Cow::Owned(narrowed)
    } else {
        Cow::Borrowed(typed)
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Loose<'a> {
    Number(i64),
    Text(Cow<'a, str>),
}

#[derive(Serialize)]
struct File<'a> {
    sale_mode: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    day_count: Option<&'static str>,
    editions: Vec<EditionFile<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upgrades: Option<Vec<UpgradeFile<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change_modes: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    term_offers: Option<Vec<OfferFile<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price_cap: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct EditionFile<'a> {
    code: &'a str,
    name: &'a str,
    hidden: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    terms: Option<Vec<&'static str>>,
    price: PriceFile<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trial_days: Option<Loose<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra_trial_days: Option<Loose<'a>>,
    charges: Vec<ChargeFile<'a>>,
}

#[derive(Serialize)]
struct ChargeFile<'a> {
    kind: &'static str,
    key: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<Loose<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tier_mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tiers: Option<Vec<TierFile<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<ValueFile<'a>>>,
}

#[derive(Serialize)]
struct TierFile<'a> {
    from: Option<Loose<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<PriceFile<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flat: Option<PriceFile<'a>>,
}

#[derive(Serialize)]
struct ValueFile<'a> {
    value: &'a str,
    price: PriceFile<'a>,
}

#[derive(Serialize)]
struct PriceFile<'a> {
    new: PricesFile<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    renew: Option<PricesFile<'a>>,
}

#[derive(Serialize)]
struct PricesFile<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    once: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct UpgradeFile<'a> {
    from: &'a str,
    to: &'a str,
}

#[derive(Serialize)]
struct OfferFile<'a> {
    min_term: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gift_days: Option<Option<Loose<'a>>>,
}

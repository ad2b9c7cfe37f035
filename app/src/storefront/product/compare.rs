//! The editions beside each other: what each sells, from when on, and for how much.

use shared::calendar::Term;
use shared::catalog::{
    Basis, ChargeKind, Edition, Offer, OptionValue, Per, PriceKind, PriceSet, Quantity, Tier, TierMode, TierPrice,
};

use shared::money::Fen;

use super::draft::term_in;
use crate::format::{per, term, yuan_short};
use crate::i18n::Lang;

/// The comparison: a column for each visible edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The editions' indexes in the offer, in display order.
    pub editions: Vec<usize>,
    /// What is compared.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it compares.
    pub label: String,
    /// A cell for each column, each of some entries; none where the edition does not have it.
    pub cells: Vec<Vec<Entry>>,
}

/// An entry of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is: a tier, a value, a term; empty where the row says it.
    pub name: String,
    /// What it costs for the term.
    pub price: String,
}

impl Entry {
    fn named(name: String) -> Self {
        Self { name, price: String::new() }
    }
}

impl Row {
    /// Whether the editions differ in it.
    pub fn differs(&self) -> bool {
        self.cells.windows(2).any(|pair| pair[0] != pair[1])
    }
}

/// Compares the visible editions of `offer` at the prices that hold for `wished`, or for the term that an edition sells in
/// its place.
pub fn comparison(offer: &Offer, wished: Option<Term>, lang: Lang) -> Comparison {
    let visible: Vec<(usize, &Edition)> =
        offer.editions.iter().enumerate().filter(|(_, edition)| !edition.hidden).collect();
    let row = |label: &str, cell: &dyn Fn(&Edition) -> Vec<Entry>| Row {
        label: label.to_owned(),
        cells: visible.iter().map(|(_, edition)| cell(edition)).collect(),
    };
    let mut rows = vec![row(lang.pick("基础价", "Base price"), &|edition| {
        vec![Entry { name: String::new(), price: price_for(&edition.price, term_in(edition, wished), "", lang) }]
    })];
    for (key, name) in charges(&visible) {
        rows.push(row(name, &|edition| {
            let charge = edition.charges.iter().find(|charge| charge.key == key);
            charge.map_or_else(Vec::new, |charge| charge_cell(&charge.kind, term_in(edition, wished), lang))
        }));
    }
    if offer.subscription_rules().is_some() {
        rows.push(row(lang.pick("购买时长", "Terms"), &|edition| {
            let terms: Vec<String> = edition.terms.iter().map(|sold| term(*sold, lang)).collect();
            vec![Entry::named(terms.join(lang.pick("、", ", ")))]
        }));
        rows.push(row(lang.pick("试用", "Trial"), &|edition| {
            edition.trial.map_or_else(Vec::new, |trial| vec![Entry::named(days(trial.days, lang))])
        }));
    }
    rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    Comparison { editions: visible.iter().map(|(index, _)| *index).collect(), rows }
}

/// `7 天`.
pub fn days(n: u32, lang: Lang) -> String {
    lang.pick(format!("{n} 天"), if n == 1 { "1 day".to_owned() } else { format!("{n} days") })
}

/// Every charge that an edition has, in the order in which they first appear.
fn charges<'a>(editions: &[(usize, &'a Edition)]) -> Vec<(&'a str, &'a str)> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    for charge in editions.iter().flat_map(|(_, edition)| &edition.charges) {
        if found.iter().all(|(key, _)| *key != charge.key) {
            found.push((&charge.key, &charge.name));
        }
    }
    found
}

fn charge_cell(kind: &ChargeKind, term: Option<Term>, lang: Lang) -> Vec<Entry> {
    match kind {
        ChargeKind::Quantity(quantity) => {
            let tiers = tier_lines(quantity, term, lang).into_iter();
            let mut entries: Vec<Entry> = tiers.map(|(name, price)| Entry { name, price }).collect();
            if quantity.tier_mode == TierMode::Graduated && quantity.tiers.len() > 1 {
                let name = lang.pick("各阶梯分段计价", "each tier priced by itself").to_owned();
                entries.push(Entry::named(name));
            }
            entries
        }
        ChargeKind::Option(values) => {
            let entry = |value: &OptionValue| Entry {
                name: value.value.clone(),
                price: price_for(&value.price, term, "", lang),
            };
            values.iter().map(entry).collect()
        }
    }
}

/// `5–9 人` and `¥12/人/年`, for each tier, at the prices that hold for `term`.
pub fn tier_lines(quantity: &Quantity, term: Option<Term>, lang: Lang) -> Vec<(String, String)> {
    let line = |(index, tier): (usize, &Tier)| {
        let (price, unit) = match &tier.price {
            TierPrice::Unit(price) => (price, quantity.unit.as_str()),
            TierPrice::Flat(price) => (price, ""),
        };
        (range(quantity, index), price_for(price, term, unit, lang))
    };
    quantity.tiers.iter().enumerate().map(line).collect()
}

/// `5–9 人`, `≥ 10 人`.
fn range(quantity: &Quantity, index: usize) -> String {
    let (from, unit) = (quantity.tiers[index].from, &quantity.unit);
    match quantity.tier_end(index) {
        Some(to) if to == from => format!("{from} {unit}"),
        Some(to) => format!("{from}–{to} {unit}"),
        None => format!("≥ {from} {unit}"),
    }
}

/// `¥12/年`: the price that is charged for `term`; `¥10/年，续费 ¥100/年` where renewing costs something else.
pub fn price_for(set: &PriceSet, term: Option<Term>, unit: &str, lang: Lang) -> String {
    let of = |kind| {
        let basis = term.map_or(Basis::Once, |term| Basis::Term(kind, term));
        set.on(basis).map(|charged| price(charged.price, charged.per, unit, lang))
    };
    let new = of(PriceKind::New);
    let renewal = of(PriceKind::Renew).filter(|renewal| new.as_ref() != Some(renewal));
    let new = new.unwrap_or_default();
    match renewal {
        Some(renewal) => [new.as_str(), lang.pick("，续费 ", ", renewal "), &renewal].concat(),
        None => new,
    }
}

fn price(amount: Fen, period: Per, unit: &str, lang: Lang) -> String {
    let slash = if unit.is_empty() { "" } else { "/" };
    [&yuan_short(amount), slash, unit, per(period, lang)].concat()
}

//! The editions beside each other: what each sells, from when on, and for how much.

use shared::catalog::{ChargeKind, Edition, Offer, Per, PriceSet, Prices, Quantity, Tier, TierMode, TierPrice};

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
    /// A cell for each column, each of some lines; none where the edition does not have it.
    pub cells: Vec<Vec<String>>,
}

impl Row {
    /// Whether the editions differ in it.
    pub fn differs(&self) -> bool {
        self.cells.windows(2).any(|pair| pair[0] != pair[1])
    }
}

/// Compares the visible editions of `offer`.
pub fn comparison(offer: &Offer, lang: Lang) -> Comparison {
    let visible: Vec<(usize, &Edition)> =
        offer.editions.iter().enumerate().filter(|(_, edition)| !edition.hidden).collect();
    let row = |label: &str, cell: &dyn Fn(&Edition) -> Vec<String>| Row {
        label: label.to_owned(),
        cells: visible.iter().map(|(_, edition)| cell(edition)).collect(),
    };
    let mut rows = vec![row(lang.pick("基础价", "Base price"), &|edition| prices(&edition.price, "", lang))];
    for (key, name) in charges(&visible) {
        rows.push(row(name, &|edition| {
            let charge = edition.charges.iter().find(|charge| charge.key == key);
            charge.map_or_else(Vec::new, |charge| charge_cell(&charge.kind, lang))
        }));
    }
    if offer.subscription_rules().is_some() {
        rows.push(row(lang.pick("购买时长", "Terms"), &|edition| {
            vec![edition.terms.iter().map(|sold| term(*sold, lang)).collect::<Vec<_>>().join(lang.pick("、", ", "))]
        }));
        rows.push(row(lang.pick("试用", "Trial"), &|edition| {
            edition.trial.map_or_else(Vec::new, |trial| vec![days(trial.days, lang)])
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

fn charge_cell(kind: &ChargeKind, lang: Lang) -> Vec<String> {
    match kind {
        ChargeKind::Quantity(quantity) => tiers(quantity, lang),
        ChargeKind::Option(values) => {
            let line = |value: &shared::catalog::OptionValue| {
                [&value.value, " ", &prices(&value.price, "", lang).join(" ")].concat()
            };
            values.iter().map(line).collect()
        }
    }
}

fn tiers(quantity: &Quantity, lang: Lang) -> Vec<String> {
    let lines = tier_lines(quantity, lang).into_iter();
    let mut lines: Vec<String> = lines.map(|(range, price)| [range, " ".to_owned(), price].concat()).collect();
    if quantity.tier_mode == TierMode::Graduated && quantity.tiers.len() > 1 {
        lines.push(lang.pick("各阶梯分段计价", "each tier priced by itself").to_owned());
    }
    lines
}

/// `5–9 人` and `¥12/人/年 · ¥1/人/月`, for each tier.
pub fn tier_lines(quantity: &Quantity, lang: Lang) -> Vec<(String, String)> {
    let line = |(index, tier): (usize, &Tier)| {
        let (price, unit) = match &tier.price {
            TierPrice::Unit(price) => (price, quantity.unit.as_str()),
            TierPrice::Flat(price) => (price, ""),
        };
        (range(quantity, index), prices(price, unit, lang).join(" "))
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

/// `¥12/年` and `¥1/月`, and what renewing costs where that is another price.
pub fn prices(set: &PriceSet, unit: &str, lang: Lang) -> Vec<String> {
    let of = |amount, period| {
        let unit = if unit.is_empty() { String::new() } else { ["/", unit].concat() };
        [yuan_short(amount), unit, per(period, lang).to_owned()].concat()
    };
    match set {
        PriceSet::Once(amount) => vec![of(*amount, Per::Once)],
        PriceSet::Recurring { new, renew } => {
            let both = |prices: &Prices| {
                let year = prices.year.map(|amount| of(amount, Per::Year));
                year.into_iter()
                    .chain(prices.month.map(|amount| of(amount, Per::Month)))
                    .collect::<Vec<_>>()
                    .join(" · ")
            };
            let mut lines = vec![both(new)];
            if renew != new {
                lines.push([lang.pick("续费 ", "renewal "), &both(renew)].concat());
            }
            lines
        }
    }
}

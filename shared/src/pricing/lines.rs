//! A quote's lines: what is charged, how much, and how it came about, so that another program can compute it again.

use serde::{Deserialize, Serialize};

use super::table::{months_of, year_of};
use super::{InstancePrice, Pick, PriceTable};
use crate::calendar::Term;
use crate::catalog::{
    Basis, Charge, ChargeKind, Charged, Edition, Per, PriceKind, PriceSet, Quantity, TierMode, TierPrice,
};
use crate::money::{Fen, Overflow, Rate};

/// One line of a quote, for one instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is for.
    pub kind: LineKind,
    /// The edition's code, the charge's key, the offer's `min_term`, `price_cap`, or the segment's start.
    pub key: String,
    /// How much; negative where something is taken off.
    pub amount: Fen,
    /// How it came about.
    pub why: Why,
}

/// What a line is for (contract).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// The edition's base price.
    Edition,
    /// A quantity charge.
    Quantity,
    /// An option charge.
    Option,
    /// The term offer's discount.
    Discount,
    /// The price cap.
    Cap,
    /// What a change costs for one segment (rule L7).
    Difference,
    /// What is left of one segment (rule L6).
    Credit,
}

/// The operands of a line's amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Why {
    /// Edition or option: price × multiple, × `months_of_year` / 12 rounded half away from zero where given (L7).
    Price {
        /// The price of one period, the period, and how many.
        #[serde(flatten)]
        charged: Charged,
        /// The price is of a year, of which so many months are charged.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        months_of_year: Option<u8>,
    },
    /// Quantity: the sum of its parts, × `months_of_year` / 12 as above.
    Tiers {
        /// How many units.
        quantity: u32,
        /// One for every tier that units fall in; the tier of the whole quantity by volume.
        parts: Vec<Part>,
        /// The prices are of a year, of which so many months are charged.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        months_of_year: Option<u8>,
    },
    /// Discount: −round(list × (1 − rate)).
    Discount {
        /// The list sum.
        list: Fen,
        /// What it is multiplied with.
        rate: Rate,
    },
    /// Cap: cap − before.
    Cap {
        /// The price after discount.
        before: Fen,
        /// The cap.
        cap: Fen,
    },
    /// Difference: the greatest of 0 and ceil((new − old) × left / length) over the `prices` (L7).
    Difference {
        /// The segment's term, whose prices these are.
        term: Term,
        /// Seconds that are left of it.
        left_seconds: i64,
        /// Its length in seconds when it was bought.
        term_seconds: i64,
        /// One for a `new` segment, two for a `renew` segment.
        prices: Vec<PricePair>,
    },
    /// Credit: −floor(paid × left / length) (L6).
    Credit {
        /// What was paid in for the segment.
        paid: Fen,
        /// Seconds that are left of it.
        left_seconds: i64,
        /// Its whole length in seconds.
        length_seconds: i64,
    },
}

/// What the old and the new selection cost at the prices of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricePair {
    /// Which prices.
    pub kind: PriceKind,
    /// The instance price of the new selection.
    pub new: Fen,
    /// The instance price of the old selection.
    pub old: Fen,
}

/// What one tier contributes: price × multiple × units, or price × multiple where flat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The tier's first quantity.
    pub from: u32,
    /// The tier's last quantity, if it has one.
    pub to: Option<u32>,
    /// How many units fall in it.
    pub units: u32,
    /// The price is for all of the tier at once.
    pub flat: bool,
    /// The price of one period, the period, and how many.
    #[serde(flatten)]
    pub charged: Charged,
}

/// The lines of the instance price that `table` gives for `picks`; the table was compiled for `edition` on `basis`
/// (rule Q2).
pub fn lines(
    edition: &Edition,
    basis: Basis,
    table: &PriceTable,
    picks: &[Pick],
    instance: &InstancePrice,
) -> Result<Vec<Line>, Overflow> {
    let mut lines = Vec::with_capacity(edition.charges.len() + 3);
    lines.push(Line {
        kind: LineKind::Edition,
        key: edition.code.clone(),
        amount: table.base(),
        why: price_why(&edition.price, basis),
    });
    for (index, (charge, pick)) in edition.charges.iter().zip(picks).enumerate() {
        let (kind, why) = charge_why(charge, *pick, basis);
        lines.push(Line { kind, key: charge.key.clone(), amount: table.charge(index, *pick)?, why });
    }
    if let Some(cut) = instance.discount {
        let (min_term, rate) = cut.by;
        let why = Why::Discount { list: cut.before, rate };
        lines.push(Line { kind: LineKind::Discount, key: min_term.to_string(), amount: -cut.off, why });
    }
    if let Some(cut) = instance.cap {
        let why = Why::Cap { before: cut.before, cap: cut.by };
        lines.push(Line { kind: LineKind::Cap, key: "price_cap".to_owned(), amount: -cut.off, why });
    }
    Ok(lines)
}

fn charge_why(charge: &Charge, pick: Pick, basis: Basis) -> (LineKind, Why) {
    match (&charge.kind, pick) {
        (ChargeKind::Quantity(quantity), Pick::Quantity(n)) => (LineKind::Quantity, tiers_why(quantity, n, basis)),
        (ChargeKind::Option(values), Pick::Value(index)) => (LineKind::Option, price_why(&values[index].price, basis)),
        // A selection's picks are of its charges' kinds; the table prices anything else at nothing.
        _ => (LineKind::Option, Why::Price { charged: NOTHING, months_of_year: None }),
    }
}

const NOTHING: Charged = Charged { price: Fen::ZERO, per: Per::Year, multiple: 1 };

fn price_why(price: &PriceSet, basis: Basis) -> Why {
    match price.on(basis) {
        Some(charged) => Why::Price { charged, months_of_year: None },
        None => {
            Why::Price { charged: price.on(year_of(basis)).unwrap_or(NOTHING), months_of_year: Some(months_of(basis)) }
        }
    }
}

fn tiers_why(quantity: &Quantity, n: u32, basis: Basis) -> Why {
    match parts(quantity, n, basis) {
        Some(parts) => Why::Tiers { quantity: n, parts, months_of_year: None },
        None => Why::Tiers {
            quantity: n,
            parts: parts(quantity, n, year_of(basis)).unwrap_or_default(),
            months_of_year: Some(months_of(basis)),
        },
    }
}

/// What each tier that `n` units fall in contributes (rule S11); `None` where one of them lacks its price.
fn parts(quantity: &Quantity, n: u32, basis: Basis) -> Option<Vec<Part>> {
    let part = |index: usize, units: u32| {
        let tier = &quantity.tiers[index];
        let (price, flat) = match &tier.price {
            TierPrice::Unit(price) => (price, false),
            TierPrice::Flat(price) => (price, true),
        };
        Some(Part { from: tier.from, to: quantity.tier_end(index), units, flat, charged: price.on(basis)? })
    };
    match quantity.tier_mode {
        TierMode::Volume => {
            let index = quantity.tiers.iter().rposition(|tier| tier.from <= n).unwrap_or(0);
            Some(vec![part(index, n)?])
        }
        TierMode::Graduated => {
            let units = |index: usize| {
                let first = if index == 0 { 1 } else { quantity.tiers[index].from };
                let last = quantity.tiers.get(index + 1).map_or(n, |next| (next.from - 1).min(n));
                (last + 1).saturating_sub(first)
            };
            let covered = (0..quantity.tiers.len()).map(|index| (index, units(index))).filter(|(_, units)| *units > 0);
            covered.map(|(index, units)| part(index, units)).collect()
        }
    }
}

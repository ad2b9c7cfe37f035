//! A quote's lines: what is charged, how much, and how it came about, so that another program can compute it again.

use serde::{Deserialize, Serialize};

use super::instance::{PartPrice, charge_amount, edition_amount, for_each_part, year_and_months};
use super::{InstancePrice, Pick};
use crate::calendar::Term;
use crate::catalog::{Basis, Charge, ChargeKind, Charged, Edition, Per, PriceKind, PriceSet, Quantity};
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

/// The lines of an instance price that [`super::instance_price`] computed from the same arguments (rule Q2).
pub fn lines(edition: &Edition, picks: &[Pick], basis: Basis, instance: &InstancePrice) -> Result<Vec<Line>, Overflow> {
    let mut lines = Vec::with_capacity(edition.charges.len() + 3);
    lines.push(Line {
        kind: LineKind::Edition,
        key: edition.code.clone(),
        amount: edition_amount(edition, basis)?,
        why: price_why(&edition.price, basis),
    });
    for (charge, pick) in edition.charges.iter().zip(picks) {
        lines.push(charge_line(charge, *pick, basis)?);
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

fn charge_line(charge: &Charge, pick: Pick, basis: Basis) -> Result<Line, Overflow> {
    let (kind, why) = match (&charge.kind, pick) {
        (ChargeKind::Option(values), Pick::Value(index)) => (LineKind::Option, price_why(&values[index].price, basis)),
        (ChargeKind::Quantity(quantity), Pick::Quantity(n)) => (LineKind::Quantity, tiers_why(quantity, n, basis)?),
        // A selection's picks are of its charges' kinds.
        (ChargeKind::Quantity(_), Pick::Value(_)) | (ChargeKind::Option(_), Pick::Quantity(_)) => return Err(Overflow),
    };
    Ok(Line { kind, key: charge.key.clone(), amount: charge_amount(charge, pick, basis)?, why })
}

fn price_why(price: &PriceSet, basis: Basis) -> Why {
    if let Some(charged) = price.on(basis) {
        return Why::Price { charged, months_of_year: None };
    }
    let (of_year, months) = year_and_months(basis);
    let nothing = Charged { price: Fen::ZERO, per: Per::Year, multiple: 1 };
    Why::Price { charged: price.on(of_year).unwrap_or(nothing), months_of_year: u8::try_from(months).ok() }
}

fn tiers_why(quantity: &Quantity, n: u32, basis: Basis) -> Result<Why, Overflow> {
    let mut parts = Vec::with_capacity(1);
    if parts_on(quantity, n, basis, &mut parts)? {
        return Ok(Why::Tiers { quantity: n, parts, months_of_year: None });
    }
    let (of_year, months) = year_and_months(basis);
    parts.clear();
    parts_on(quantity, n, of_year, &mut parts)?;
    Ok(Why::Tiers { quantity: n, parts, months_of_year: u8::try_from(months).ok() })
}

fn parts_on(quantity: &Quantity, n: u32, basis: Basis, parts: &mut Vec<Part>) -> Result<bool, Overflow> {
    for_each_part(quantity, n, basis, |index, PartPrice { units, charged, flat }| {
        let (from, to) = (quantity.tiers[index].from, quantity.tier_end(index));
        parts.push(Part { from, to, units, flat, charged });
        Ok(())
    })
}

//! The price of one instance (rules S11, S14, S15, Q2, Q3, L7): a loop over integer tables, without allocation.
//!
//! Invariant: this is the only place that multiplies a price. What is shown, quoted and credited comes from here.

use super::{Pick, Selection};
use crate::calendar::Term;
use crate::catalog::{
    Basis, Charge, ChargeKind, Charged, Edition, Offer, PriceKind, PriceSet, Quantity, TermOffer, TierMode, TierPrice,
};
use crate::money::{Fen, Overflow, Rate, Rounding, mul_div};

/// One instance's price and what was taken off its list sum on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstancePrice {
    /// The sum of all charges at list price.
    pub list: Fen,
    /// The discount, if it takes something off.
    pub discount: Option<Cut<(Term, Rate)>>,
    /// The cap, if it takes something off.
    pub cap: Option<Cut<Fen>>,
    /// What one instance costs.
    pub price: Fen,
}

/// Something taken off a price: by what, from what, and how much (above zero).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut<T> {
    /// What takes it off.
    pub by: T,
    /// The price before.
    pub before: Fen,
    /// How much is taken off.
    pub off: Fen,
}

/// The total of a valid selection at purchase or renewal prices (rule Q2).
pub fn total(offer: &Offer, selection: &Selection, kind: PriceKind) -> Result<Fen, Overflow> {
    let edition = &offer.editions[selection.edition];
    let basis = selection.term.map_or(Basis::Once, |term| Basis::Term(kind, term));
    instance_price(offer, edition, &selection.picks, basis)?.price.times(selection.count.into())
}

/// The price of one instance on `basis`: list sum, then discount, then cap (rules Q2, Q3, S15).
///
/// An edition that does not sell the term is priced without term offers (rule L7).
#[inline]
pub fn instance_price(
    offer: &Offer,
    edition: &Edition,
    picks: &[Pick],
    basis: Basis,
) -> Result<InstancePrice, Overflow> {
    let mut list = edition_amount(edition, basis)?;
    for (charge, pick) in edition.charges.iter().zip(picks) {
        list = list.plus(charge_amount(charge, *pick, basis)?)?;
    }
    Ok(settle(offer, edition, basis, list))
}

/// What the selection's instance costs for `term` at the prices of `kind`, priced as rule L7 says.
pub fn priced_like(
    offer: &Offer,
    edition: &Edition,
    picks: &[Pick],
    kind: PriceKind,
    term: Term,
) -> Result<Fen, Overflow> {
    instance_price(offer, edition, picks, Basis::Term(kind, term)).map(|instance| instance.price)
}

/// Discount and cap on a list sum.
fn settle(offer: &Offer, edition: &Edition, basis: Basis, list: Fen) -> InstancePrice {
    let offered = match basis {
        Basis::Term(_, term) if edition.terms.contains(&term) => offer.term_offer(term),
        _ => None,
    };
    let discount = match offered {
        Some(TermOffer::Discount(min_term, rate)) => Some((min_term, rate)),
        _ => None,
    };
    let discount = discount
        .map(|by| Cut { by, before: list, off: by.1.taken_off(list) })
        .filter(|discount| discount.off > Fen::ZERO);
    let before = discount.map_or(list, |discount| list - discount.off);
    let cap = offer.price_cap.filter(|cap| *cap < before).map(|by| Cut { by, before, off: before - by });
    InstancePrice { list, discount, cap, price: cap.map_or(before, |cap| cap.by) }
}

/// The edition's base price for the term.
pub(super) fn edition_amount(edition: &Edition, basis: Basis) -> Result<Fen, Overflow> {
    price_set_amount(&edition.price, basis)
}

/// What a charge's pick costs for the term.
#[inline]
pub(super) fn charge_amount(charge: &Charge, pick: Pick, basis: Basis) -> Result<Fen, Overflow> {
    match (&charge.kind, pick) {
        (ChargeKind::Quantity(quantity), Pick::Quantity(n)) => {
            or_part_of_year(basis, |basis| quantity_amount(quantity, n, basis))
        }
        (ChargeKind::Option(values), Pick::Value(index)) => price_set_amount(&values[index].price, basis),
        // A selection's picks are of its charges' kinds.
        _ => Ok(Fen::ZERO),
    }
}

/// What the option value at `index` costs for the term; used to compare values (rule L10).
pub(crate) fn option_amount(charge: &Charge, index: usize, kind: PriceKind, term: Term) -> Result<Fen, Overflow> {
    charge_amount(charge, Pick::Value(index), Basis::Term(kind, term))
}

fn price_set_amount(price: &PriceSet, basis: Basis) -> Result<Fen, Overflow> {
    or_part_of_year(basis, |basis| Ok(price.on(basis).map(Charged::amount)))
}

/// `amount` on `basis`; where it finds no monthly price for n months, what it finds for a year × n / 12, rounded half
/// away from zero (rule L7). A term that the edition sells always has its monthly price (rule S7).
#[inline]
fn or_part_of_year(basis: Basis, amount: impl Fn(Basis) -> Result<Option<Fen>, Overflow>) -> Result<Fen, Overflow> {
    if let Some(found) = amount(basis)? {
        return Ok(found);
    }
    let (of_year, months) = year_and_months(basis);
    let year = amount(of_year)?.unwrap_or(Fen::ZERO);
    Ok(Fen::new(mul_div(year.fen(), months, 12, Rounding::HalfAwayFromZero)))
}

/// The same prices for one year, and how many months of it are wanted.
pub(super) fn year_and_months(basis: Basis) -> (Basis, i64) {
    match basis {
        Basis::Once => (Basis::Once, 12),
        Basis::Term(kind, term) => (Basis::Term(kind, Term::YEAR), term.months().into()),
    }
}

fn quantity_amount(quantity: &Quantity, n: u32, basis: Basis) -> Result<Option<Fen>, Overflow> {
    let mut sum = Fen::ZERO;
    let complete = for_each_part(quantity, n, basis, |_, price| {
        sum = sum.plus(price.amount()?)?;
        Ok(())
    })?;
    Ok(complete.then_some(sum))
}

/// What a tier contributes to a quantity line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartPrice {
    /// How many units fall in the tier.
    pub(super) units: u32,
    /// The tier's price.
    pub(super) charged: Charged,
    /// The price is for all of the tier at once.
    pub(super) flat: bool,
}

impl PartPrice {
    #[inline]
    pub(super) fn amount(self) -> Result<Fen, Overflow> {
        let price = self.charged.amount();
        if self.flat { price.within_limit() } else { price.times(self.units.into()) }
    }
}

/// Calls `part` with the index and price of every tier that `n` units fall in (rule S11).
///
/// `false` where one of them lacks the price that the basis needs.
#[inline]
pub(super) fn for_each_part(
    quantity: &Quantity,
    n: u32,
    basis: Basis,
    mut part: impl FnMut(usize, PartPrice) -> Result<(), Overflow>,
) -> Result<bool, Overflow> {
    let mut emit = |index: usize, units| {
        let (price, flat) = match &quantity.tiers[index].price {
            TierPrice::Unit(price) => (price, false),
            TierPrice::Flat(price) => (price, true),
        };
        let Some(charged) = price.on(basis) else { return Ok(false) };
        part(index, PartPrice { units, charged, flat })?;
        Ok(true)
    };
    match quantity.tier_mode {
        TierMode::Volume => {
            let index = quantity.tiers.iter().rposition(|tier| tier.from <= n).unwrap_or(0);
            emit(index, n)
        }
        TierMode::Graduated => {
            let mut complete = true;
            for (index, tier) in quantity.tiers.iter().enumerate() {
                // The first tier covers every unit up to the second, whatever the minimum.
                let first = if index == 0 { 1 } else { tier.from };
                let last = quantity.tiers.get(index + 1).map_or(n, |next| (next.from - 1).min(n));
                if last >= first {
                    complete &= emit(index, last - first + 1)?;
                }
            }
            Ok(complete)
        }
    }
}

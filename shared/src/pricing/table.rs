//! An edition's prices on one basis, compiled to integer fen for the whole term once, and priced from often.
//!
//! Invariant: this is the only place that multiplies a price. What is shown, quoted, advised and credited comes from here.
//! Pricing from a table neither allocates nor divides, but for a discount or a part of a year.

use super::Pick;
use crate::calendar::Term;
use crate::catalog::{Basis, ChargeKind, Edition, Offer, PriceSet, Quantity, TermOffer, Tier, TierMode, TierPrice};
use crate::money::{Fen, Overflow, Rate, Rounding, mul_div};

/// The prices of one edition for one term at the prices of one kind, or for good.
#[derive(Clone, Debug)]
pub struct PriceTable {
    base: Fen,
    charges: Vec<ChargeTable>,
    discount: Option<(Term, Rate)>,
    cap: Option<Fen>,
}

/// One instance's price and what was taken off its list sum on the way (rules Q2, Q3, S14, S15).
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

impl PriceTable {
    /// Compiles the prices of `edition` on `basis`.
    ///
    /// An edition that does not sell the term is priced without term offers, and what has no monthly price for a term of
    /// months costs that part of its year (rule L7).
    pub fn new(offer: &Offer, edition: &Edition, basis: Basis) -> Self {
        let sold_term = match basis {
            Basis::Term(_, term) if edition.terms.contains(&term) => Some(term),
            _ => None,
        };
        let discount = match sold_term.and_then(|term| offer.term_offer(term)) {
            Some(TermOffer::Discount(min_term, rate)) => Some((min_term, rate)),
            _ => None,
        };
        let charges = edition.charges.iter().map(|charge| ChargeTable::new(&charge.kind, basis)).collect();
        Self { base: whole_price(&edition.price, basis), charges, discount, cap: offer.price_cap }
    }

    /// The edition's base price.
    pub fn base(&self) -> Fen {
        self.base
    }

    /// What `pick` costs for the charge at index `charge`.
    pub fn charge(&self, charge: usize, pick: Pick) -> Result<Fen, Overflow> {
        self.charges[charge].amount(pick)
    }

    /// The sum of base price and picks, one for each charge.
    #[inline]
    fn list(&self, picks: &[Pick]) -> Result<Fen, Overflow> {
        let mut list = self.base;
        for (charge, pick) in self.charges.iter().zip(picks) {
            list = list.plus(charge.amount(*pick)?)?;
        }
        Ok(list)
    }

    /// The price of one instance.
    #[inline]
    pub fn price(&self, picks: &[Pick]) -> Result<Fen, Overflow> {
        self.instance(picks).map(|instance| instance.price)
    }

    /// The price of `count` instances.
    #[inline]
    pub fn total(&self, picks: &[Pick], count: u8) -> Result<Fen, Overflow> {
        self.price(picks)?.times_small(count)
    }

    /// The price of one instance, with what was taken off: list sum, then discount, then cap.
    #[inline]
    pub fn instance(&self, picks: &[Pick]) -> Result<InstancePrice, Overflow> {
        let list = self.list(picks)?;
        let discount = self.discount.map(|by| Cut { by, before: list, off: by.1.taken_off(list) });
        let discount = discount.filter(|discount| discount.off > Fen::ZERO);
        let before = discount.map_or(list, |discount| list - discount.off);
        let cap = self.cap.filter(|cap| *cap < before).map(|by| Cut { by, before, off: before - by });
        Ok(InstancePrice { list, discount, cap, price: cap.map_or(before, |cap| cap.by) })
    }
}

/// What a charge costs, by pick.
#[derive(Clone, Debug)]
enum ChargeTable {
    /// One price a value.
    Option(Vec<Fen>),
    /// The row that the whole quantity falls in prices all of it (rule S11).
    Volume(Vec<Row>),
    /// Each unit is priced by the row that it falls in (rule S11).
    Graduated {
        rows: Vec<Row>,
        /// From this quantity on the line needs a price that is missing, and is a part of a year.
        lacking_from: u32,
        of_year: Vec<Row>,
        months: u8,
    },
}

/// A tier for the whole term.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// The first quantity, or the first unit, that it prices.
    from: u32,
    /// The most units whose price is within the limit.
    most: u32,
    /// Of a unit, or of all of it.
    price: Fen,
    flat: bool,
    /// Of the year that the price is for; 12 where the price is for the term itself.
    months: u8,
}

const WHOLE_YEAR: u8 = 12;

impl ChargeTable {
    fn new(kind: &ChargeKind, basis: Basis) -> Self {
        match kind {
            ChargeKind::Option(values) => {
                Self::Option(values.iter().map(|value| whole_price(&value.price, basis)).collect())
            }
            ChargeKind::Quantity(quantity) => match quantity.tier_mode {
                TierMode::Volume => Self::Volume(volume_rows(quantity, basis)),
                TierMode::Graduated => Self::graduated(quantity, basis),
            },
        }
    }

    fn graduated(quantity: &Quantity, basis: Basis) -> Self {
        let of_year = year_of(basis);
        let tiers = covering_tiers(quantity);
        let lacking = tiers.iter().find(|(_, tier)| tier_price(tier, basis).is_none());
        let rows_on = |basis| {
            let row = |&(from, tier): &(u32, &Tier)| Row::new(from, tier, tier_price(tier, basis)?, WHOLE_YEAR).into();
            tiers.iter().filter_map(row).collect()
        };
        Self::Graduated {
            rows: rows_on(basis),
            lacking_from: lacking.map_or(u32::MAX, |(from, _)| *from),
            of_year: if lacking.is_some() { rows_on(of_year) } else { Vec::new() },
            months: months_of(basis),
        }
    }

    #[inline]
    fn amount(&self, pick: Pick) -> Result<Fen, Overflow> {
        match (self, pick) {
            (Self::Option(prices), Pick::Value(index)) => Ok(prices[index]),
            (Self::Volume(rows), Pick::Quantity(n)) => {
                // Below the minimum only what a service has from earlier days is priced: by the first tier.
                let row = rows.iter().rev().find(|row| row.from <= n).or(rows.first());
                row.map_or(Ok(Fen::ZERO), |row| row.amount(n))
            }
            (Self::Graduated { rows, lacking_from, of_year, months }, Pick::Quantity(n)) => {
                if n < *lacking_from {
                    graduated_sum(rows, n)
                } else {
                    Ok(part_of_year(graduated_sum(of_year, n)?, *months))
                }
            }
            // A selection's picks are of its charges' kinds.
            _ => Ok(Fen::ZERO),
        }
    }
}

impl Row {
    fn new(from: u32, tier: &Tier, price: Fen, months: u8) -> Self {
        let most = Fen::LIMIT.fen().checked_div(price.fen()).and_then(|most| u32::try_from(most).ok());
        Self { from, most: most.unwrap_or(u32::MAX), price, flat: matches!(tier.price, TierPrice::Flat(_)), months }
    }

    #[inline]
    fn amount(&self, units: u32) -> Result<Fen, Overflow> {
        if self.flat {
            return Ok(part_of_year(self.price, self.months));
        }
        if units > self.most {
            return Err(Overflow);
        }
        // Within the limit, as was just seen.
        Ok(part_of_year(Fen::new(self.price.fen() * i64::from(units)), self.months))
    }
}

fn volume_rows(quantity: &Quantity, basis: Basis) -> Vec<Row> {
    let row = |tier: &Tier| match tier_price(tier, basis) {
        Some(price) => Row::new(tier.from, tier, price, WHOLE_YEAR),
        None => Row::new(tier.from, tier, tier_price(tier, year_of(basis)).unwrap_or_default(), months_of(basis)),
    };
    quantity.tiers.iter().map(row).collect()
}

/// The tiers that any unit can fall in, each with its first unit: the first tier covers every unit up to the second,
/// whatever the minimum (rule S11).
fn covering_tiers(quantity: &Quantity) -> Vec<(u32, &Tier)> {
    let tiers = &quantity.tiers;
    let first_unit = |index: usize| if index == 0 { 1 } else { tiers[index].from };
    let covers = |index: usize| tiers.get(index + 1).is_none_or(|next| next.from > first_unit(index));
    (0..tiers.len()).filter(|index| covers(*index)).map(|index| (first_unit(index), &tiers[index])).collect()
}

fn graduated_sum(rows: &[Row], n: u32) -> Result<Fen, Overflow> {
    let mut sum = Fen::ZERO;
    for (index, row) in rows.iter().enumerate() {
        if n < row.from {
            break;
        }
        let last = rows.get(index + 1).map_or(n, |next| (next.from - 1).min(n));
        sum = sum.plus(row.amount(last - row.from + 1)?)?;
    }
    Ok(sum)
}

fn tier_price(tier: &Tier, basis: Basis) -> Option<Fen> {
    let (TierPrice::Unit(price) | TierPrice::Flat(price)) = &tier.price;
    price.on(basis).map(crate::catalog::Charged::amount)
}

/// The price of something without tiers for the whole term.
fn whole_price(price: &PriceSet, basis: Basis) -> Fen {
    match price.on(basis) {
        Some(charged) => charged.amount(),
        None => {
            let of_year = price.on(year_of(basis)).map(crate::catalog::Charged::amount);
            part_of_year(of_year.unwrap_or_default(), months_of(basis))
        }
    }
}

/// The same prices for one year (rule L7).
pub(super) fn year_of(basis: Basis) -> Basis {
    match basis {
        Basis::Once => Basis::Once,
        Basis::Term(kind, _) => Basis::Term(kind, Term::YEAR),
    }
}

/// How many months the basis is for. A term has at most 36.
pub(super) fn months_of(basis: Basis) -> u8 {
    match basis {
        Basis::Once => WHOLE_YEAR,
        Basis::Term(_, term) => u8::try_from(term.months()).unwrap_or(u8::MAX),
    }
}

/// round(amount × months / 12), half away from zero (rules L7, M2).
#[inline]
fn part_of_year(amount: Fen, months: u8) -> Fen {
    if months == WHOLE_YEAR {
        return amount;
    }
    Fen::new(mul_div(amount.fen(), months.into(), WHOLE_YEAR.into(), Rounding::HalfAwayFromZero))
}

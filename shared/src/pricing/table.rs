//! An edition's prices on one basis, compiled to integer fen for the whole term once, and priced from often.
//!
//! Invariant: this is the only place that multiplies a price. What is shown, quoted, advised and credited comes from here.
//! Pricing from a table neither allocates nor divides, but for a discount or a part of a year.

use super::Pick;
use crate::calendar::Term;
use crate::catalog::{
    Basis, ChargeKind, Charged, Edition, Offer, PriceSet, Quantity, TermOffer, Tier, TierMode, TierPrice,
};
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
        self.charges[charge].amount(pick).within_limit()
    }

    /// The sum of base price and picks, one for each charge.
    #[inline]
    fn list(&self, picks: &[Pick]) -> Result<Fen, Overflow> {
        let mut list = Sum(self.base.fen());
        for (charge, pick) in self.charges.iter().zip(picks) {
            list.add(charge.amount(*pick));
        }
        list.within_limit()
    }

    /// The price of one instance.
    #[inline]
    pub fn price(&self, picks: &[Pick]) -> Result<Fen, Overflow> {
        let list = self.list(picks)?;
        let discounted = self.discount.map_or(list, |(_, rate)| list - rate.taken_off(list));
        Ok(self.cap.map_or(discounted, |cap| discounted.min(cap)))
    }

    /// The price of `count` instances.
    #[inline]
    pub fn total(&self, picks: &[Pick], count: u8) -> Result<Fen, Overflow> {
        self.price(picks)?.times_small(count)
    }

    /// The price of one instance, with what was taken off: list sum, then discount, then cap.
    pub fn instance(&self, picks: &[Pick]) -> Result<InstancePrice, Overflow> {
        let list = self.list(picks)?;
        let price = self.price(picks)?;
        let discount = self.discount.map(|by| Cut { by, before: list, off: by.1.taken_off(list) });
        let discount = discount.filter(|discount| discount.off > Fen::ZERO);
        let before = discount.map_or(list, |discount| list - discount.off);
        let cap = self.cap.map(|by| Cut { by, before, off: before - price }).filter(|cap| cap.off > Fen::ZERO);
        Ok(InstancePrice { list, discount, cap, price })
    }
}

/// An amount on its way: at its largest it stays there, so that one look at the end tells whether anything overflowed.
/// Nothing that is added is below zero.
#[derive(Clone, Copy)]
struct Sum(i64);

impl Sum {
    const OVERFLOW: Self = Self(i64::MAX);

    #[inline]
    fn add(&mut self, other: Self) {
        self.0 = self.0.saturating_add(other.0);
    }

    #[inline]
    fn within_limit(self) -> Result<Fen, Overflow> {
        Fen::new(self.0).within_limit()
    }

    /// round(amount × months / 12), half away from zero (rules L7, M2).
    #[inline]
    fn part_of_year(self, months: u8) -> Self {
        if months == WHOLE_YEAR || self.0 > Fen::LIMIT.fen() {
            return self;
        }
        Self(mul_div(self.0, months.into(), WHOLE_YEAR.into(), Rounding::HalfAwayFromZero))
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

/// A tier for the whole term: `flat + unit × units`, one of the two being zero.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// The first quantity, or the first unit, that it prices.
    from: u32,
    /// The most units whose price is within the limit.
    most: u32,
    /// The price of a unit, in fen.
    unit: i64,
    /// The price of all of it, in fen.
    flat: i64,
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
        let tiers = covering_tiers(quantity);
        let lacking = tiers.iter().find(|(_, tier)| tier_price(tier, basis).is_none());
        let rows_on = |basis| {
            let row = |(from, tier): &(u32, &Tier)| Some(Row::new(*from, tier, tier_price(tier, basis)?, WHOLE_YEAR));
            tiers.iter().filter_map(row).collect()
        };
        Self::Graduated {
            rows: rows_on(basis),
            lacking_from: lacking.map_or(u32::MAX, |(from, _)| *from),
            of_year: if lacking.is_some() { rows_on(year_of(basis)) } else { Vec::new() },
            months: months_of(basis),
        }
    }

    #[inline]
    fn amount(&self, pick: Pick) -> Sum {
        match (self, pick) {
            (Self::Option(prices), Pick::Value(index)) => Sum(prices[index].fen()),
            (Self::Volume(rows), Pick::Quantity(n)) => match rows.iter().rev().find(|row| row.from <= n) {
                Some(row) => row.amount(n),
                // Only what a service has from earlier days is below the minimum: it is priced by the first tier.
                None => rows.first().map_or(Sum(0), |row| row.amount(n)),
            },
            (Self::Graduated { rows, lacking_from, of_year, months }, Pick::Quantity(n)) => {
                if n < *lacking_from {
                    graduated_sum(rows, n)
                } else {
                    graduated_sum(of_year, n).part_of_year(*months)
                }
            }
            // A selection's picks are of its charges' kinds.
            _ => Sum(0),
        }
    }
}

impl Row {
    fn new(from: u32, tier: &Tier, price: Fen, months: u8) -> Self {
        let price = price.fen();
        let most = Fen::LIMIT.fen().checked_div(price).and_then(|most| u32::try_from(most).ok()).unwrap_or(u32::MAX);
        match &tier.price {
            TierPrice::Unit(_) => Self { from, most, unit: price, flat: 0, months },
            TierPrice::Flat(_) => Self { from, most: u32::MAX, unit: 0, flat: price, months },
        }
    }

    #[inline]
    fn amount(&self, units: u32) -> Sum {
        if units > self.most {
            return Sum::OVERFLOW;
        }
        Sum(self.flat + self.unit * i64::from(units)).part_of_year(self.months)
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

fn graduated_sum(rows: &[Row], n: u32) -> Sum {
    let mut sum = Sum(0);
    for (index, row) in rows.iter().enumerate() {
        if n < row.from {
            break;
        }
        let last = rows.get(index + 1).map_or(n, |next| (next.from - 1).min(n));
        sum.add(row.amount(last - row.from + 1));
    }
    sum
}

fn tier_price(tier: &Tier, basis: Basis) -> Option<Fen> {
    let (TierPrice::Unit(price) | TierPrice::Flat(price)) = &tier.price;
    price.on(basis).map(Charged::amount)
}

/// The price of something without tiers for the whole term.
fn whole_price(price: &PriceSet, basis: Basis) -> Fen {
    match price.on(basis) {
        Some(charged) => charged.amount(),
        None => {
            let of_year = price.on(year_of(basis)).map(Charged::amount).unwrap_or_default();
            Fen::new(Sum(of_year.fen()).part_of_year(months_of(basis)).0)
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

//! A quantity line as a function of its quantity, to be searched instead of tried out.
//!
//! Within a tier a line is a straight line (rule S11), so it never falls there: more units cost less only where the next
//! tier begins. The amounts are those of [`PriceTable`](crate::pricing::PriceTable); a test holds both against each other.

use crate::calendar::Term;
use crate::catalog::{Basis, Charged, Quantity, Tier, TierMode, TierPrice};
use crate::money::{Fen, Rounding, mul_div};

/// Neighbouring quantities of one tier, over which the line's amount never falls and never overflows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// The tier's index.
    pub(super) tier: usize,
    /// The first quantity.
    pub(super) from: u32,
    /// The last quantity.
    pub(super) to: u32,
    /// Fen for the first `before` units.
    base: i64,
    before: u32,
    /// Fen for each unit after them.
    each: i64,
    /// Of a year that fen are counted for; 12 where they are for the term itself (rule L7).
    months: u8,
}

const WHOLE_YEAR: u8 = 12;

impl Piece {
    /// The line's amount in fen for `n` units of this piece.
    #[inline]
    pub(super) fn amount(&self, n: u32) -> i64 {
        // Within the limit for every quantity of the piece.
        let whole = self.base + self.each * i64::from(n - self.before);
        if self.months == WHOLE_YEAR {
            return whole;
        }
        mul_div(whole, self.months.into(), WHOLE_YEAR.into(), Rounding::HalfAwayFromZero)
    }

    /// Whether amounts are rounded, so that equal steps in quantity are not quite equal steps in money.
    pub(super) fn rounded(&self) -> bool {
        self.months != WHOLE_YEAR
    }

    /// The first quantity that costs more than `limit`.
    pub(super) fn first_above(&self, limit: i64) -> Option<u32> {
        if self.amount(self.to) <= limit {
            return None;
        }
        if self.amount(self.from) > limit {
            return Some(self.from);
        }
        if self.rounded() {
            return Some(first_that(self.from, self.to, |n| self.amount(n) > limit));
        }
        // `each` is above zero, since the line rises from `limit` or less to more.
        let units = (limit - self.base) / self.each + 1;
        u32::try_from(i64::from(self.before) + units).ok()
    }

    /// The last quantity that costs at most `limit`.
    pub(super) fn last_within(&self, limit: i64) -> Option<u32> {
        match self.first_above(limit) {
            None => Some(self.to),
            Some(above) => above.checked_sub(1).filter(|last| *last >= self.from),
        }
    }
}

/// The first number from `low` to `high` that `holds`, which once it holds goes on to, and does at `high`.
pub(super) fn first_that(mut low: u32, mut high: u32, holds: impl Fn(u32) -> bool) -> u32 {
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// All quantities from minimum to maximum in rising order, but for those whose line is past its limit: nobody can buy
/// these.
pub(super) fn pieces(quantity: &Quantity, basis: Basis) -> Vec<Piece> {
    match quantity.tier_mode {
        TierMode::Volume => volume(quantity, basis),
        TierMode::Graduated => graduated(quantity, basis),
    }
}

fn last_of(quantity: &Quantity, index: usize) -> u32 {
    quantity.tier_end(index).unwrap_or(quantity.maximum())
}

/// The tier's price in fen, and whether it is for all of the tier.
fn price(tier: &Tier, basis: Basis) -> (Option<i64>, bool) {
    let (price, flat) = match &tier.price {
        TierPrice::Unit(price) => (price, false),
        TierPrice::Flat(price) => (price, true),
    };
    (price.on(basis).map(|charged: Charged| charged.amount().fen()), flat)
}

/// The same prices for a year, and how many months of it are wanted.
fn year_of(basis: Basis) -> (Basis, u8) {
    match basis {
        Basis::Once => (Basis::Once, WHOLE_YEAR),
        Basis::Term(kind, term) => (Basis::Term(kind, Term::YEAR), u8::try_from(term.months()).unwrap_or(u8::MAX)),
    }
}

impl Piece {
    /// Cut off where the amount passes its limit; `None` where it does from the start.
    fn within_limit(self) -> Option<Self> {
        let left = Fen::LIMIT.fen().checked_sub(self.base).filter(|left| *left >= 0)?;
        let most = left.checked_div(self.each).map_or(i64::MAX, |units| i64::from(self.before) + units);
        let to = u32::try_from(most).unwrap_or(u32::MAX).min(self.to);
        (to >= self.from).then_some(Self { to, ..self })
    }
}

fn volume(quantity: &Quantity, basis: Basis) -> Vec<Piece> {
    let piece = |(index, tier): (usize, &Tier)| {
        let (found, flat) = price(tier, basis);
        let (price, months) = found.map_or_else(
            || {
                let (year, months) = year_of(basis);
                (price(tier, year).0.unwrap_or(0), months)
            },
            |price| (price, WHOLE_YEAR),
        );
        let (base, each) = if flat { (price, 0) } else { (0, price) };
        let to = last_of(quantity, index);
        Piece { tier: index, from: tier.from, to, base, before: 0, each, months }.within_limit()
    };
    quantity.tiers.iter().enumerate().filter_map(piece).collect()
}

/// What the tiers so far cost when they are full; `None` past the limit, or where one of them lacks its price.
#[derive(Clone, Copy)]
struct Full(Option<i64>);

impl Full {
    /// With another tier of so many units.
    fn and(self, price: Option<i64>, flat: bool, units: u32) -> Self {
        let add = |(full, price): (i64, i64)| {
            let amount = if flat { price } else { price.checked_mul(units.into())? };
            full.checked_add(amount).filter(|sum| *sum <= Fen::LIMIT.fen())
        };
        Self(self.0.zip(price).and_then(add))
    }
}

fn graduated(quantity: &Quantity, basis: Basis) -> Vec<Piece> {
    let (year, months) = year_of(basis);
    let mut pieces = Vec::with_capacity(quantity.tiers.len());
    if quantity.minimum() == 0 {
        // No unit falls in any tier, whatever they cost.
        pieces.push(Piece { tier: 0, from: 0, to: 0, base: 0, before: 0, each: 0, months: WHOLE_YEAR });
    }
    let (mut own, mut of_year, mut complete) = (Full(Some(0)), Full(Some(0)), true);
    for (index, tier) in quantity.tiers.iter().enumerate() {
        // The first tier covers every unit up to the second, whatever the minimum (rule S11).
        let first_unit = if index == 0 { 1 } else { tier.from };
        let to = last_of(quantity, index);
        if to < first_unit {
            continue;
        }
        let (price_own, flat) = price(tier, basis);
        let price_year = price(tier, year).0;
        complete &= price_own.is_some();
        let (full, price, months) = if complete { (own, price_own, WHOLE_YEAR) } else { (of_year, price_year, months) };
        let Some((base, price)) = full.0.zip(price) else { break };
        let (base, each) = if flat { (base + price, 0) } else { (base, price) };
        let from = first_unit.max(quantity.minimum());
        pieces.extend(Piece { tier: index, from, to, base, before: first_unit - 1, each, months }.within_limit());
        let units = to - first_unit + 1;
        own = own.and(price_own, flat, units);
        of_year = of_year.and(price_year, flat, units);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{ChargeKind, Offer, PriceKind};
    use crate::pricing::{Pick, PriceTable};

    /// Tiers of every shape, with and without monthly prices, from 0, 1 and more.
    fn offer(tier_mode: &str, froms: &[u32], shapes: usize) -> Offer {
        let tiers: Vec<String> = froms
            .iter()
            .enumerate()
            .map(|(i, from)| {
                let shape = if shapes >> i & 1 == 1 { "flat" } else { "unit" };
                let month =
                    if shapes >> (i + 3) & 1 == 1 { format!("\"month\":\"0.{}7\",", 9 - 3 * i) } else { String::new() };
                let prices = format!("{{{month}\"year\":\"{}.01\"}}", 7 - 2 * i);
                format!(r#"{{"from":{from},"{shape}":{{"new":{prices},"renew":{prices}}}}}"#)
            })
            .collect();
        let text = format!(
            r#"{{"sale_mode":"subscription","day_count":"fixed","change_modes":["co_term"],"editions":[{{"code":"a","name":"A",
            "terms":["P1Y"],"price":{{"new":{{"year":"0"}},"renew":{{"year":"0"}}}},"charges":[{{"kind":"quantity","key":"k",
            "name":"K","unit":"u","max":12,"tier_mode":"{tier_mode}","tiers":[{}]}}]}}]}}"#,
            tiers.join(",")
        );
        Offer::parse(&text).expect("valid")
    }

    #[test]
    fn pieces_are_the_price_table_never_fall_and_leave_nothing_out() {
        for (mode, froms) in ["volume", "graduated"].iter().flat_map(|mode| {
            [&[0_u32, 1, 4][..], &[1, 2, 9], &[3, 5, 6], &[0, 2], &[0], &[5]].map(|froms| (*mode, froms))
        }) {
            for shapes in 0..64 {
                let offer = offer(mode, froms, shapes);
                let edition = &offer.editions[0];
                let ChargeKind::Quantity(quantity) = &edition.charges[0].kind else { panic!("a quantity") };
                for term in Term::all() {
                    let basis = Basis::Term(PriceKind::New, term);
                    let table = PriceTable::new(&offer, edition, basis);
                    let mut next = quantity.minimum();
                    for piece in pieces(quantity, basis) {
                        assert_eq!(piece.from, next);
                        for n in piece.from..=piece.to {
                            let expected = table.charge(0, Pick::Quantity(n)).map(Fen::fen);
                            assert_eq!(Ok(piece.amount(n)), expected, "{mode} {froms:?} {shapes} {term} {n}");
                            assert!(n == piece.from || piece.amount(n - 1) <= piece.amount(n));
                        }
                        next = piece.to + 1;
                    }
                    assert_eq!(next, 13);
                }
            }
        }
    }

    #[test]
    fn what_is_past_the_limit_is_left_out() {
        let price = r#"{"new":{"year":"99999999.99"},"renew":{"year":"99999999.99"}}"#;
        let text = format!(
            r#"{{"sale_mode":"subscription","day_count":"fixed","change_modes":["co_term"],"editions":[{{"code":"a","name":"A",
            "terms":["P1Y"],"price":{price},"charges":[{{"kind":"quantity","key":"k","name":"K","unit":"u",
            "tiers":[{{"from":5,"unit":{price}}},{{"from":100,"unit":{price}}},{{"from":200000,"unit":{price}}},{{"from":900000,"flat":{price}}}]}}]}}]}}"#
        );
        let offer = Offer::parse(&text).expect("valid");
        let ChargeKind::Quantity(quantity) = &offer.editions[0].charges[0].kind else { panic!("a quantity") };
        let found = pieces(quantity, Basis::Term(PriceKind::New, Term::YEAR));
        let ranges: Vec<_> = found.iter().map(|piece| (piece.tier, piece.from, piece.to)).collect();
        assert_eq!(ranges, [(0, 5, 99), (1, 100, 100_000), (3, 900_000, crate::catalog::MAX_QUANTITY)]);
    }
}

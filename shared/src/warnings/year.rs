//! `year_dearer_than_months`.
//!
//! For an edition that sells both a term of months and one of years (else no buyer can choose between the two), one for each
//! kind of price and each of: the base price; an option charge, with every value whose year costs more than twelve of its
//! months; a quantity charge, with every quantity whose line for a year is above twelve times its line for a month. Lines
//! are before term offers and cap.

use super::finding::{Finding, Quantities, YearDearer};
use super::pieces::{Piece, first_that, pieces};
use super::{Found, kinds, periods, sentences};
use crate::catalog::{Basis, Charge, ChargeKind, Charged, PriceKind, PriceSet, Quantity};
use crate::money::Fen;

pub(super) fn dearer(found: &mut Found<'_>) {
    for (e, edition) in found.editions() {
        for kind in kinds(found.offer) {
            let [(_, month), (_, year)] = periods(edition, *kind)[..] else { continue };
            let both = Both { kind: *kind, month, year };
            if let Some((year, twelve_months)) = both.prices(&edition.price) {
                let dearer = both.dearer(year, twelve_months);
                let sentences = sentences::year_dearer(edition, None, &dearer);
                let name = if *kind == PriceKind::New { "new" } else { "renew" };
                found.add(&format!("/editions/{e}/price/{name}"), Finding::YearDearerThanMonths(dearer), sentences);
            }
            for (c, charge) in edition.charges.iter().enumerate() {
                let Some(dearer) = both.charge(charge) else { continue };
                let sentences = sentences::year_dearer(edition, Some(charge), &dearer);
                found.add(&format!("/editions/{e}/charges/{c}"), Finding::YearDearerThanMonths(dearer), sentences);
            }
        }
    }
}

/// A month and a year at the prices of one kind.
struct Both {
    kind: PriceKind,
    month: Basis,
    year: Basis,
}

impl Both {
    fn dearer(&self, year: i64, twelve_months: i64) -> YearDearer {
        let (year, twelve_months) = (Fen::new(year), Fen::new(twelve_months));
        YearDearer { kind: self.kind, year, twelve_months, values: Vec::new(), ranges: Vec::new() }
    }

    /// A year's and twelve months' price where the former is above the latter.
    fn prices(&self, price: &PriceSet) -> Option<(i64, i64)> {
        let of = |basis| price.on(basis).map(|charged: Charged| charged.amount().fen());
        let (year, twelve_months) = (of(self.year)?, 12 * of(self.month)?);
        (year > twelve_months).then_some((year, twelve_months))
    }

    fn charge(&self, charge: &Charge) -> Option<YearDearer> {
        match &charge.kind {
            ChargeKind::Option(values) => {
                let mut dear = values.iter().filter_map(|value| Some((value, self.prices(&value.price)?))).peekable();
                let (_, (year, twelve_months)) = *dear.peek()?;
                let values = dear.map(|(value, _)| value.value.clone()).collect();
                Some(YearDearer { values, ..self.dearer(year, twelve_months) })
            }
            ChargeKind::Quantity(quantity) => self.quantity(quantity),
        }
    }

    fn quantity(&self, quantity: &Quantity) -> Option<YearDearer> {
        let months = pieces(quantity, self.month);
        let mut months = months.iter().peekable();
        let mut first = None;
        let mut ranges: Vec<Quantities> = Vec::new();
        for year in pieces(quantity, self.year) {
            while months.next_if(|month| month.from < year.from).is_some() {}
            // Where a month's line is past its limit, twelve of it are above a year's, which is not.
            let Some(month) = months.next_if(|month| month.from == year.from) else { continue };
            let Some(range) = dear_range(&year, month) else { continue };
            first.get_or_insert_with(|| (year.amount(range.from), 12 * month.amount(range.from)));
            match ranges.last_mut().filter(|last| last.to + 1 == range.from) {
                Some(last) => last.to = range.to,
                None => ranges.push(range),
            }
        }
        let (year, twelve_months) = first?;
        Some(YearDearer { ranges, ..self.dearer(year, twelve_months) })
    }
}

/// Where the year is above twelve months within a tier: both are straight lines there, so at one end, at both or nowhere.
fn dear_range(year: &Piece, month: &Piece) -> Option<Quantities> {
    let (from, to) = (year.from, year.to.min(month.to));
    let dear = |n: u32| year.amount(n) > 12 * month.amount(n);
    match (dear(from), dear(to)) {
        (true, true) => Some(Quantities { from, to }),
        (true, false) => Some(Quantities { from, to: first_that(from, to, |n| !dear(n)) - 1 }),
        (false, true) => Some(Quantities { from: first_that(from, to, dear), to }),
        (false, false) => None,
    }
}

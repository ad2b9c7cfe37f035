//! `tier_inversion` and `renew_dearer_than_new`.
//!
//! **`tier_inversion`**, one for each quantity charge in volume mode, kind of price and period that a sold term charges: a
//! quantity is inverted where some larger one has a line for that period that costs less. `ranges` are all inverted
//! quantities; each costs more than its range's `but`, the cheapest larger quantity there is (the smallest of several). The
//! witness is the last quantity of the first range against the next quantity where that costs less, else against `but`. A
//! year that is twelve months in every tier repeats the months' inversions and is left out. In graduated mode every unit
//! adds to the line, so there is none.
//!
//! **`renew_dearer_than_new`**, one for each edition: every price (base, tier, option value) that is higher at renewal than
//! at purchase, for a period that a sold term charges. A year that is twelve months in both is left out likewise.

use super::finding::{DearerPrice, Finding, Inverted, Quantities, RenewDearer, TierInversion};
use super::pieces::{Piece, pieces};
use super::{Found, kinds, periods, sentences};
use crate::catalog::{
    Basis, Charge, ChargeKind, Charged, Edition, Per, PriceKind, PriceSet, Quantity, TierMode, TierPrice,
};
use crate::money::Fen;

pub(super) fn tier_inversions(found: &mut Found<'_>) {
    for (e, edition) in found.editions() {
        for (c, charge) in edition.charges.iter().enumerate() {
            let ChargeKind::Quantity(quantity) = &charge.kind else { continue };
            if quantity.tier_mode == TierMode::Graduated {
                continue;
            }
            for kind in kinds(found.offer) {
                let periods = periods(edition, *kind);
                let repeats = periods.len() > 1 && year_repeats_months(quantity, *kind);
                for (per, basis) in periods.into_iter().filter(|(per, _)| !(repeats && *per == Per::Year)) {
                    let Some((tier, inversion)) = inversion(quantity, *kind, per, basis) else { continue };
                    let place = format!("/editions/{e}/charges/{c}/tiers/{tier}");
                    let sentences = sentences::tier_inversion(edition, charge, quantity, &inversion);
                    found.add(&place, Finding::TierInversion(inversion), sentences);
                }
            }
        }
    }
}

fn year_repeats_months(quantity: &Quantity, kind: PriceKind) -> bool {
    quantity.tiers.iter().all(|tier| {
        let (TierPrice::Unit(price) | TierPrice::Flat(price)) = &tier.price;
        year_is_months(price, kind)
    })
}

fn year_is_months(price: &PriceSet, kind: PriceKind) -> bool {
    match price {
        PriceSet::Once(_) => false,
        PriceSet::Recurring { new, renew } => {
            let prices = if kind == PriceKind::New { new } else { renew };
            match (prices.month, prices.year) {
                (Some(month), Some(year)) => year.fen() == 12 * month.fen(),
                (_, year) => year.is_none(),
            }
        }
    }
}

/// The inversion of one line, with the tier that the witness's larger quantity is in.
fn inversion(quantity: &Quantity, kind: PriceKind, per: Per, basis: Basis) -> Option<(usize, TierInversion)> {
    let pieces = pieces(quantity, basis);
    let mut ranges: Vec<Inverted> = Vec::new();
    // The cheapest of all later quantities; within a tier the first is.
    let mut cheapest: Option<(i64, u32)> = None;
    for piece in pieces.iter().rev() {
        if let Some((costs_only, but)) = cheapest
            && let Some(from) = piece.first_above(costs_only)
        {
            let quantities = Quantities { from, to: piece.to };
            ranges.push(Inverted { quantities, but, costs_only: Fen::new(costs_only) });
        }
        let first = (piece.amount(piece.from), piece.from);
        cheapest = Some(cheapest.map_or(first, |known| known.min(first)));
    }
    ranges.reverse();
    ranges.dedup_by(|next, range| {
        let joins = next.but == range.but && next.quantities.from == range.quantities.to + 1;
        if joins {
            range.quantities.to = next.quantities.to;
        }
        joins
    });
    let first = *ranges.first()?;
    let buy = first.quantities.to;
    let costs = amount(&pieces, buy)?;
    let next = amount(&pieces, buy + 1).filter(|next| *next < costs).map(|next| (buy + 1, next));
    let (but, costs_only) = next.unwrap_or((first.but, first.costs_only.fen()));
    let tier = pieces.iter().find(|piece| piece.from == but)?.tier;
    let (costs, costs_only) = (Fen::new(costs), Fen::new(costs_only));
    Some((tier, TierInversion { kind, per, buy, costs, but, costs_only, ranges }))
}

fn amount(pieces: &[Piece], n: u32) -> Option<i64> {
    pieces.iter().find(|piece| (piece.from..=piece.to).contains(&n)).map(|piece| piece.amount(n))
}

pub(super) fn dearer_renewals(found: &mut Found<'_>) {
    if found.offer.subscription_rules().is_none() {
        return;
    }
    for (e, edition) in found.editions() {
        let place = format!("/editions/{e}");
        let mut prices = Vec::new();
        let mut look =
            |at: &str, price: &PriceSet| dearer(edition, price, &format!("{}{place}{at}", found.root), &mut prices);
        look("/price", &edition.price);
        for (c, charge) in edition.charges.iter().enumerate() {
            for_each_price(charge, |at, price| look(&format!("/charges/{c}{at}"), price));
        }
        if prices.is_empty() {
            continue;
        }
        let dearer = RenewDearer { prices };
        let sentences = sentences::renew_dearer(edition, &dearer);
        found.add(&place, Finding::RenewDearerThanNew(dearer), sentences);
    }
}

fn for_each_price(charge: &Charge, mut look: impl FnMut(&str, &PriceSet)) {
    match &charge.kind {
        ChargeKind::Quantity(quantity) => {
            for (i, tier) in quantity.tiers.iter().enumerate() {
                match &tier.price {
                    TierPrice::Unit(price) => look(&format!("/tiers/{i}/unit"), price),
                    TierPrice::Flat(price) => look(&format!("/tiers/{i}/flat"), price),
                }
            }
        }
        ChargeKind::Option(values) => {
            for (i, value) in values.iter().enumerate() {
                look(&format!("/values/{i}/price"), &value.price);
            }
        }
    }
}

fn dearer(edition: &Edition, price: &PriceSet, at: &str, prices: &mut Vec<DearerPrice>) {
    let purchase = periods(edition, PriceKind::New);
    let renewal = periods(edition, PriceKind::Renew);
    let repeats =
        purchase.len() > 1 && [PriceKind::New, PriceKind::Renew].iter().all(|kind| year_is_months(price, *kind));
    for ((per, new), (_, renew)) in purchase.into_iter().zip(renewal) {
        let of = |basis| price.on(basis).map(Charged::amount);
        if let (Some(new), Some(renew)) = (of(new), of(renew))
            && renew > new
            && !(repeats && per == Per::Year)
        {
            prices.push(DearerPrice { at: at.to_owned(), per, new, renew });
        }
    }
}

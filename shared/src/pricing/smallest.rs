//! Selections that a page starts from.

use super::{Pick, Selection, total};
use crate::calendar::Term;
use crate::catalog::{ChargeKind, Offer, PriceKind};
use crate::money::Fen;

/// The smallest selection of an edition for a term it sells: every quantity at its minimum, every option at its first
/// value, one instance.
pub fn smallest(offer: &Offer, edition: usize, term: Option<Term>) -> Selection {
    let pick = |kind: &ChargeKind| match kind {
        ChargeKind::Quantity(quantity) => Pick::Quantity(quantity.minimum()),
        ChargeKind::Option(_) => Pick::Value(0),
    };
    let picks = offer.editions[edition].charges.iter().map(|charge| pick(&charge.kind)).collect();
    Selection { edition, term, picks, count: 1 }
}

/// The least that a new buyer can spend on one instance, and for which selection; `None` where every price overflows.
pub fn cheapest(offer: &Offer) -> Option<(Fen, Selection)> {
    let editions = offer.editions.iter().enumerate().filter(|(_, edition)| !edition.hidden);
    let candidates = editions.flat_map(|(index, edition)| {
        let terms: Vec<Option<Term>> =
            if edition.terms.is_empty() { vec![None] } else { edition.terms.iter().copied().map(Some).collect() };
        terms.into_iter().map(move |term| cheapest_of(offer, index, term))
    });
    let priced = candidates.filter_map(|selection| Some((total(offer, &selection, PriceKind::New).ok()?, selection)));
    priced.min_by_key(|(price, _)| *price)
}

/// The cheapest selection of an edition for a term. Charges add up and discount and cap keep the order of sums, so each
/// charge is cheapest by itself: at a tier's beginning, or at one value.
fn cheapest_of(offer: &Offer, edition: usize, term: Option<Term>) -> Selection {
    let mut best = smallest(offer, edition, term);
    let table = best.table(offer, PriceKind::New);
    for (index, charge) in offer.editions[edition].charges.iter().enumerate() {
        let picks: Vec<Pick> = match &charge.kind {
            ChargeKind::Quantity(quantity) => quantity.tiers.iter().map(|tier| Pick::Quantity(tier.from)).collect(),
            ChargeKind::Option(values) => (0..values.len()).map(Pick::Value).collect(),
        };
        let cheapest = picks.into_iter().min_by_key(|pick| table.charge(index, *pick).unwrap_or(Fen::LIMIT));
        best.picks[index] = cheapest.unwrap_or(best.picks[index]);
    }
    best
}

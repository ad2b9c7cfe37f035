//! `cap_below_minimum` and `cap_across_terms`.
//!
//! **`cap_below_minimum`**, one for each edition and kind of price: the cheapest selection there is costs more than the cap
//! before it is applied, for the terms named (a one-time product: for good). Then every selection costs the cap.
//!
//! **`cap_across_terms`**, one for each edition and kind of price: every two sold terms of which the longer costs as much as
//! the shorter because of the cap, that is: the cap takes something off the longer, and the shorter costs no less than the
//! cap before it is applied. Either already at the smallest selection (every quantity at its minimum, every option at its
//! first value), or at a quantity of one charge with all else as in the smallest selection; then it is the first such
//! quantity. Renewal prices are left out where they say the same as purchase prices.

use super::finding::{CapAcrossTerms, CapBelowMinimum, CappedFrom, CappedTerms, Finding};
use super::pieces::{Piece, pieces};
use super::{Found, kinds, sentences};
use crate::calendar::Term;
use crate::catalog::{Basis, ChargeKind, Edition, Offer, PriceKind, TermOffer};
use crate::money::{Fen, Rate};
use crate::pricing::{Pick, PriceTable, Selection, smallest};

pub(super) fn below_minimum(found: &mut Found<'_>) {
    let offer = found.offer;
    let Some(cap) = offer.price_cap else { return };
    for (e, edition) in found.editions() {
        let terms: Vec<Option<Term>> =
            if edition.terms.is_empty() { vec![None] } else { edition.terms.iter().copied().map(Some).collect() };
        for &kind in kinds(offer) {
            let capped: Vec<(Selection, Fen)> =
                terms.iter().filter_map(|term| capped_cheapest(offer, e, *term, kind)).collect();
            let Some((first, price)) = capped.first() else { continue };
            let cheapest = first.to_file(offer);
            let terms = capped.iter().filter_map(|(selection, _)| selection.term).collect();
            let below = CapBelowMinimum { kind, cap, cheapest, price: *price, terms };
            let sentences = sentences::cap_below_minimum(edition, &below);
            found.add(&format!("/editions/{e}"), Finding::CapBelowMinimum(below), sentences);
        }
    }
}

/// The edition's cheapest selection for the term and its price before the cap, where the cap takes something off.
fn capped_cheapest(offer: &Offer, index: usize, term: Option<Term>, kind: PriceKind) -> Option<(Selection, Fen)> {
    let edition = &offer.editions[index];
    let basis = term.map_or(Basis::Once, |term| Basis::Term(kind, term));
    let table = PriceTable::new(offer, edition, basis);
    // Charges add up, and neither offer nor cap changes the order of sums: each charge is cheapest by itself.
    let cheapest_pick = |(c, kind): (usize, &ChargeKind)| match kind {
        ChargeKind::Quantity(quantity) => {
            let firsts = pieces(quantity, basis).into_iter().map(|piece| (piece.amount(piece.from), piece.from));
            firsts.min().map(|(_, n)| Pick::Quantity(n))
        }
        ChargeKind::Option(values) => (0..values.len()).map(Pick::Value).min_by_key(|pick| table.charge(c, *pick).ok()),
    };
    let picks: Vec<Pick> =
        edition.charges.iter().map(|charge| &charge.kind).enumerate().map(cheapest_pick).collect::<Option<_>>()?;
    let before = table.instance(&picks).ok()?.cap?.before;
    Some((Selection { edition: index, term, picks, count: 1 }, before))
}

pub(super) fn across_terms(found: &mut Found<'_>) {
    let offer = found.offer;
    let Some(cap) = offer.price_cap else { return };
    for (e, edition) in found.editions() {
        let mut known = None;
        for &kind in kinds(offer) {
            let terms = capped_terms(offer, e, kind, cap);
            if terms.is_empty() || known.as_ref() == Some(&terms) {
                continue;
            }
            known = Some(terms.clone());
            let across = CapAcrossTerms { kind, cap, terms };
            let sentences = sentences::cap_across_terms(edition, &across);
            found.add(&format!("/editions/{e}"), Finding::CapAcrossTerms(across), sentences);
        }
    }
}

/// A sold term: what the cap asks of its list sum, and what the smallest selection's is.
struct CappedTerm {
    term: Term,
    /// The smallest list sum that costs no less than the cap before it is applied.
    reaches: i64,
    /// The smallest list sum that costs more.
    passes: i64,
    basis: Basis,
    table: PriceTable,
    smallest: i64,
}

fn capped_terms(offer: &Offer, index: usize, kind: PriceKind, cap: Fen) -> Vec<CappedTerms> {
    let edition = &offer.editions[index];
    let mut sold: Vec<Term> = edition.terms.clone();
    sold.sort_unstable();
    let picks = smallest(offer, index, None).picks;
    let terms: Vec<CappedTerm> =
        sold.into_iter().filter_map(|term| CappedTerm::new(offer, edition, &picks, kind, term, cap)).collect();
    let mut found = Vec::new();
    let mut open = Vec::new();
    for (i, shorter) in terms.iter().enumerate() {
        for (j, longer) in terms.iter().enumerate().skip(i + 1) {
            if shorter.smallest >= shorter.reaches && longer.smallest >= longer.passes {
                found.push(CappedTerms { shorter: shorter.term, longer: longer.term, from: None });
            } else {
                open.push((i, j));
            }
        }
    }
    for (c, charge) in edition.charges.iter().enumerate() {
        let ChargeKind::Quantity(quantity) = &charge.kind else { continue };
        let reach: Vec<Vec<Reach>> =
            terms.iter().map(|term| term.reach(c, picks[c], &pieces(quantity, term.basis))).collect();
        for &(i, j) in &open {
            let Some(quantity) = first_common(&reach[i], &reach[j]) else { continue };
            let from = Some(CappedFrom { charge: charge.key.clone(), quantity });
            found.push(CappedTerms { shorter: terms[i].term, longer: terms[j].term, from });
        }
    }
    found
}

/// Where within a piece the cap is reached, and where it is passed.
struct Reach {
    start: u32,
    end: u32,
    reaches: Option<u32>,
    passes: Option<u32>,
}

impl CappedTerm {
    /// `None` where the smallest selection cannot be bought for the term.
    fn new(offer: &Offer, edition: &Edition, picks: &[Pick], kind: PriceKind, term: Term, cap: Fen) -> Option<Self> {
        let basis = Basis::Term(kind, term);
        let table = PriceTable::new(offer, edition, basis);
        let smallest = table.instance(picks).ok()?.list.fen();
        let rate = match offer.term_offer(term) {
            Some(TermOffer::Discount(_, rate)) => Some(rate),
            _ => None,
        };
        let reaches = first_list(rate, cap.fen());
        let passes = first_list(rate, cap.fen() + 1);
        Some(Self { term, reaches, passes, basis, table, smallest })
    }

    fn reach(&self, charge: usize, pick: Pick, pieces: &[Piece]) -> Vec<Reach> {
        let rest = self.smallest - self.table.charge(charge, pick).map_or(0, Fen::fen);
        let reach = |piece: &Piece| {
            let end = piece.last_within(Fen::LIMIT.fen() - rest)?;
            let from = |list: i64| piece.first_above(list - 1 - rest).filter(|n| *n <= end);
            Some(Reach { start: piece.from, end, reaches: from(self.reaches), passes: from(self.passes) })
        };
        pieces.iter().filter_map(reach).collect()
    }
}

/// The first quantity at which the shorter term reaches the cap and the longer passes it.
fn first_common(shorter: &[Reach], longer: &[Reach]) -> Option<u32> {
    let mut longer = longer.iter().peekable();
    shorter.iter().find_map(|shorter| {
        while longer.next_if(|longer| longer.start < shorter.start).is_some() {}
        let longer = longer.next_if(|longer| longer.start == shorter.start)?;
        let first = shorter.reaches?.max(longer.passes?);
        (first <= shorter.end.min(longer.end)).then_some(first)
    })
}

/// The smallest list sum that costs at least `price` after the discount. A discount takes off less than half, so twice the
/// price is enough.
fn first_list(rate: Option<Rate>, price: i64) -> i64 {
    let Some(rate) = rate else { return price };
    let after = |list: i64| list - rate.taken_off(Fen::new(list)).fen();
    let (mut low, mut high) = (price, 2 * price);
    while low < high {
        let middle = low + (high - low) / 2;
        if after(middle) >= price {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

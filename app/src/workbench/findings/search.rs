//! Cheaper paths to what buyers typically want, looked for in small pieces.
//!
//! **What is looked at**: each visible edition, for a year and for two, at the borders of each quantity charge's tiers (where
//! a tier begins and one below), everything else at its smallest.

use std::sync::Arc;

use shared::calendar::{Period, Term, Timestamp, span};
use shared::catalog::{ChargeKind, Offer};
use shared::money::Fen;
use shared::paths::{Effort, Found, NotSearched, Path, Wanted, search_within};
use shared::pricing::{Pick, Selection, smallest};

/// So many ends are looked at; of more, the first.
const MOST_ENDS: usize = 400;

/// A search under way, or at its end.
#[derive(Clone, Debug)]
pub struct Search {
    offer: Arc<Offer>,
    now: Timestamp,
    ends: Vec<End>,
    /// How many of the ends have been looked at.
    pub done: usize,
    /// How many ends are not looked at, since there are too many.
    pub left_out: usize,
    /// How many were given up, since they would have taken too long.
    pub given_up: usize,
    /// What was found, the largest saving first.
    pub found: Vec<Cheaper>,
}

/// What is wanted: a selection for some years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The selection; its term is not looked at.
    pub selection: Selection,
    /// For how long.
    pub term: Term,
}

/// A way that is cheaper than the one a buyer would take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cheaper {
    /// What is wanted.
    pub end: End,
    /// The way that a buyer would take; `None` where there is none.
    pub direct: Option<Path>,
    /// The cheaper one.
    pub path: Path,
}

impl Cheaper {
    /// How much is saved.
    pub fn saves(&self) -> Option<Fen> {
        self.direct.as_ref().map(|direct| direct.cost - self.path.cost)
    }
}

impl Search {
    pub(super) fn new(offer: Arc<Offer>, now: Timestamp) -> Self {
        let mut ends = ends(&offer);
        let left_out = ends.len().saturating_sub(MOST_ENDS);
        ends.truncate(MOST_ENDS);
        Self { offer, now, ends, done: 0, left_out, given_up: 0, found: Vec::new() }
    }

    /// How many ends are looked at in all.
    pub fn all(&self) -> usize {
        self.ends.len()
    }

    /// Whether everything was looked at.
    pub fn is_done(&self) -> bool {
        self.done == self.ends.len()
    }

    /// Looks at the next end.
    pub(super) fn step(&mut self) {
        let Some(end) = self.ends.get(self.done) else { return };
        self.done += 1;
        let Some(rules) = self.offer.subscription_rules() else { return };
        let Some(until) = span(self.now, None, end.term, 0, rules.day_count) else { return };
        let wanted = Wanted { selection: &end.selection, until: until.end };
        match search_within(&self.offer, None, wanted, self.now, Effort::MOMENT) {
            Ok(Found { direct, cheaper: Some(path) }) => {
                self.found.push(Cheaper { end: end.clone(), direct, path });
                self.found.sort_by_key(|cheaper| core::cmp::Reverse(cheaper.saves()));
            }
            Err(NotSearched::TooLarge) => self.given_up += 1,
            Ok(_) | Err(_) => {}
        }
    }
}

/// Everything that is wanted typically; nothing of a product that is bought once, where there is one way only.
fn ends(offer: &Offer) -> Vec<End> {
    const TWO_YEARS: Option<Term> = Term::new(Period::Year, 2);
    let mut all = Vec::new();
    if offer.subscription_rules().is_none() {
        return all;
    }
    for term in core::iter::once(Term::YEAR).chain(TWO_YEARS) {
        for (index, edition) in offer.editions.iter().enumerate().filter(|(_, edition)| !edition.hidden) {
            let first = smallest(offer, index, edition.terms.first().copied());
            all.push(End { selection: first.clone(), term });
            for (place, charge) in edition.charges.iter().enumerate() {
                let ChargeKind::Quantity(quantity) = &charge.kind else { continue };
                let borders = quantity.tiers.iter().skip(1).flat_map(|tier| [tier.from - 1, tier.from]);
                let mut borders: Vec<u32> = borders.filter(|n| *n > quantity.minimum()).collect();
                borders.dedup();
                for n in borders {
                    let mut selection = first.clone();
                    selection.picks[place] = Pick::Quantity(n);
                    all.push(End { selection, term });
                }
            }
        }
    }
    all
}

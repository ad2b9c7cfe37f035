//! `upgrade_negative`.
//!
//! **Definition.** Where the difference can be paid (`co_term`), one for each rule between visible editions, and one for each
//! visible edition, which may be expanded: there are a term that the old edition sells, an old selection of it and a new
//! selection that the old may change to (rules L10, L11), both within today's limits, such that the new selection's instance
//! price for that term is below the old one's, both at purchase prices, with offers and cap, as rule L7 prices them for a
//! `new` segment. Such a change costs nothing and returns nothing. All terms are named; the witness is of the first of them,
//! and as small as it gets: nothing in it can be put back to its smallest, and no quantity lowered, without losing it.
//!
//! **How it is found.** An instance price is a list sum, then the discount, then the cap, and neither changes the order of
//! sums. The sum is one of charges that are independent of each other, so a change is a choice of one *move* for each charge
//! ([`moves`]): what it costs before and after. Only so many moves can matter: of all old quantities that may become a given
//! new one, the dearest; of the new ones over which that stays the same, the cheapest. What remains are points, and runs of
//! quantities where both sides are straight lines. Then ([`search`]):
//! - The sum of each charge's best move bounds what any change can gain. If that is nothing, there is no such change.
//! - Without a cap in the way, that very sum of moves is a witness.
//! - With a cap, a gain counts only below it: gain against cost, a knapsack, which is searched exactly with dominance and the
//!   bounds above.
//! - A discount rounds, so that a gain of one fen may or may not survive; then sums are tried until one does.
//!
//! **What is not found.** Two things are bounded, since a knapsack is hard for any program and a configuration may come from
//! anyone. Under a cap, where two or more charges of an edition have runs of more than 64 quantities that can be balanced
//! against each other below it, only one of them is searched whole, the others at the ends of their runs. And a configuration
//! may use so many [`Steps`]; once they are used up, only the first two of the four ways above remain. A witness is priced by
//! [`PriceTable`] in any case, so that none is false.

mod moves;
mod search;
mod slots;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::changes::live_rules;
use super::finding::{Finding, UpgradeNegative};
use super::pieces::{Piece, pieces};
use super::{Found, sentences};
use crate::calendar::Term;
use crate::catalog::{Basis, ChargeKind, Edition, Offer, PriceKind, TermOffer};
use crate::money::{Fen, Rate};
use crate::pricing::{Pick, PriceTable, Selection, smallest};
use search::Search;

/// What came of trying one change.
#[derive(Clone, Debug)]
pub(super) struct Tried {
    negative: Option<UpgradeNegative>,
    /// How much searching it took.
    spent: u64,
}

/// Everything that was tried, by the indexes of the editions.
type AllTried = BTreeMap<(usize, usize), Tried>;

/// Every change: its place, and the editions that it leads from and to. An edition leads to itself by being expanded.
fn places(offer: &Offer) -> Vec<(String, usize, usize)> {
    if !offer.subscription_rules().is_some_and(|rules| rules.change_modes.co_term) {
        return Vec::new();
    }
    let expansions = offer.editions.iter().enumerate().filter(|(_, edition)| !edition.hidden);
    let expansions = expansions.map(|(e, _)| (format!("/editions/{e}"), e, e));
    let upgrades = live_rules(offer).map(|(i, rule)| (format!("/upgrades/{i}"), rule.from, rule.to));
    expansions.chain(upgrades).collect()
}

/// Tries every change but those that are `known`; whether what came of it is the same however much is known.
pub(super) fn try_all(offer: &Offer, known: AllTried) -> (AllTried, bool) {
    let (tried, starved) = Looking::new(offer).all(known);
    if !starved {
        return (tried, true);
    }
    // Steps are used up: what is found then depends on what was looked at before, and so nothing may have been known.
    let (tried, _) = Looking::new(offer).all(AllTried::new());
    (tried, false)
}

/// Notes what is negative of all that was tried.
pub(super) fn add(tried: &AllTried, found: &mut Found<'_>) {
    let offer = found.offer;
    for (place, from, to) in places(offer) {
        let Some(negative) = tried.get(&(from, to)).and_then(|tried| tried.negative.clone()) else { continue };
        let sentences = sentences::upgrade_negative(&offer.editions[from], &offer.editions[to], &negative);
        found.add(&place, Finding::UpgradeNegative(Box::new(negative)), sentences);
    }
}

/// How much searching there may still be, in sums tried.
#[derive(Debug)]
pub(super) struct Steps {
    left: u64,
    used: u64,
    /// There were not enough left at some time.
    starved: bool,
}

impl Default for Steps {
    fn default() -> Self {
        Self { left: Self::MOST, used: 0, starved: false }
    }
}

impl Steps {
    /// Many times what ordinary configurations need; some tenths of a second.
    const MOST: u64 = 5_000_000;

    /// Whether there is enough left for so many.
    fn spend(&mut self, steps: usize) -> bool {
        let steps = steps as u64;
        let enough = self.left >= steps;
        if enough {
            self.left -= steps;
        }
        self.starved |= !enough;
        self.used += if enough { steps } else { 0 };
        enough
    }
}

/// An edition's prices for a term at purchase, to be searched.
struct Compiled<'a> {
    edition: &'a Edition,
    table: PriceTable,
    rate: Option<Rate>,
    /// For each charge, the pieces of its line; none for options.
    lines: Vec<Vec<Piece>>,
}

impl<'a> Compiled<'a> {
    fn new(offer: &'a Offer, edition: &'a Edition, term: Term) -> Self {
        let basis = Basis::Term(PriceKind::New, term);
        let rate = match offer.term_offer(term).filter(|_| edition.terms.contains(&term)) {
            Some(TermOffer::Discount(_, rate)) => Some(rate),
            _ => None,
        };
        let line = |kind: &ChargeKind| match kind {
            ChargeKind::Quantity(quantity) => pieces(quantity, basis),
            ChargeKind::Option(_) => Vec::new(),
        };
        let lines = edition.charges.iter().map(|charge| line(&charge.kind)).collect();
        Self { edition, table: PriceTable::new(offer, edition, basis), rate, lines }
    }
}

struct Looking<'a> {
    offer: &'a Offer,
    compiled: BTreeMap<(usize, Term), Compiled<'a>>,
    steps: Steps,
}

impl<'a> Looking<'a> {
    fn new(offer: &'a Offer) -> Self {
        Self { offer, compiled: BTreeMap::new(), steps: Steps::default() }
    }

    /// Tries every change but those that are known, and says whether there were too few steps.
    fn all(mut self, mut known: AllTried) -> (AllTried, bool) {
        let mut all = AllTried::new();
        for (_, from, to) in places(self.offer) {
            let tried = match known.remove(&(from, to)) {
                Some(tried) => {
                    self.steps.starved |= self.steps.left < tried.spent;
                    self.steps.left = self.steps.left.saturating_sub(tried.spent);
                    tried
                }
                None => {
                    let before = self.steps.left;
                    let negative = self.change(from, to);
                    Tried { negative, spent: before - self.steps.left }
                }
            };
            all.insert((from, to), tried);
        }
        (all, self.steps.starved)
    }

    fn change(&mut self, from: usize, to: usize) -> Option<UpgradeNegative> {
        let offer = self.offer;
        let mut found: Option<UpgradeNegative> = None;
        for &term in &offer.editions[from].terms {
            for edition in [from, to] {
                let compile = || Compiled::new(offer, &offer.editions[edition], term);
                self.compiled.entry((edition, term)).or_insert_with(compile);
            }
            match &mut found {
                // The witness is there: whether there is another one is all that is asked.
                Some(found) => found.terms.extend(self.change_for(from, to, term).map(|_| term)),
                None => found = self.change_for(from, to, term),
            }
        }
        found
    }

    fn change_for(&mut self, from: usize, to: usize, term: Term) -> Option<UpgradeNegative> {
        let (old, new) = (self.compiled.get(&(from, term))?, self.compiled.get(&(to, term))?);
        let slots = slots::slots(old, new, from == to);
        self.steps.used += slots.iter().map(|slot| slot.runs.len() as u64).sum::<u64>();
        let search = Search::new(slots, old, new, self.offer.price_cap)?;
        let choices = search.run(&mut self.steps)?;
        let chosen = || search.slots.iter().zip(&choices).map(|(slot, (run, n))| (slot, &slot.runs[*run], *n));
        let has = chosen().filter_map(|(slot, run, n)| Some((slot.old?, run.old.pick(n)?)));
        let gets = chosen().filter_map(|(slot, run, n)| Some((slot.new?, run.new.pick(n)?)));
        let old_selection = self.selection(from, term, has);
        let new_selection = self.selection(to, term, gets);
        let old_price = old.table.price(&old_selection.picks).ok()?;
        let new_price = new.table.price(&new_selection.picks).ok()?;
        let difference = new_price - old_price;
        (difference < Fen::ZERO).then(|| UpgradeNegative {
            old: old_selection.to_file(self.offer),
            new: new_selection.to_file(self.offer),
            old_price,
            new_price,
            difference,
            terms: vec![term],
        })
    }

    /// The selection with these picks, by index of the charge.
    fn selection(&self, edition: usize, term: Term, chosen: impl Iterator<Item = (usize, Pick)>) -> Selection {
        let mut selection = smallest(self.offer, edition, Some(term));
        for (charge, pick) in chosen {
            selection.picks[charge] = pick;
        }
        selection
    }
}

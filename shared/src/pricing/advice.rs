//! Advice: where the same or more costs less. Never less than was asked for.

use serde::Serialize;

use super::{Pick, Selection, total};
use crate::calendar::{DayCount, Term, Timestamp, span};
use crate::catalog::{ChargeKind, Offer, PriceKind};
use crate::money::Fen;

/// One piece of advice on a selection, with what it saves on the total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "advice", rename_all = "snake_case")]
pub enum Advice {
    /// More units of a charge cost less: the cheapest quantity at or above the asked one.
    BuyMore {
        /// The charge's key.
        charge: String,
        /// The quantity asked for.
        asked: u32,
        /// The quantity that costs less.
        buy: u32,
        /// What it costs in all.
        total: Fen,
        /// How much less that is.
        saves: Fen,
    },
    /// Other terms of the same length cost less: the first bought now, the others renewed one after the other.
    SplitTerm {
        /// The terms in the order in which they are bought.
        terms: Vec<Term>,
        /// What they cost in all.
        total: Fen,
        /// How much less that is than the asked term.
        saves: Fen,
    },
    /// The asked term already costs less than the same length in shorter ones.
    LongerPays {
        /// The shorter term.
        than: Term,
        /// How many of it make the same length.
        times: u32,
        /// What those would cost in all.
        total: Fen,
        /// How much less the asked term costs.
        saves: Fen,
    },
}

/// All advice on a valid selection bought at `at`, quantities first. Empty where nothing can be bettered, or where a price
/// is past its limits.
pub fn advice(offer: &Offer, selection: &Selection, at: Timestamp) -> Vec<Advice> {
    let Ok(asked) = total(offer, selection, PriceKind::New) else { return Vec::new() };
    let mut advice = more_for_less(offer, selection, asked);
    advice.extend(Arrangements::new(offer, selection, at).and_then(|terms| terms.advice(asked)));
    advice
}

/// A charge gets cheaper with more units at the beginning of a tier only: within a tier, more never costs less.
fn more_for_less(offer: &Offer, selection: &Selection, asked_total: Fen) -> Vec<Advice> {
    let charges = &offer.editions[selection.edition].charges;
    let mut advice = Vec::new();
    for (index, (charge, pick)) in charges.iter().zip(&selection.picks).enumerate() {
        let (ChargeKind::Quantity(quantity), Pick::Quantity(asked)) = (&charge.kind, *pick) else { continue };
        let mut other = selection.clone();
        let candidates = quantity.tiers.iter().map(|tier| tier.from).filter(|from| *from > asked);
        let priced = candidates.filter_map(|buy| {
            other.picks[index] = Pick::Quantity(buy);
            Some((total(offer, &other, PriceKind::New).ok()?, buy))
        });
        // At the same price, more is better: the key orders by price, then by the larger quantity.
        let best = priced.min_by_key(|(total, buy)| (*total, core::cmp::Reverse(*buy)));
        if let Some((total, buy)) = best.filter(|(total, _)| *total < asked_total) {
            let saves = asked_total - total;
            advice.push(Advice::BuyMore { charge: charge.key.clone(), asked, buy, total, saves });
        }
    }
    advice
}

/// The ways to make up the asked term from the terms sold.
struct Arrangements<'a> {
    asked: Term,
    end: Timestamp,
    at: Timestamp,
    day_count: DayCount,
    offer: &'a Offer,
    /// Each term sold that is shorter than the asked one, with its price at purchase and at renewal.
    shorter: Vec<(Term, Fen, Fen)>,
}

impl<'a> Arrangements<'a> {
    fn new(offer: &'a Offer, selection: &Selection, at: Timestamp) -> Option<Self> {
        let asked = selection.term?;
        let day_count = offer.subscription_rules()?.day_count;
        let end = span(at, None, asked, offer.gift_days(asked), day_count)?.end;
        let price = |term, kind| {
            let other = Selection { term: Some(term), ..selection.clone() };
            total(offer, &other, kind).ok()
        };
        let sold = offer.editions[selection.edition].terms.iter().copied().filter(|term| *term < asked);
        let shorter =
            sold.filter_map(|term| Some((term, price(term, PriceKind::New)?, price(term, PriceKind::Renew)?)));
        Some(Self { asked, end, at, day_count, offer, shorter: shorter.collect() })
    }

    /// Whether terms bought one after the other reach the end of the asked one.
    fn long_enough(&self, terms: &[Term]) -> bool {
        let mut start = self.at;
        let mut anchor = None;
        for term in terms {
            let Some(next) = span(start, anchor, *term, self.offer.gift_days(*term), self.day_count) else {
                return false;
            };
            (start, anchor) = (next.end, Some(next.anchor_day));
        }
        start >= self.end
    }

    /// The cheapest renewals for exactly so many months, by dynamic programming over 0 … `most` months.
    fn cheapest_renewals(&self, most: usize) -> Vec<Option<(Fen, Vec<Term>)>> {
        let mut best: Vec<Option<(Fen, Vec<Term>)>> = vec![Some((Fen::ZERO, Vec::new()))];
        for months in 1..=most {
            let candidates = self.shorter.iter().filter_map(|(term, _, renew)| {
                let rest = months.checked_sub(term.months() as usize)?;
                let (cost, terms) = best[rest].as_ref()?;
                Some((cost.plus(*renew).ok()?, *term, terms))
            });
            // Fewer renewals are less work where the price is the same.
            let chosen = candidates.min_by_key(|(cost, _, terms)| (*cost, terms.len()));
            let extended = chosen.map(|(cost, term, terms)| {
                let mut terms = terms.clone();
                terms.push(term);
                (cost, terms)
            });
            best.push(extended);
        }
        best
    }

    /// The cheapest arrangement, if it is cheaper than `asked` and not shorter in days.
    fn split(&self, asked: Fen) -> Option<Advice> {
        let months = self.asked.months() as usize;
        let renewals = self.cheapest_renewals(months);
        let candidates = self.shorter.iter().filter_map(|(first, new, _)| {
            let (rest, terms) = renewals[months - first.months() as usize].as_ref()?;
            let terms: Vec<Term> = core::iter::once(*first).chain(terms.iter().copied()).collect();
            Some((new.plus(*rest).ok()?, terms))
        });
        let fitting = candidates.filter(|(total, terms)| *total < asked && self.long_enough(terms));
        let (total, terms) = fitting.min_by_key(|(total, terms)| (*total, terms.len()))?;
        Some(Advice::SplitTerm { terms, total, saves: asked - total })
    }

    /// What the asked term saves against the longest-known comparison: as many of the shortest term.
    fn longer_pays(&self, asked: Fen) -> Option<Advice> {
        let whole = self.shorter.iter().filter(|(term, ..)| self.asked.months().is_multiple_of(term.months()));
        let &(than, new, renew) = whole.min_by_key(|(term, ..)| *term)?;
        let times = self.asked.months() / than.months();
        let total = renew.times(i64::from(times) - 1).and_then(|rest| new.plus(rest)).ok()?;
        (total > asked).then(|| Advice::LongerPays { than, times, total, saves: total - asked })
    }

    fn advice(&self, asked: Fen) -> Option<Advice> {
        self.split(asked).or_else(|| self.longer_pays(asked))
    }
}

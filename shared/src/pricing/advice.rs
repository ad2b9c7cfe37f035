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
    let table = selection.table(offer, PriceKind::New);
    let mut advice = Vec::new();
    for (index, (charge, pick)) in charges.iter().zip(&selection.picks).enumerate() {
        let (ChargeKind::Quantity(quantity), Pick::Quantity(asked)) = (&charge.kind, *pick) else { continue };
        let mut picks = selection.picks.clone();
        let candidates = quantity.tiers.iter().map(|tier| tier.from).filter(|from| *from > asked);
        let priced = candidates.filter_map(|buy| {
            picks[index] = Pick::Quantity(buy);
            Some((table.total(&picks, selection.count).ok()?, buy))
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

/// The ways to make up the asked term from shorter ones.
struct Arrangements<'a> {
    asked: Term,
    end: Timestamp,
    at: Timestamp,
    day_count: DayCount,
    offer: &'a Offer,
    /// The terms sold that are shorter than the asked one.
    shorter: Vec<Shorter>,
}

/// A shorter term and what it brings.
#[derive(Clone, Copy)]
struct Shorter {
    term: Term,
    new: Fen,
    renew: Fen,
    /// Its days that a calendar does not fix: all of them by fixed count, else the gift days.
    days: u32,
}

/// Terms bought one after the other, by how many of each of [`Arrangements::shorter`].
#[derive(Clone, Copy)]
struct Way {
    cost: Fen,
    days: u32,
    times: [u8; 14],
}

impl Way {
    const NOTHING: Self = Self { cost: Fen::ZERO, days: 0, times: [0; 14] };

    /// With one more of the shorter term at `index`.
    fn with(mut self, index: usize, cost: Fen, days: u32) -> Option<Self> {
        self.cost = self.cost.plus(cost).ok()?;
        self.days += days;
        self.times[index] += 1;
        Some(self)
    }

    fn purchases(&self) -> u32 {
        self.times.iter().map(|n| u32::from(*n)).sum()
    }

    /// Cheapest first, then longest, then the fewest purchases.
    fn rank(&self) -> (Fen, core::cmp::Reverse<u32>, u32) {
        (self.cost, core::cmp::Reverse(self.days), self.purchases())
    }
}

/// Only ways that no other beats in both cost and days, cheapest first.
fn undominated(mut ways: Vec<Way>) -> Vec<Way> {
    ways.sort_by_key(Way::rank);
    let mut kept: Vec<Way> = Vec::new();
    for way in ways {
        if kept.last().is_none_or(|last| way.days > last.days) {
            kept.push(way);
        }
    }
    kept
}

impl<'a> Arrangements<'a> {
    fn new(offer: &'a Offer, selection: &Selection, at: Timestamp) -> Option<Self> {
        let asked = selection.term?;
        let day_count = offer.subscription_rules()?.day_count;
        let end = span(at, None, asked, offer.gift_days(asked), day_count)?.end;
        let price = |term, kind| total(offer, &Selection { term: Some(term), ..selection.clone() }, kind).ok();
        let sold = offer.editions[selection.edition].terms.iter().copied().filter(|term| *term < asked);
        let shorter = sold.filter_map(|term| {
            let base = match day_count {
                DayCount::Calendar => 0,
                DayCount::Fixed => term.fixed_days(),
            };
            let days = base + offer.gift_days(term);
            Some(Shorter { term, new: price(term, PriceKind::New)?, renew: price(term, PriceKind::Renew)?, days })
        });
        Some(Self { asked, end, at, day_count, offer, shorter: shorter.collect() })
    }

    /// The terms of a way in the order in which they are bought: `first`, then the longest first.
    fn terms(&self, first: usize, way: &Way) -> Vec<Term> {
        let mut rest = Vec::new();
        for (index, shorter) in self.shorter.iter().enumerate() {
            let times = way.times[index] - u8::from(index == first);
            rest.extend((0..times).map(|_| shorter.term));
        }
        rest.sort_unstable_by(|a, b| b.cmp(a));
        rest.insert(0, self.shorter[first].term);
        rest
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

    /// The undominated ways to renew for exactly 0 … `most` months.
    fn renewals(&self, most: usize) -> Vec<Vec<Way>> {
        let mut ways = vec![vec![Way::NOTHING]];
        for months in 1..=most {
            let longer = self.shorter.iter().enumerate().flat_map(|(index, shorter)| {
                let rest = months.checked_sub(shorter.term.months() as usize);
                let before = rest.map_or(&[][..], |rest| &ways[rest]);
                before.iter().filter_map(move |way| way.with(index, shorter.renew, shorter.days))
            });
            let longer = undominated(longer.collect());
            ways.push(longer);
        }
        ways
    }

    /// The cheapest arrangement that is cheaper than `asked_total` and not shorter by a second.
    fn split(&self, asked_total: Fen) -> Option<Advice> {
        let months = self.asked.months() as usize;
        let renewals = self.renewals(months);
        let firsts = self.shorter.iter().enumerate().flat_map(|(index, shorter)| {
            let rest = &renewals[months - shorter.term.months() as usize];
            rest.iter().filter_map(move |way| Some((index, way.with(index, shorter.new, shorter.days)?)))
        });
        let mut cheaper: Vec<(usize, Way)> = firsts.filter(|(_, way)| way.cost < asked_total).collect();
        cheaper.sort_by_key(|(_, way)| way.rank());
        cheaper.iter().find_map(|(first, way)| {
            let terms = self.terms(*first, way);
            let saves = asked_total - way.cost;
            self.long_enough(&terms).then_some(Advice::SplitTerm { terms, total: way.cost, saves })
        })
    }

    /// What the asked term saves against buying the shortest term that divides it again and again.
    fn longer_pays(&self, asked_total: Fen) -> Option<Advice> {
        let whole = self.shorter.iter().filter(|shorter| self.asked.months().is_multiple_of(shorter.term.months()));
        let shortest = whole.min_by_key(|shorter| shorter.term)?;
        let times = self.asked.months() / shortest.term.months();
        let rest = shortest.renew.times(i64::from(times) - 1).ok()?;
        let total = shortest.new.plus(rest).ok()?;
        let than = shortest.term;
        (total > asked_total).then(|| Advice::LongerPays { than, times, total, saves: total - asked_total })
    }

    fn advice(&self, asked_total: Fen) -> Option<Advice> {
        self.split(asked_total).or_else(|| self.longer_pays(asked_total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{At, Node};
    use crate::pricing::{RawSelection, SelectionRules};
    use crate::violation::Report;

    fn advise(terms: &str, prices: &str, offers: &str, term: &str) -> Vec<Advice> {
        let config = format!(
            r#"{{"sale_mode":"subscription","day_count":"calendar","change_modes":["co_term"],"term_offers":{offers},
            "editions":[{{"code":"a","name":"a","terms":{terms},"price":{prices}}}]}}"#
        );
        let offer = Offer::parse(&config).expect("a valid configuration");
        let request = format!(r#"{{"edition":"a","term":"{term}"}}"#);
        let node = Node::parse(&request).expect("JSON");
        let (at, mut report) = (At::ROOT, Report::default());
        let raw = RawSelection::read(&node, &["edition", "term"], &at, &mut report).expect("a selection");
        let rules = SelectionRules { at: &at, term_at: Some(&at), hidden_allowed: false, limits: true };
        let selection = Selection::check(&offer, &raw, rules, &mut report).expect("a valid selection");
        advice(&offer, &selection, "2026-01-31T10:00:00+08:00".parse().expect("an instant"))
    }

    const DEAR_YEAR: &str = r#"{"new":{"month":"1","year":"20"},"renew":{"month":"1.5","year":"20"}}"#;

    #[test]
    fn a_year_is_split_into_cheaper_terms_the_first_at_purchase_prices() {
        let split = advise(r#"["P1M","P6M","P1Y"]"#, DEAR_YEAR, "[]", "P1Y");
        let six = "P6M".parse().expect("a term");
        let total = Fen::new(600 + 900);
        assert_eq!(split, [Advice::SplitTerm { terms: vec![six, six], total, saves: Fen::new(500) }]);
    }

    #[test]
    fn a_split_never_loses_gift_days() {
        let gift = r#"[{"min_term":"P1Y","gift_days":1}]"#;
        assert_eq!(advise(r#"["P1M","P1Y"]"#, DEAR_YEAR, gift, "P1Y"), []);
        let gifts = r#"[{"min_term":"P6M","gift_days":1},{"min_term":"P1Y","gift_days":2}]"#;
        let split = advise(r#"["P1M","P6M","P1Y"]"#, DEAR_YEAR, gifts, "P1Y");
        assert!(matches!(&split[..], [Advice::SplitTerm { terms, .. }] if terms.len() == 2), "{split:?}");
    }

    #[test]
    fn a_longer_term_that_pays_says_so() {
        let prices = r#"{"new":{"month":"1","year":"10"},"renew":{"month":"1","year":"10"}}"#;
        let pays = advise(r#"["P1M","P1Y"]"#, prices, "[]", "P1Y");
        let than = "P1M".parse().expect("a term");
        let (total, saves) = (Fen::new(1200), Fen::new(200));
        assert_eq!(pays, [Advice::LongerPays { than, times: 12, total, saves }]);
    }
}

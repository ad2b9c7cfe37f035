//! Advice: where the same or more costs less. Never less than was asked for.

use core::cmp::Reverse;
use std::collections::BTreeMap;

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
        let best = priced.min_by_key(|(total, buy)| (*total, Reverse(*buy)));
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

/// A shorter term and what it costs.
#[derive(Clone, Copy)]
struct Shorter {
    term: Term,
    new: Fen,
    renew: Fen,
}

/// Terms bought one after the other. Ordered by what is better: cheaper, fewer, the longer ones first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    cost: Fen,
    purchases: usize,
    terms: Reverse<Vec<Term>>,
}

impl Way {
    const NOTHING: Self = Self { cost: Fen::ZERO, purchases: 0, terms: Reverse(Vec::new()) };

    fn with(&self, term: Term, cost: Fen) -> Option<Self> {
        let terms = self.terms.0.iter().copied().chain([term]).collect();
        Some(Self { cost: self.cost.plus(cost).ok()?, purchases: self.purchases + 1, terms: Reverse(terms) })
    }
}

/// The best way to each place in time. Ways that come to the same end and anchor go on alike; the order of terms may
/// matter, since gift days and short months move them (rule M4).
type Ways = BTreeMap<(Timestamp, Option<u8>), Way>;

impl<'a> Arrangements<'a> {
    fn new(offer: &'a Offer, selection: &Selection, at: Timestamp) -> Option<Self> {
        let asked = selection.term?;
        let day_count = offer.subscription_rules()?.day_count;
        let end = span(at, None, asked, offer.gift_days(asked), day_count)?.end;
        let price = |term, kind| total(offer, &Selection { term: Some(term), ..selection.clone() }, kind).ok();
        let sold = offer.editions[selection.edition].terms.iter().copied().filter(|term| *term < asked);
        let shorter = sold.filter_map(|term| {
            Some(Shorter { term, new: price(term, PriceKind::New)?, renew: price(term, PriceKind::Renew)? })
        });
        Some(Self { asked, end, at, day_count, offer, shorter: shorter.collect() })
    }

    /// Adds to `ways` what one more term makes of `way`, which ends at `start`.
    fn extend(&self, way: &Way, (start, anchor): (Timestamp, Option<u8>), asked_total: Fen, ways: &mut [Ways]) {
        for Shorter { term, new, renew } in &self.shorter {
            let Some(ways) = ways.get_mut(term.months() as usize - 1) else { continue };
            let cost = if way.purchases == 0 { *new } else { *renew };
            let Some(longer) = way.with(*term, cost).filter(|longer| longer.cost < asked_total) else { continue };
            let Some(next) = span(start, anchor, *term, self.offer.gift_days(*term), self.day_count) else { continue };
            let known = ways.entry((next.end, Some(next.anchor_day))).or_insert_with(|| longer.clone());
            if longer < *known {
                *known = longer;
            }
        }
    }

    /// The best arrangement that is cheaper than `asked_total` and not shorter by a second, of all there are.
    fn split(&self, asked_total: Fen) -> Option<Advice> {
        let mut ways = vec![Ways::new(); self.asked.months() as usize + 1];
        ways[0].insert((self.at, None), Way::NOTHING);
        for months in 0..ways.len() - 1 {
            let (before, after) = ways.split_at_mut(months + 1);
            for (place, way) in &before[months] {
                self.extend(way, *place, asked_total, after);
            }
        }
        let arrived = ways.pop()?.into_iter().filter(|((end, _), _)| *end >= self.end);
        let best = arrived.map(|(_, way)| way).min()?;
        Some(Advice::SplitTerm { terms: best.terms.0, total: best.cost, saves: asked_total - best.cost })
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

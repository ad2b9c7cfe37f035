//! What is about changes and the rules for them.

use std::collections::{BTreeMap, BTreeSet};

use shared::calendar::{Offset, Term, Timestamp};
use shared::catalog::{Basis, Edition, PriceKind};
use shared::lifecycle::{ChangeMode, Segment, SegmentKind, Subscription, change};
use shared::money::Fen;
use shared::pricing::{Pick, PriceTable};
use shared::warnings::{Finding, UpgradeNegative, Warning};

use super::{Brute, of, selections};

/// Whether `old` may become `new` (rule L10).
fn may_become(
    old: (&Edition, &[Pick]),
    new: (&Edition, &[Pick]),
    same: bool,
    option: &dyn Fn(usize, usize) -> i64,
) -> bool {
    new.0.charges.iter().zip(new.1).enumerate().all(|(c, (charge, wanted))| {
        let now = old.0.charges.iter().zip(old.1).find(|(known, _)| known.key == charge.key).map(|(_, pick)| pick);
        match (now, wanted) {
            (Some(Pick::Quantity(now)), Pick::Quantity(wanted)) => wanted >= now,
            (Some(Pick::Value(now)), Pick::Value(wanted)) if same => option(c, *wanted) >= option(c, *now),
            _ => true,
        }
    })
}

impl Brute<'_> {
    fn co_term(&self) -> bool {
        self.offer.subscription_rules().is_some_and(|rules| rules.change_modes.co_term)
    }

    pub(super) fn negative(&mut self, found: &[Warning]) {
        let mut tried = BTreeMap::new();
        let expansions = (0..self.offer.editions.len()).filter(|&e| !self.offer.editions[e].hidden);
        let expansions = expansions.map(|e| (format!("/editions/{e}"), e, e));
        let upgrades = self.visible_rules().into_iter().map(|(i, from, to)| (format!("/upgrades/{i}"), from, to));
        if self.co_term() {
            for (place, from, to) in expansions.chain(upgrades) {
                let terms = &self.offer.editions[from].terms;
                let negative: Vec<Term> =
                    terms.iter().copied().filter(|term| self.is_negative(from, to, *term)).collect();
                if !negative.is_empty() {
                    tried.insert(place, negative.iter().map(Term::to_string).collect::<Vec<_>>());
                }
            }
        }
        let found =
            of(found, |finding| if let Finding::UpgradeNegative(found) = finding { Some(&**found) } else { None });
        for (at, negative) in &found {
            self.really_due_nothing(at, negative);
        }
        let found = found
            .iter()
            .map(|(at, negative)| ((*at).to_owned(), negative.terms.iter().map(Term::to_string).collect::<Vec<_>>()));
        self.expect_all("upgrade_negative", found.collect(), tried.into_iter().collect());
    }

    fn is_negative(&self, from: usize, to: usize, term: Term) -> bool {
        let basis = Basis::Term(PriceKind::New, term);
        let (old, new) = (&self.offer.editions[from], &self.offer.editions[to]);
        let (old_table, new_table) = (PriceTable::new(self.offer, old, basis), PriceTable::new(self.offer, new, basis));
        let priced = |edition: &Edition, table: &PriceTable| {
            let all = selections(edition).into_iter();
            all.filter_map(|picks| Some((table.price(&picks).ok()?, picks))).collect::<Vec<_>>()
        };
        let (olds, news) = (priced(old, &old_table), priced(new, &new_table));
        let option =
            |charge: usize, value: usize| new_table.charge(charge, Pick::Value(value)).expect("it is there").fen();
        olds.iter().any(|(old_price, has)| {
            news.iter().any(|(new_price, wants)| {
                new_price < old_price && may_become((old, has), (new, wants), from == to, &option)
            })
        })
    }

    /// Asks the lifecycle itself: the change is allowed, its difference is below zero, and nothing is due.
    fn really_due_nothing(&mut self, at: &str, negative: &UpgradeNegative) {
        let start = Timestamp::from_unix(1_800_000_000, Offset::CHINA).expect("it is there");
        let term = negative.terms[0];
        let segment = Segment {
            start,
            end: start.plus_seconds(86_400 * 31).expect("it is there"),
            paid: negative.old_price,
            kind: SegmentKind::Paid(PriceKind::New, term),
            gift_days: 0,
            term_seconds: 86_400 * 31,
        };
        let subscription = Subscription {
            edition: negative.old.edition.clone(),
            quantities: negative.old.quantities.clone(),
            options: negative.old.options.clone(),
            trial: false,
            anchor_day: 1,
            segments: vec![segment],
        };
        let quote = change(self.offer, &subscription, &negative.new.as_raw(), ChangeMode::CoTerm, start, None);
        let difference = negative.new_price - negative.old_price;
        let due = quote.map(|quote| {
            let shared::pricing::Why::Difference { prices, .. } = &quote.lines[0].why else { panic!("{quote:#?}") };
            (quote.due, prices[0].old, prices[0].new)
        });
        self.expect(at, due, Ok((Fen::ZERO, negative.old_price, negative.new_price)));
        self.expect(at, (difference < Fen::ZERO, difference), (true, negative.difference));
        self.expect(at, (negative.old.term, negative.new.term), (Some(term), Some(term)));
    }

    pub(super) fn different_charges(&mut self, found: &[Warning]) {
        let keys =
            |e: usize| self.offer.editions[e].charges.iter().map(|charge| charge.key.clone()).collect::<BTreeSet<_>>();
        let rules = self.visible_rules().into_iter().map(|(i, from, to)| {
            let only = |a: usize, b: usize| keys(a).difference(&keys(b)).cloned().collect::<BTreeSet<_>>();
            (format!("/upgrades/{i}"), only(from, to), only(to, from))
        });
        let tried = rules.filter(|(_, only_from, only_to)| !(only_from.is_empty() && only_to.is_empty())).collect();
        let found = of(found, |finding| match finding {
            Finding::UpgradeBetweenDifferentCharges(found) => Some(found),
            _ => None,
        });
        let set = |keys: &[String]| keys.iter().cloned().collect::<BTreeSet<_>>();
        let found = found.iter().map(|(at, d)| ((*at).to_owned(), set(&d.only_from), set(&d.only_to)));
        self.expect_all("upgrade_between_different_charges", found.collect(), tried);
    }

    /// All simple loops, tried one by one; the shortest of those whose editions reach one another.
    pub(super) fn loops(&mut self, found: &[Warning]) {
        let rules = self.visible_rules();
        let mut loops: Vec<Vec<usize>> = Vec::new();
        let mut paths: Vec<Vec<usize>> = (0..self.offer.editions.len()).map(|e| vec![e]).collect();
        while let Some(path) = paths.pop() {
            for (_, _, to) in rules.iter().filter(|(_, from, _)| Some(from) == path.last()) {
                let longer: Vec<usize> = path.iter().chain([to]).copied().collect();
                if *to == path[0] {
                    loops.push(longer);
                } else if !path.contains(to) {
                    paths.push(longer);
                }
            }
        }
        // Loops that share an edition are of one component; merge until nothing changes.
        let mut components: Vec<BTreeSet<usize>> = Vec::new();
        for found in &loops {
            let mut merged: BTreeSet<usize> = found.iter().copied().collect();
            components.retain(|component| {
                let shares = !component.is_disjoint(&merged);
                if shares {
                    merged.extend(component);
                }
                !shares
            });
            components.push(merged);
        }
        let found = of(found, |finding| if let Finding::UpgradeLoop(found) = finding { Some(found) } else { None });
        self.expect("loops", found.len(), components.len());
        for component in components {
            let shortest =
                loops.iter().filter(|path| component.contains(&path[0])).map(Vec::len).min().expect("it is there");
            let codes =
                |path: &Vec<usize>| path.iter().map(|e| self.offer.editions[*e].code.clone()).collect::<Vec<_>>();
            let known = found.iter().any(|(at, named)| {
                loops.iter().any(|path| {
                    let first = rules.iter().find(|(_, from, to)| [*from, *to] == path[..2]).expect("it is there");
                    path.len() == shortest && codes(path) == named.editions && *at == format!("/upgrades/{}", first.0)
                })
            });
            self.expect("a shortest loop is named", known, true);
        }
    }

    pub(super) fn short_terms(&mut self, found: &[Warning]) {
        let mut tried = BTreeSet::new();
        for (i, from, to) in self.visible_rules() {
            let months =
                |e: usize| self.offer.editions[e].terms.iter().map(|term| term.months()).collect::<BTreeSet<_>>();
            let shortest = *months(to).first().expect("it is there");
            let short: Vec<u32> = months(from).into_iter().filter(|term| *term < shortest).collect();
            if self.co_term() && !short.is_empty() {
                tried.insert((format!("/upgrades/{i}"), short, shortest));
            }
        }
        let found =
            of(found, |finding| if let Finding::UpgradeShortTerm(found) = finding { Some(found) } else { None });
        let found = found.iter().map(|(at, short)| {
            (
                (*at).to_owned(),
                short.short.iter().map(|term| term.months()).collect::<Vec<_>>(),
                short.shortest.months(),
            )
        });
        self.expect_all("upgrade_short_term", found.collect(), tried);
    }
}

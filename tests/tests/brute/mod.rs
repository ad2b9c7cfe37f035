//! The definition of every warning, by trying out everything.

mod changes;
mod lines;

use std::collections::BTreeSet;
use std::fmt::Debug;

use shared::calendar::{Period, Term};
use shared::catalog::{Basis, ChargeKind, Edition, Offer, Per, PriceKind};
use shared::pricing::{Pick, PriceTable};
use shared::warnings::{Finding, Warning};

pub(crate) struct Brute<'a> {
    offer: &'a Offer,
    wrong: Vec<String>,
}

impl<'a> Brute<'a> {
    pub(crate) fn new(offer: &'a Offer) -> Self {
        Self { offer, wrong: Vec::new() }
    }

    /// Everything in `found` that is not so, and everything that is so and not in `found`.
    pub(crate) fn compare(mut self, found: &[Warning]) -> Vec<String> {
        self.tier_inversions(found);
        self.years(found);
        self.negative(found);
        self.renewals(found);
        self.cap_below(found);
        self.different_charges(found);
        self.loops(found);
        self.short_terms(found);
        self.cap_across(found);
        self.wrong
    }

    fn expect<T: Debug + PartialEq>(&mut self, what: &str, found: T, tried: T) {
        if found != tried {
            self.wrong.push(format!("{what}: found {found:?}, but by trying {tried:?}"));
        }
    }

    /// `found` and `tried` as sets.
    fn expect_all<T: Debug + Ord>(&mut self, what: &str, found: Vec<T>, tried: BTreeSet<T>) {
        let count = found.len();
        let found: BTreeSet<T> = found.into_iter().collect();
        if found.len() != count {
            self.wrong.push(format!("{what}: something twice in {found:?}"));
        }
        self.expect(what, found, tried);
    }

    fn kinds(&self) -> Vec<PriceKind> {
        if self.offer.subscription_rules().is_some() {
            vec![PriceKind::New, PriceKind::Renew]
        } else {
            vec![PriceKind::New]
        }
    }

    /// Every edition, kind of price, period that it charges, and basis of one such period.
    fn periods(&self) -> Vec<(usize, &'a Edition, PriceKind, Per, Basis)> {
        let mut all = Vec::new();
        for (e, edition) in self.offer.editions.iter().enumerate() {
            for kind in self.kinds() {
                if edition.terms.is_empty() {
                    all.push((e, edition, kind, Per::Once, Basis::Once));
                }
                if edition.terms.iter().any(|term| term.period() == Period::Month) {
                    all.push((e, edition, kind, Per::Month, Basis::Term(kind, "P1M".parse().expect("a term"))));
                }
                if edition.terms.iter().any(|term| term.period() == Period::Year) {
                    all.push((e, edition, kind, Per::Year, Basis::Term(kind, "P1Y".parse().expect("a term"))));
                }
            }
        }
        all
    }

    fn visible_rules(&self) -> Vec<(usize, usize, usize)> {
        let rules = self.offer.subscription_rules().map(|rules| rules.upgrades.clone()).unwrap_or_default();
        let visible = |e: usize| !self.offer.editions[e].hidden;
        let all = rules.iter().enumerate().map(|(i, rule)| (i, rule.from, rule.to));
        all.filter(|(_, from, to)| visible(*from) && visible(*to)).collect()
    }
}

/// What one charge's line is for `n`, if it can be bought.
fn line(table: &PriceTable, charge: usize, n: u32) -> Option<i64> {
    table.charge(charge, Pick::Quantity(n)).ok().map(shared::money::Fen::fen)
}

fn quantities(kind: &ChargeKind) -> Vec<u32> {
    match kind {
        ChargeKind::Quantity(quantity) => (quantity.minimum()..=quantity.maximum()).collect(),
        ChargeKind::Option(_) => Vec::new(),
    }
}

/// Every selection of an edition.
fn selections(edition: &Edition) -> Vec<Vec<Pick>> {
    let mut all: Vec<Vec<Pick>> = vec![Vec::new()];
    for charge in &edition.charges {
        let picks: Vec<Pick> = match &charge.kind {
            ChargeKind::Option(values) => (0..values.len()).map(Pick::Value).collect(),
            quantity @ ChargeKind::Quantity(_) => quantities(quantity).into_iter().map(Pick::Quantity).collect(),
        };
        let with = |chosen: &Vec<Pick>, pick: &Pick| chosen.iter().chain([pick]).copied().collect::<Vec<_>>();
        all = all.iter().flat_map(|chosen| picks.iter().map(move |pick| with(chosen, pick))).collect();
    }
    all
}

fn terms_of(edition: &Edition) -> Vec<Option<Term>> {
    if edition.terms.is_empty() { vec![None] } else { edition.terms.iter().copied().map(Some).collect() }
}

fn kind_name(kind: PriceKind) -> &'static str {
    if kind == PriceKind::New { "new" } else { "renew" }
}

fn of<'w, T>(found: &'w [Warning], pick: impl Fn(&'w Finding) -> Option<&'w T>) -> Vec<(&'w str, &'w T)> {
    found.iter().filter_map(|warning| Some((warning.at.as_str(), pick(&warning.finding)?))).collect()
}

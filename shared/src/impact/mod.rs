//! What another configuration would mean for services that run: each is renewed at its end for the term that it has now, under
//! the published configuration and under the other one.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use crate::api::{EditionImpact, Impact, ImpactSum};
use crate::calendar::Term;
use crate::catalog::Offer;
use crate::lifecycle::{SegmentKind, Subscription, renew};
use crate::money::Fen;

/// What a renewal costs does not depend on when it is: services that have the same pay the same.
#[derive(PartialEq, Eq, Hash)]
struct Renewed {
    edition: String,
    quantities: BTreeMap<String, u32>,
    options: BTreeMap<String, String>,
    term: Term,
}

/// What a renewal costs before and after; `None` where there is none.
type Totals = [Option<Fen>; 2];

/// Services weighed one by one.
pub struct Weighing<'o> {
    offers: [&'o Offer; 2],
    known: HashMap<Renewed, Totals>,
    all: ImpactSum,
    /// By the published configuration's editions.
    editions: Vec<ImpactSum>,
}

impl<'o> Weighing<'o> {
    /// Nothing weighed yet.
    pub fn new(published: &'o Offer, other: &'o Offer) -> Self {
        let editions = vec![ImpactSum::default(); published.editions.len()];
        Self { offers: [published, other], known: HashMap::new(), all: ImpactSum::default(), editions }
    }

    /// Adds a service that runs. Trials, and what was bought for good, are never renewed and count for nothing.
    pub fn add(&mut self, subscription: &Subscription) {
        let Some(SegmentKind::Paid(_, term)) = subscription.segments.last().map(|segment| segment.kind) else { return };
        let renewed = Renewed {
            edition: subscription.edition.clone(),
            quantities: subscription.quantities.clone(),
            options: subscription.options.clone(),
            term,
        };
        let offers = self.offers;
        let totals = *self.known.entry(renewed).or_insert_with(|| offers.map(|offer| total(offer, subscription, term)));
        self.all.add(totals);
        if let Some(edition) = self.offers[0].edition_index(&subscription.edition) {
            self.editions[edition].add(totals);
        }
    }

    /// What it comes to.
    pub fn done(self) -> Impact {
        let editions = self.offers[0].editions.iter().zip(self.editions);
        let editions = editions.filter(|(_, sum)| sum.services > 0);
        let named = |(edition, sum): (&crate::catalog::Edition, ImpactSum)| EditionImpact {
            code: edition.code.clone(),
            name: edition.name.clone(),
            sum,
        };
        Impact { all: self.all, editions: editions.map(named).collect() }
    }
}

/// What renewing it at its end costs.
fn total(offer: &Offer, subscription: &Subscription, term: Term) -> Option<Fen> {
    let quote = renew(offer, subscription, Some(&term.to_string()), subscription.end()?, None);
    quote.ok().map(|quote| quote.total)
}

impl ImpactSum {
    fn add(&mut self, totals: Totals) {
        self.services += 1;
        match totals {
            [None, _] => self.none += 1,
            [Some(_), None] => self.lost += 1,
            [Some(before), Some(after)] if after > before => {
                self.more += 1;
                self.more_by = self.more_by + (after - before);
            }
            [Some(before), Some(after)] if after < before => {
                self.less += 1;
                self.less_by = self.less_by + (before - after);
            }
            _ => self.same += 1,
        }
    }
}

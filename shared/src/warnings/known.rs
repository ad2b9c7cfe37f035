//! The warnings of one configuration after another, as somebody edits it: what an edit does not touch is not looked at again.
//!
//! What is about one edition follows from that edition and from the product's offers and cap; whether a change's difference
//! can be negative follows from its two editions besides. So both are kept, and found anew only where one of these is another
//! than before. The result is the same as that of looking at everything, always.

use std::collections::BTreeMap;

use super::negative::{self, Tried};
use super::{Found, Warning, cap, changes, prices, year};
use crate::catalog::{Offer, Sale};
use crate::json::At;

/// Finds warnings, and keeps what was found.
#[derive(Clone, Debug, Default)]
pub struct Known {
    last: Option<Last>,
}

/// What was found in a configuration.
#[derive(Clone, Debug)]
struct Last {
    root: String,
    offer: Offer,
    editions: Vec<OfEdition>,
    /// By the indexes of the editions that a change leads from and to.
    changes: BTreeMap<(usize, usize), Tried>,
}

/// The warnings about one edition: inversions, dearer years, dearer renewals, a cap below all, a cap across terms.
type OfEdition = [Vec<Warning>; 5];

const LOOKS: [fn(&mut Found<'_>); 5] =
    [prices::tier_inversions, year::dearer, prices::dearer_renewals, cap::below_minimum, cap::across_terms];

impl Known {
    /// Every warning about `offer`, as [`super::warnings`] finds them.
    pub fn warnings(&mut self, offer: &Offer, at: &At<'_>) -> Vec<Warning> {
        let root = at.to_string();
        let last = self.last.take().filter(|last| last.root == root && same_rules(&last.offer, offer));
        let (mut old_editions, mut old_changes) = (Vec::new(), BTreeMap::new());
        let mut same = vec![false; offer.editions.len()];
        if let Some(last) = last {
            for (same, (old, new)) in same.iter_mut().zip(last.offer.editions.iter().zip(&offer.editions)) {
                *same = old == new;
            }
            old_editions = last.editions;
            old_changes = last.changes;
            let is = |index: usize| same.get(index).copied().unwrap_or_default();
            old_changes.retain(|(from, to), _| is(*from) && is(*to));
        }
        old_editions.resize_with(offer.editions.len(), OfEdition::default);
        let editions = old_editions.into_iter().zip(same).enumerate();
        let editions: Vec<OfEdition> =
            editions.map(|(e, (old, same))| if same { old } else { of_edition(offer, &root, e) }).collect();
        let (tried, keep) = negative::try_all(offer, old_changes);
        let found = together(offer, &root, &editions, &tried);
        let changes = if keep { tried } else { BTreeMap::new() };
        self.last = Some(Last { root, offer: offer.clone(), editions, changes });
        found
    }
}

/// Whether all that an edition's warnings follow from besides is the same.
fn same_rules(old: &Offer, new: &Offer) -> bool {
    let sales = match (&old.sale, &new.sale) {
        (Sale::OneTime, Sale::OneTime) => true,
        (Sale::Subscription(old), Sale::Subscription(new)) => {
            (&old.term_offers, old.change_modes, old.day_count) == (&new.term_offers, new.change_modes, new.day_count)
        }
        _ => false,
    };
    sales && old.price_cap == new.price_cap
}

fn of_edition(offer: &Offer, root: &str, edition: usize) -> OfEdition {
    LOOKS.map(|look| {
        let mut found = Found { offer, root, only: Some(edition), warnings: Vec::new() };
        look(&mut found);
        found.warnings
    })
}

/// All of it in the order of S19.
fn together(
    offer: &Offer,
    root: &str,
    editions: &[OfEdition],
    tried: &BTreeMap<(usize, usize), Tried>,
) -> Vec<Warning> {
    let mut found = Found { offer, root, only: None, warnings: Vec::new() };
    let each = |found: &mut Found<'_>, look: usize| {
        found.warnings.extend(editions.iter().flat_map(|edition| &edition[look]).cloned());
    };
    each(&mut found, 0);
    each(&mut found, 1);
    negative::add(tried, &mut found);
    each(&mut found, 2);
    each(&mut found, 3);
    changes::between_different_charges(&mut found);
    changes::loops(&mut found);
    changes::short_terms(&mut found);
    each(&mut found, 4);
    found.warnings
}

//! Everything that a valid selection leads to, computed by [`shared`].

use std::sync::{Arc, OnceLock};

use shared::calendar::Timestamp;
use shared::catalog::{Offer, PriceKind};
use shared::json::At;
use shared::lifecycle::{Quote, purchase};
use shared::money::Fen;
use shared::pricing::{Advice, Pick, Selection, SelectionFile, advice, total};
use shared::violation::{Problem, Violation};

use super::draft::Draft;
use super::figure::{Figure, figures};

/// A valid selection and its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// The selection with names, as it is sent.
    pub file: SelectionFile,
    /// What it costs if bought now.
    pub quote: Quote,
    offer: Arc<Offer>,
    draft: Draft,
    selection: Selection,
    at: Timestamp,
    beside: OnceLock<Beside>,
}

/// What is shown beside the price. It is computed when it is first looked at: the price goes before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Where the same or more costs less.
    pub advice: Vec<Advice>,
    /// What the same wishes cost in each of the offer's editions; `None` where so much cannot be had, or it is hidden.
    pub in_editions: Vec<Option<Fen>>,
    /// The price curves, one for each quantity charge.
    pub figures: Vec<Figure>,
}

/// Prices `draft` as bought at `at`, or says everything that is wrong with it.
pub fn price(offer: &Arc<Offer>, draft: &Draft, at: Timestamp) -> Result<Priced, Vec<Violation>> {
    let selection = draft.check(offer)?;
    let quote = purchase(offer, &selection, at, None)
        .map_err(|_| vec![Violation::new(At::ROOT.key("selection"), &Problem::AmountOverflow)])?;
    Ok(Priced {
        file: selection.to_file(offer),
        quote,
        offer: offer.clone(),
        draft: draft.clone(),
        selection,
        at,
        beside: OnceLock::new(),
    })
}

impl Priced {
    /// What is shown beside the price.
    pub fn beside(&self) -> &Beside {
        let Self { offer, draft, selection, at, .. } = self;
        self.beside.get_or_init(|| Beside {
            advice: advice(offer, selection, *at),
            in_editions: in_editions(offer, draft, selection),
            figures: figures(offer, selection),
        })
    }
}

fn in_editions(offer: &Offer, draft: &Draft, selection: &Selection) -> Vec<Option<Fen>> {
    let costs = |(index, edition): (usize, &shared::catalog::Edition)| {
        if edition.hidden {
            return None;
        }
        if index == selection.edition {
            return total(offer, selection, PriceKind::New).ok();
        }
        let there = draft.in_edition(offer, index).check(offer).ok()?;
        // What fewer cost would be no comparison.
        if has_fewer(offer, &there, selection) { None } else { total(offer, &there, PriceKind::New).ok() }
    };
    offer.editions.iter().enumerate().map(costs).collect()
}

/// Whether `there` has less of a charge than `wished`.
fn has_fewer(offer: &Offer, there: &Selection, wished: &Selection) -> bool {
    let quantities = |selection: &Selection| -> Vec<(&str, u32)> {
        let charges = &offer.editions[selection.edition].charges;
        let found = charges.iter().zip(&selection.picks).filter_map(|(charge, pick)| match pick {
            Pick::Quantity(n) => Some((charge.key.as_str(), *n)),
            Pick::Value(_) => None,
        });
        found.collect()
    };
    let there = quantities(there);
    quantities(wished).iter().any(|(key, n)| there.iter().any(|(other, m)| other == key && m < n))
}

//! The price curve of a charge before and after.

use crate::catalog::{ChargeKind, Offer};
use crate::json::At;
use crate::pricing::{Curve, Selection, SelectionFile, SelectionRules, curve};
use crate::violation::Report;

/// Both curves, up to the same quantity, everything else as selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curves {
    /// Before; `None` where the selection could not be had.
    pub before: Option<Curve>,
    /// After; `None` where it cannot be had any more.
    pub after: Option<Curve>,
}

/// The curves of the quantity charge with the key `charge` for the edition, term, options and other quantities of
/// `selection`, to `until` units.
pub fn curves(before: &Offer, after: &Offer, selection: &SelectionFile, charge: &str, until: u32) -> Curves {
    let of = |offer: &Offer| {
        let found = read(offer, selection, charge)?;
        let charges = &offer.editions[found.edition].charges;
        curve(offer, &found, charges.iter().position(|known| known.key == charge)?, until)
    };
    Curves { before: of(before), after: of(after) }
}

/// The selection in `offer`, the charge's own quantity at its minimum there.
fn read(offer: &Offer, selection: &SelectionFile, charge: &str) -> Option<Selection> {
    let at = At::ROOT;
    let rules = SelectionRules { at: &at, term_at: Some(&at), hidden_allowed: false, limits: true };
    let edition = &offer.editions[offer.edition_index(&selection.edition)?];
    let known = edition.charges.iter().find(|known| known.key == charge)?;
    let ChargeKind::Quantity(quantity) = &known.kind else { return None };
    let mut selection = selection.clone();
    selection.quantities.insert(charge.to_owned(), quantity.minimum());
    Selection::check(offer, &selection.as_raw(), rules, &mut Report::default())
}

//! Prices of selections, each from a table compiled for it: for what is priced once.

use super::{InstancePrice, Pick, PriceTable, Selection};
use crate::calendar::Term;
use crate::catalog::{Basis, Edition, Offer, PriceKind};
use crate::money::{Fen, Overflow};

impl Selection {
    /// What it is priced on, at the prices of `kind`.
    pub fn basis(&self, kind: PriceKind) -> Basis {
        self.term.map_or(Basis::Once, |term| Basis::Term(kind, term))
    }

    /// The table that it is priced from, at the prices of `kind`.
    pub fn table(&self, offer: &Offer, kind: PriceKind) -> PriceTable {
        PriceTable::new(offer, &offer.editions[self.edition], self.basis(kind))
    }
}

/// The total of a valid selection at purchase or renewal prices (rule Q2).
pub fn total(offer: &Offer, selection: &Selection, kind: PriceKind) -> Result<Fen, Overflow> {
    selection.table(offer, kind).total(&selection.picks, selection.count)
}

/// The price of one instance on `basis` (rules Q2, Q3, S15, L7).
pub fn instance_price(
    offer: &Offer,
    edition: &Edition,
    picks: &[Pick],
    basis: Basis,
) -> Result<InstancePrice, Overflow> {
    PriceTable::new(offer, edition, basis).instance(picks)
}

/// What the selection's instance costs for `term` at the prices of `kind`, priced as rule L7 says.
pub fn priced_like(
    offer: &Offer,
    edition: &Edition,
    picks: &[Pick],
    kind: PriceKind,
    term: Term,
) -> Result<Fen, Overflow> {
    PriceTable::new(offer, edition, Basis::Term(kind, term)).price(picks)
}

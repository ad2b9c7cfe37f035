//! What a quotation is made of, whether for a new service or for one that runs.

use shared::api::{ChargeName, Names};
use shared::catalog::{ChargeKind, Edition};
use shared::lifecycle::Quote;
use shared::orders::OnService;
use shared::pricing::SelectionFile;

use super::request::Priced;

/// What a quotation is to say.
pub(super) struct Offered {
    pub(super) product: String,
    pub(super) product_name: String,
    pub(super) vendor: String,
    pub(super) revision: u32,
    pub(super) selection: SelectionFile,
    pub(super) names: Names,
    pub(super) on: Option<OnService>,
    pub(super) quote: Quote,
}

impl From<Priced> for Offered {
    fn from(priced: Priced) -> Self {
        let Priced { product, selection, quote, .. } = priced;
        Self {
            product: product.slug.clone(),
            product_name: product.text.name.clone(),
            vendor: product.text.vendor.clone(),
            revision: product.revision,
            selection: selection.to_file(&product.offer),
            names: names(&product.offer.editions[selection.edition]),
            on: None,
            quote,
        }
    }
}

/// What an edition and its charges are called.
pub(super) fn names(edition: &Edition) -> Names {
    let charge = |charge: &shared::catalog::Charge| ChargeName {
        key: charge.key.clone(),
        name: charge.name.clone(),
        unit: match &charge.kind {
            ChargeKind::Quantity(quantity) => quantity.unit.clone(),
            ChargeKind::Option(_) => String::new(),
        },
    };
    Names { edition: edition.name.clone(), charges: edition.charges.iter().map(charge).collect() }
}

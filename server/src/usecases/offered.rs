//! What a quotation is made of, whether for a new service or for one that runs.

use shared::api::Names;
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
            names: Names::of(&product.offer.editions[selection.edition]),
            on: None,
            quote,
        }
    }
}

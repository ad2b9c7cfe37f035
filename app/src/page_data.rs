//! What the server writes into the page besides its HTML: what the same view needs to take over.

use serde::Serialize;
use shared::api::VerifyKeys;
use shared::calendar::Timestamp;

use crate::storefront::quotation::seal::Sealed;

/// The id of the script element that holds it.
pub const ID: &str = "page-data";

/// What a quotation's page needs. A product's page has its [`shared::api::Product`], the home page its
/// [`shared::api::ProductList`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuotationData {
    /// What was signed.
    pub sealed: Sealed,
    /// The store's keys.
    pub keys: VerifyKeys,
    /// The server's time.
    pub now: Timestamp,
}

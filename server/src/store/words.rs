//! What a product was called, kept beside what was bought of it.

use serde::{Deserialize, Serialize};
use shared::api::Names;

/// The product's words at the time of an order, so that it can be read whatever the product is called later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The product's name.
    pub product_name: String,
    /// Who sells it.
    pub vendor: String,
    /// What the codes are called.
    pub names: Names,
}

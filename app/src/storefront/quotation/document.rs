//! What a quotation's signed text says.

use shared::api::Names;
use shared::calendar::Timestamp;
use shared::money::Fen;
use shared::orders::Intent;
use shared::pricing::{Line, SelectionFile};

/// A [`shared::api::Confirmed`], as far as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The quotation's id.
    pub id: String,
    /// The product's slug.
    pub product: String,
    /// The product's name at that time.
    pub product_name: String,
    /// Who sells it.
    pub vendor: String,
    /// What is quoted.
    pub selection: SelectionFile,
    /// What makes up the price of one instance.
    pub lines: Vec<Line>,
    /// The price of one instance.
    pub instance_price: Fen,
    /// How many instances.
    pub count: u8,
    /// What they cost.
    pub total: Fen,
    /// What of the service so far is lost (rule L8).
    pub forfeited: Fen,
    /// What is to be paid.
    pub due: Fen,
    /// The service that it renews or changes, by its id, and how.
    pub on: Option<(String, Intent)>,
    /// What renewing them costs; `None` for a one-time purchase.
    pub renewal_total: Option<Fen>,
    /// Days of service on top of the term.
    pub gift_days: u32,
    /// When the service ends if bought at once; `None` for a one-time purchase.
    pub end: Option<Timestamp>,
    /// The words that belong to the codes.
    pub names: Names,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Until when it can be ordered from.
    pub expires_at: Timestamp,
}

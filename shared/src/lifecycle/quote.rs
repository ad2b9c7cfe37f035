//! The quote: one value for the page, the API, the quotation and the ledger.

use serde::{Deserialize, Serialize};

use super::Subscription;
use crate::calendar::Timestamp;
use crate::money::Fen;
use crate::pricing::Line;

/// What a purchase, a renewal or a change costs, why, and what it leads to (rules Q2, Q4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The lines, for one instance; they add up to `instance_price` (less `credit` where there is one).
    pub lines: Vec<Line>,
    /// The price of one instance, or the sum of the differences.
    pub instance_price: Fen,
    /// How many instances.
    pub count: u8,
    /// `instance_price × count`.
    pub total: Fen,
    /// What is left of the service so far and taken into account (rule L8).
    pub credit: Fen,
    /// What of the credit is lost (rule L8).
    pub forfeited: Fen,
    /// What is to be paid: total − credit, not below 0.
    pub due: Fen,
    /// The same selection renewed for the same term, for all instances; `None` for a one-time purchase.
    pub renewal_total: Option<Fen>,
    /// Days of service on top of the term.
    pub gift_days: u32,
    /// When what is paid for begins.
    pub start: Timestamp,
    /// When the service ends then; `None` for a one-time purchase.
    pub end: Option<Timestamp>,
    /// The subscriptions once this is paid; only segments that end after now.
    pub after: Vec<Subscription>,
}

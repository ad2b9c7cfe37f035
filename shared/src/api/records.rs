//! What stands beside an order: invoices, and what else is kept of it after the sale (rules O5, O9).

use serde::{Deserialize, Serialize};

use super::Customer;
use crate::aftersale::{Complaint, Invoice, InvoiceKind, OfflineRefund, Opinion, Outcome, Review, Which};
use crate::money::Fen;

/// A record, with the words that belong to its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed<R> {
    /// The record.
    #[serde(flatten)]
    pub record: R,
    /// The product's name at the time of the order.
    pub product_name: String,
    /// Who sells it.
    pub vendor: String,
    /// The enterprise; for the ISV and the operator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Customer>,
}

/// Which records (rule O9); what is absent matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordQuery {
    /// The order's number, or how it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The product's slug.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The state's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// For the ISV and the operator: the enterprise's id, or a part of its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
}

/// Invoices, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceList {
    /// Those that match.
    pub invoices: Vec<Filed<Invoice>>,
    /// Where there are more: what to ask for as `after`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Asks for an invoice of a paid order (rule O5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoiceRequest {
    /// Of what kind.
    pub kind: InvoiceKind,
    /// Whom it is made out to: 1 to 100 characters.
    pub title: String,
    /// The buyer's tax number: see [`crate::aftersale::TaxNumber`].
    pub tax_number: String,
    /// Where it is sent.
    pub email: String,
}

/// Marks an invoice as issued; by the ISV.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoiceIssue {
    /// The invoice's own number.
    pub number: String,
}

/// Says why something is not done as it was asked for: 1 to 200 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rejection {
    /// Why, for the other side to read.
    pub reason: String,
}

/// A review with the words of its order.
pub type FiledReview = Filed<Review>;

/// Reviews, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewList {
    /// Those that match.
    pub reviews: Vec<FiledReview>,
    /// Where there are more: what to ask for as `after`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Reviews a paid purchase, or adds to its review (rule O6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewRequest {
    /// 1 to 5.
    pub stars: i64,
    /// 1 to 500 characters.
    pub text: String,
}

/// Answers a review; by the ISV.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewAnswer {
    /// Which of the two is answered.
    pub to: Which,
    /// 1 to 500 characters.
    pub text: String,
}

/// What is written about a product, the newest first; for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewPage {
    /// At most 20.
    pub reviews: Vec<PublicReview>,
    /// Where the next page begins: to be said as `before`. Absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A review as everybody may read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicReview {
    /// Its id.
    pub id: String,
    /// The beginning of the enterprise's name.
    pub customer: String,
    /// What was said first.
    pub first: Opinion,
    /// What was said later.
    pub follow_up: Option<Opinion>,
}

/// Which page of the reviews.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewPageQuery {
    /// The former page's `next`; absent, the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

/// Complaints, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintList {
    /// Those that match.
    pub complaints: Vec<Filed<Complaint>>,
    /// Where there are more: what to ask for as `after`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Complains of an order's ISV, or answers a complaint (rule O7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// 1 to 1000 characters.
    pub text: String,
}

/// Decides a complaint; by the operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplaintDecision {
    /// For whom.
    pub outcome: Outcome,
    /// Why, for both sides to read: 1 to 1000 characters.
    pub finding: String,
}

/// Offline refunds, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineList {
    /// Those that match.
    pub offline_refunds: Vec<Filed<OfflineRefund>>,
    /// Where there are more: what to ask for as `after`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Records what was agreed on of an order; by the ISV (rule O10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfflineRecord {
    /// How much: with what was confirmed before no more than was paid.
    pub amount: Fen,
    /// What was agreed on: 1 to 200 characters.
    pub note: String,
}

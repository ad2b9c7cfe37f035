//! After the sale (售后): invoices, reviews, complaints, and refunds agreed on outside the market (rules O5, O6, O7, O10).
//!
//! Steps as in [`crate::orders`]: what stands and the instant go in, the new state and its effects come out.
//!
//! ```text
//! Invoice:         request → withdraw | issue | reject
//! Review:          review → answer;  follow_up → answer
//! Complaint:       complain → (reply) → take_back | decide
//! OfflineRefund:   record → confirm | decline
//! ```

mod complaint;
mod invoice;
mod offline;
mod refusal;
mod review;
mod standing;
mod tax_number;

pub use complaint::{Complaint, ComplaintState, Outcome, complain, decide, reply, take_back};
pub use invoice::{Invoice, InvoiceKind, InvoiceState, NewInvoice, issue, may_request, reject, request, withdraw};
pub use offline::{OfflineRefund, OfflineState, confirm, confirmed, decline, may_record, paid_outside, record};
pub use refusal::Refused;
pub use review::{Answer, Opinion, Review, Stars, Which, answer, follow_up, review};
pub use standing::{Standing, masked};
pub use tax_number::{NotATaxNumber, TaxNumber};

use crate::money::Fen;
use crate::orders::{Order, OrderState};

/// What stands beside an order when something of this kind is to be made of it.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a, R> {
    /// Those of this kind that the order has.
    pub others: &'a [R],
    /// A refund of the order is under review (rule O4).
    pub refund_reviewed: bool,
}

impl<'a, R> Beside<'a, R> {
    /// These, and no refund under review.
    pub const fn only(others: &'a [R]) -> Self {
        Self { others, refund_reviewed: false }
    }
}

/// What an order is worth that was paid and not refunded; `None` where it is neither paid nor fulfilled.
pub fn paid_for(order: &Order) -> Option<Fen> {
    matches!(order.state, OrderState::Paid { .. } | OrderState::Fulfilled { .. }).then(|| order.amount.due())
}

/// A text as it is kept: without the white space around it, of 1 to `most` characters, none of which a page cannot show.
fn said(text: &str, most: usize) -> Option<String> {
    let text = text.trim();
    let sane = (1..=most).contains(&text.chars().count()) && !text.chars().any(|c| c.is_control() && c != '\n');
    sane.then(|| text.to_owned())
}

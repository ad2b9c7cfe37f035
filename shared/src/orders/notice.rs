//! What people are told (rule L5).

use serde::{Deserialize, Serialize};

use super::{Approval, CancelWhy, Effect};
use crate::aftersale::Outcome;
use crate::calendar::Timestamp;
use crate::money::Fen;

/// What a notice says. Ids are those of orders and services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "each field is the operand of a sentence that its variant's documentation says")]
pub enum NoticeKind {
    /// Buyer: the paid service ends soon, 7 days before it does.
    ServiceEnds { service: String, end: Timestamp },
    /// Buyer: the trial ends soon, 7 days before it does; at its start where it is no longer than that.
    TrialEnds { service: String, end: Timestamp },
    /// Buyer: the service has ended, and until when it can be renewed (a trial: bought).
    ServiceExpired { service: String, trial: bool, renewable_until: Timestamp },
    /// Buyer and ISV: the service is closed for good.
    ServiceClosed { service: String },
    /// Buyer: the service has been opened.
    ServiceOpened { service: String },
    /// Buyer: the ISV changed what the order costs.
    OrderRepriced { order: String, from: Fen, to: Fen, reason: String },
    /// Buyer: the order ended unpaid, and not by the buyer.
    OrderClosed { order: String, why: CancelWhy },
    /// Buyer: money that arrived for the order goes back.
    MoneyReturned { order: String, amount: Fen, why: ReturnWhy },
    /// Buyer: a transfer arrived that is too small; the rest is due until the order closes.
    TransferShort { order: String, received: Fen, missing: Fen, closes_at: Timestamp },
    /// ISV: an order was placed.
    OrderPlaced { order: String, amount: Fen },
    /// ISV: an order was paid; its services are to be opened.
    OrderPaid { order: String, amount: Fen },
    /// ISV: an enterprise began a trial; it is to be opened.
    TrialBegun { order: String, service: String },
    /// Operator: an order is to be paid by transfer.
    TransferExpected { order: String, amount: Fen },
    /// Operator: a provider notified of an amount that is not the order's. It paid nothing.
    AmountMismatch { order: String, transaction: String, expected: Fen, notified: Fen },
    /// Operator: money is to be sent back by transfer.
    TransferToReturn { order: String, amount: Fen },
    /// ISV: an invoice is asked for (rule O5).
    InvoiceRequested { order: String, amount: Fen },
    /// ISV: the buyer asks for it no longer.
    InvoiceWithdrawn { order: String },
    /// Buyer: the invoice was issued.
    InvoiceIssued { order: String, number: String },
    /// Buyer: the ISV cannot issue it as it was asked for.
    InvoiceRejected { order: String, reason: String },
    /// ISV: a purchase was reviewed, or a review added to (rule O6).
    Reviewed { order: String, stars: u8 },
    /// Buyer: the ISV answered a review.
    ReviewAnswered { order: String },
    /// ISV: a month was closed; so much of it is paid out (rule O8).
    MonthSettled { month: String, payable: Fen },
    /// ISV: a month was paid out.
    MonthPaidOut { month: String, amount: Fen, reference: String },
    /// Operator and ISV: a buyer complains of the ISV (rule O7).
    ComplaintMade { order: String },
    /// Buyer and operator: the ISV has said what it has to say.
    ComplaintAnswered { order: String },
    /// Operator and ISV: the buyer took it back.
    ComplaintWithdrawn { order: String },
    /// Buyer and ISV: the operator has decided.
    ComplaintClosed { order: String, outcome: Outcome, finding: String },
    /// Buyer: the ISV says that a refund was agreed on outside the market (rule O10).
    OfflineRecorded { order: String, amount: Fen },
    /// ISV: the buyer has confirmed it.
    OfflineConfirmed { order: String, amount: Fen },
    /// ISV: the buyer says that it is not so.
    OfflineDeclined { order: String, reason: String },
    /// Buyer: 24 hours after its payment not all of the order's services have been opened; it may be refunded without review.
    NotOpenedInTime { order: String },
    /// ISV: the refund of an order is asked for, to be answered until then (rule O4).
    RefundAsked { refund: String, order: String, amount: Fen, answer_until: Timestamp },
    /// ISV: the buyer asks for it no longer.
    RefundWithdrawn { refund: String, order: String },
    /// Buyer and ISV: the refund was approved, and the order is undone; why it was.
    RefundApproved { refund: String, order: String, amount: Fen, by: Approval },
    /// Buyer: the ISV does not refund the order.
    RefundRejected { refund: String, order: String, reason: String },
    /// Buyer: the money of a refund has been sent back.
    RefundSent { refund: String, order: String, amount: Fen },
    /// Operator: a refund is to be sent back by transfer.
    RefundToSend { refund: String, order: String, amount: Fen },
}

/// Why money goes back to the buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnWhy {
    /// More arrived than was due.
    Over,
    /// The order had been paid already.
    AlreadyPaid,
    /// The order had been cancelled by the buyer, or was while a part of its money was there.
    Cancelled,
    /// It arrived after the order had closed, or too little of it arrived before.
    Closed,
    /// What the order is for can no longer be bought.
    NoLongerAllowed,
    /// A newer order had taken the order's place.
    Superseded,
    /// Another order had changed the service first.
    ServiceChanged,
    /// A refund of the product had been asked for.
    RefundAsked,
}

/// Somebody is to be told something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Who.
    pub to: Recipient,
    /// What.
    pub kind: NoticeKind,
    /// Since when it is true.
    pub at: Timestamp,
}

/// Whom a notice is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Recipient {
    /// The enterprise or the ISV of this id.
    Organisation(String),
    /// The market's operator.
    Operator,
}

/// A notice for an enterprise or an ISV.
pub(crate) fn tell(organisation: &str, at: Timestamp, kind: NoticeKind) -> Effect {
    Effect::Notify(Notice { to: Recipient::Organisation(organisation.to_owned()), kind, at })
}

/// A notice for the operator.
pub(crate) fn tell_operator(at: Timestamp, kind: NoticeKind) -> Effect {
    Effect::Notify(Notice { to: Recipient::Operator, kind, at })
}

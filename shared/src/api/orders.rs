//! Orders and their payment.

use serde::{Deserialize, Serialize};

use super::{AfterSale, Filed, Names};
use crate::aftersale::Complaint;
use crate::calendar::Timestamp;
use crate::lifecycle::Quote;
use crate::money::Fen;
use crate::orders::{Amount, Intent, Method, OrderKind, OrderState};
use crate::pricing::SelectionFile;

/// Places an order from a quotation (rule O1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceOrder {
    /// The quotation's id; each is good for one order.
    pub quote: String,
    /// How it is to be paid.
    pub method: Method,
    /// The version of the product's agreement that was accepted.
    pub agreement: u32,
    /// The credit that a change forfeits, confirmed; also where it forfeits none and the service ends earlier (rule O1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept_forfeit: Option<Fen>,
}

/// An order, as its buyer, its ISV and the operator see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id, which is also the number that people read.
    pub id: String,
    /// What it is for.
    pub kind: OrderKind,
    /// The product's slug.
    pub product: String,
    /// The product's name at that time.
    pub product_name: String,
    /// Who sells it.
    pub vendor: String,
    /// The configuration's revision that it was priced with.
    pub revision: u32,
    /// What was ordered. A renewal has what the service has, and the term; a change that keeps the end has no term.
    pub selection: SelectionFile,
    /// The service that it renews or changes.
    #[serde(flatten)]
    pub on: Option<OrderOn>,
    /// The words that belong to the codes in the selection.
    pub names: Names,
    /// `quoted`; `repriced` with amount, reason and instant where the ISV changed it; `reduced` where less was due when it was
    /// paid.
    #[serde(flatten)]
    pub amount: Amount,
    /// Where it stands.
    pub state: OrderState,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// How it is to be paid, or was.
    pub method: Method,
    /// Where it is paid: the page of the provider that was chosen; in the answer to placing it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_at: Option<String>,
    /// Where it is to be paid by transfer: to write on it, and what of the amount has arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<TransferDue>,
    /// What a provider notified last that was not the order's amount: it paid nothing (rule O3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mismatched: Option<Fen>,
    /// The ids of the services that it led to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    /// The enterprise that placed it; for the ISV and the operator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Customer>,
    /// The money that moved for it, in order; of one order, not in a list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub money: Vec<Moved>,
    /// The buyer's complaints about it, the newest first; of one order, not in a list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub complaints: Vec<Filed<Complaint>>,
    /// What was quoted, line by line; of one order, not in a list, and not of a trial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Box<Quote>>,
    /// What can be done about it now that it was paid, and what was done; of one order, not in a list, and not of a trial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_sale: Option<Box<AfterSale>>,
}

/// What an order is made on that renews or changes a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderOn {
    /// The service's id.
    pub subscription: String,
    /// What is wanted of it.
    #[serde(flatten)]
    pub intent: Intent,
}

/// Money that moved for an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// When it arrived, or was sent back; what came too late or was too much, when that began.
    pub at: Timestamp,
    /// Where to.
    pub way: Way,
    /// How much.
    pub amount: Fen,
    /// How.
    pub method: Method,
}

/// Which way money moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// From the buyer.
    Arrived,
    /// To the buyer; by transfer, the operator sends it.
    Returned,
}

/// An enterprise as its ISVs and the operator see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// The organisation's id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What a buyer who pays by transfer has to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferDue {
    /// To be written on the transfer.
    pub reference: String,
    /// What has arrived and waits for the rest.
    pub received: Fen,
    /// What is still to be sent.
    pub missing: Fen,
}

/// To whom transfers go: the operator of the market.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payee {
    /// The account's holder (户名).
    pub name: String,
    /// The bank and its branch (开户行).
    pub bank: String,
    /// The account's number (账号).
    pub account: String,
}

/// Orders, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderList {
    /// Those that match.
    pub orders: Vec<Order>,
    /// Where there are more: what to ask for as `after`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Which orders (rule O9); what is absent matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderQuery {
    /// The number, or how it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The product's slug.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<OrderStateName>,
    /// For the ISV and the operator: the enterprise's id, or a part of its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
}

/// The states of an order by name, to search by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStateName {
    /// See [`OrderState::Unpaid`].
    Unpaid,
    /// See [`OrderState::Paid`].
    Paid,
    /// See [`OrderState::Fulfilled`].
    Fulfilled,
    /// See [`OrderState::Cancelled`].
    Cancelled,
    /// See [`OrderState::Refunded`].
    Refunded,
}

impl OrderStateName {
    /// The name, as it is searched by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unpaid => "unpaid",
            Self::Paid => "paid",
            Self::Fulfilled => "fulfilled",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
        }
    }
}

/// Changes what an unpaid order costs (改价); by its ISV.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reprice {
    /// What is to be paid in all. Nothing: the order is paid at once.
    pub amount: Fen,
    /// Why, for the buyer to read: 1 to 200 characters.
    pub reason: String,
}

/// Asks how to pay an unpaid order, by this method from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayRequest {
    /// How.
    pub method: Method,
}

/// How to pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum PayAnswer {
    /// On the provider's page.
    Page {
        /// Its address.
        address: String,
    },
    /// By bank transfer.
    Transfer(TransferDue),
}

/// Transfers to confirm, the newest order first; for the operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferList {
    /// Those that match.
    pub transfers: Vec<Transfer>,
    /// Where there are more: what to ask for as `after`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// An order that is to be paid by transfer, or was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// What is written on it.
    pub reference: String,
    /// The order's id.
    pub order: String,
    /// Who pays.
    pub customer: Customer,
    /// The order's amount.
    pub expected: Fen,
    /// All that has arrived.
    pub received: Fen,
    /// What of it went back, or has to.
    pub returned: Fen,
    /// Where it stands.
    pub state: TransferState,
    /// When the order was placed.
    pub placed_at: Timestamp,
}

/// Where a transfer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferState {
    /// Nothing has arrived.
    Expected,
    /// Less than the amount has arrived; the order is still open.
    Short,
    /// The order is paid.
    Settled,
    /// The order ended without being paid, or was refunded; what arrived was returned, or is to be.
    Ended,
}

/// Which transfers; what is absent matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferQuery {
    /// The reference, or how it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The enterprise's id, or a part of its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// The state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<TransferState>,
}

/// Confirms that money arrived by transfer; by the operator. Once for every transfer: an `Idempotency-Key` tells two
/// transfers of the same amount from one confirmation sent twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferConfirm {
    /// How much, above zero.
    pub amount: Fen,
    /// When the bank received it, for the record; not later than now. The order is paid now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Timestamp>,
}

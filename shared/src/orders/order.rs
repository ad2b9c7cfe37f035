//! What an order is (rule O2).

use serde::{Deserialize, Serialize};

use super::{Before, OnService};
use crate::calendar::{DAY, Timestamp};
use crate::money::{Fen, share};
use crate::pricing::SelectionFile;

/// An order. Only the steps of this module change it: [`super::place`], [`super::begin_trial`], [`super::reprice`],
/// [`super::pay_by`], [`super::cancel`], [`super::close`], [`super::receive`], [`super::fulfil`], and those on a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id, which is also the number that people read.
    pub id: String,
    /// What it is for.
    pub kind: OrderKind,
    /// The id of the enterprise that placed it.
    pub enterprise: String,
    /// The id of the ISV that fulfils it.
    pub isv: String,
    /// The product's slug.
    pub product: String,
    /// The configuration's revision that it was priced with, and on which it is evaluated again when it is paid.
    pub revision: u32,
    /// What was ordered. A renewal has what the service has, and the term; a change that keeps the end has no term.
    pub selection: SelectionFile,
    /// The service that it renews or changes; `None` where it leads to new ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<OnService>,
    /// The quotation that it was made from; a trial has none.
    pub quote: Option<String>,
    /// The version of the product's agreement that was accepted.
    pub agreement: u32,
    /// What it costs.
    pub amount: Amount,
    /// How it is to be paid, or was.
    pub method: Method,
    /// Where it stands.
    pub state: OrderState,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// What arrived and waits for the rest (short transfers), or to be sent back (a refund that is under way).
    pub kept: Fen,
    /// Every movement of money that was heard of for it, in order.
    pub movements: Vec<Movement>,
    /// The ids of the services that it led to, or that it renewed or changed.
    pub services: Vec<String>,
    /// Which of the enterprise's orders of the product it was to be settled, from 1 on, trials not counted: the last is the one
    /// that can be refunded (rule O4). `None` until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
    /// What the service was that it renewed or changed: put back where it is refunded (rule O4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
}

/// A movement of money that was heard of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// The provider's number for it, or the operator's confirmation of a transfer.
    pub transaction: String,
    /// How it came; a transaction's number is unique with it.
    pub via: Method,
    /// How much.
    pub amount: Fen,
    /// It was taken as money that arrived. Not so a notification of a wrong amount.
    pub counted: bool,
}

/// What an order is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// New services (新购).
    Purchase,
    /// A trial (试用): free, paid as it is placed.
    Trial,
    /// A further term of a service (续费).
    Renewal,
    /// More of the same edition for a service (扩容), by either mode.
    Expansion,
    /// Another edition for a service (升级), by either mode.
    Upgrade,
    /// A new term from now on for what a service has (变更付费方案 with nothing else changed).
    Extension,
}

impl OrderKind {
    /// Its stable name, for the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Purchase => "purchase",
            Self::Trial => "trial",
            Self::Renewal => "renewal",
            Self::Expansion => "expansion",
            Self::Upgrade => "upgrade",
            Self::Extension => "extension",
        }
    }
}

/// How an order is paid (rule O3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The sandbox provider, which notifies.
    Sandbox,
    /// Bank transfer (商企付), which the operator confirms.
    Transfer,
}

impl Method {
    /// For how long an order to be paid so stays open (rule O2).
    pub const fn open_seconds(self) -> i64 {
        match self {
            Self::Sandbox => DAY,
            Self::Transfer => 7 * DAY,
        }
    }
}

/// Where an order stands, with what belongs to it (rule O2).
///
/// ```text
/// unpaid → paid → fulfilled
/// unpaid → cancelled
/// paid, fulfilled → refunded
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum OrderState {
    /// Waits for its money.
    Unpaid {
        /// The second in which it closes by itself; money that arrives then is late.
        closes_at: Timestamp,
    },
    /// Paid in full; its services are being opened.
    Paid {
        /// When.
        at: Timestamp,
    },
    /// Every one of its services has been opened.
    Fulfilled {
        /// When it was paid.
        paid_at: Timestamp,
        /// When the last service was opened.
        at: Timestamp,
    },
    /// Ended without being paid.
    Cancelled {
        /// When.
        at: Timestamp,
        /// Why.
        why: CancelWhy,
    },
    /// Undone: its refund was approved (rule O4). Where the money is, its [`super::Refund`] says.
    Refunded {
        /// When it was paid.
        paid_at: Timestamp,
        /// When it was fulfilled, if it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fulfilled_at: Option<Timestamp>,
        /// When it was undone.
        at: Timestamp,
    },
}

impl OrderState {
    /// Its stable name, for the store.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Unpaid { .. } => "unpaid",
            Self::Paid { .. } => "paid",
            Self::Fulfilled { .. } => "fulfilled",
            Self::Cancelled { .. } => "cancelled",
            Self::Refunded { .. } => "refunded",
        }
    }
}

/// Why an order was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelWhy {
    /// The buyer took it back.
    ByBuyer,
    /// It was not paid in time: 24 h, 7 × 24 h where it is to be paid by transfer.
    NotPaid,
    /// What it is for could no longer be bought when the money came.
    NoLongerAllowed,
    /// A newer order of the same kind on the same service took its place.
    Superseded,
    /// Another order on the same service was paid first, so that this one no longer fits.
    ServiceChanged,
    /// The buyer asked for the refund of an order of the product.
    RefundAsked,
}

/// What an order costs: as quoted, and as repriced since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// What the quotation said.
    pub quoted: Fen,
    /// The last repricing, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repriced: Option<Repriced>,
    /// What was due when it was paid, where that was less: time had passed since a change that keeps the end was quoted (rule
    /// O2). The rest went back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reduced: Option<Fen>,
}

/// What the ISV made of an order's amount (改价).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repriced {
    /// What is to be paid instead of what was quoted.
    pub amount: Fen,
    /// Why, for the buyer to read.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

impl Order {
    /// Until when it can be paid, repriced and cancelled: `None` where it is not unpaid, or has to close at `at`.
    pub(super) fn open_until(&self, at: Timestamp) -> Option<Timestamp> {
        match self.state {
            OrderState::Unpaid { closes_at } if at < closes_at => Some(closes_at),
            _ => None,
        }
    }

    /// When it was paid; `None` where it was not, or was refunded.
    pub const fn paid_at(&self) -> Option<Timestamp> {
        match self.state {
            OrderState::Paid { at } => Some(at),
            OrderState::Fulfilled { paid_at, .. } => Some(paid_at),
            OrderState::Unpaid { .. } | OrderState::Cancelled { .. } | OrderState::Refunded { .. } => None,
        }
    }

    /// What each of its services got of its amount, in their order (rule L2).
    pub fn shares(&self) -> Vec<Fen> {
        share(self.amount.due(), &vec![1; self.services.len()])
    }
}

impl Amount {
    /// What is to be paid in all, or was.
    pub fn due(&self) -> Fen {
        self.reduced.unwrap_or_else(|| self.repriced.as_ref().map_or(self.quoted, |repriced| repriced.amount))
    }
}

//! What an order is (rule O2).

use serde::{Deserialize, Serialize};

use crate::calendar::Timestamp;
use crate::money::Fen;

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
    /// Another selection for a service (升级, 扩容).
    Change,
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

/// Where an order stands, with what belongs to it (rule O2).
///
/// ```text
/// unpaid → paid → fulfilled
/// unpaid → cancelled
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
}

/// What an order costs: as quoted, and as repriced since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// What the quotation said.
    pub quoted: Fen,
    /// The last repricing, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repriced: Option<Repriced>,
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

impl Amount {
    /// What is to be paid in all.
    pub fn due(&self) -> Fen {
        self.repriced.as_ref().map_or(self.quoted, |repriced| repriced.amount)
    }
}

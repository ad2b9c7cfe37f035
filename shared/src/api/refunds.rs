//! Refunds (rules O4, V3).

use serde::{Deserialize, Serialize};

use super::Customer;
use crate::calendar::Timestamp;
use crate::money::Fen;
use crate::orders::{Method, RefundState};

/// Asks for an order's amount back → 201 [`Refund`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundRequest {
    /// Why, for the ISV to read: 1 to 200 characters.
    pub reason: String,
}

/// The ISV does not refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundRejection {
    /// Why, for the buyer to read: 1 to 200 characters.
    pub reason: String,
}

/// A refund, as its buyer, its ISV and the operator see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Its id.
    pub id: String,
    /// The order that it is of.
    pub order: String,
    /// The product's slug.
    pub product: String,
    /// The product's name at the time of the order.
    pub product_name: String,
    /// Who asks.
    pub applicant: String,
    /// The order's whole amount.
    pub amount: Fen,
    /// How it was paid, and is sent back.
    pub via: Method,
    /// Why, in the buyer's words.
    pub reason: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Where it stands.
    pub state: RefundState,
    /// The enterprise that asks; for the ISV and the operator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Customer>,
}

/// Refunds, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundList {
    /// Those that match.
    pub refunds: Vec<Refund>,
    /// Where there are more: what to ask for as `after`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Which refunds (rule O9); what is absent matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundQuery {
    /// The order's number, or how it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// A part of the applicant's name, or of the enterprise's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applicant: Option<String>,
    /// The state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<RefundStateName>,
}

/// The states of a refund by name, to search by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStateName {
    /// See [`RefundState::Reviewing`].
    Reviewing,
    /// See [`RefundState::Withdrawn`].
    Withdrawn,
    /// See [`RefundState::Refunding`].
    Refunding,
    /// See [`RefundState::Refunded`].
    Refunded,
    /// See [`RefundState::Rejected`].
    Rejected,
}

impl RefundStateName {
    /// The name, as it is searched by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reviewing => "reviewing",
            Self::Withdrawn => "withdrawn",
            Self::Refunding => "refunding",
            Self::Refunded => "refunded",
            Self::Rejected => "rejected",
        }
    }
}

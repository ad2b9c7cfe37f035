//! What can be done about an order once it is paid, and what was done: refunds, invoices, offline refunds, the review (rules O4 – O6,
//! O10).
//! It comes with one order, so that a page shows what is refused before it is asked for, and why.

use serde::{Deserialize, Serialize};

use super::{Filed, Refund};
use crate::aftersale::{self, Invoice, OfflineRefund, Review};
use crate::money::Fen;
use crate::orders::{self, RefundTerms};

/// What stands beside a paid order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AfterSale {
    /// Whether its refund can be asked for, and what it would do.
    pub refund: May<RefundTerms>,
    /// Whether an invoice can be asked for, and over how much.
    pub invoice: May<UpTo>,
    /// Whether an offline refund can be recorded, and of how much at most.
    pub offline: May<UpTo>,
    /// The refunds that were asked for, the newest first.
    pub refunds: Vec<Refund>,
    /// The invoices that were asked for, the newest first.
    pub invoices: Vec<Filed<Invoice>>,
    /// What was recorded as refunded offline, the newest first.
    pub offline_refunds: Vec<Filed<OfflineRefund>>,
    /// What the buyer wrote about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Filed<Review>>,
}

/// Whether something can be asked for now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "may", rename_all = "snake_case")]
pub enum May<T> {
    /// It can.
    Yes(T),
    /// It would be refused.
    No(Why),
}

/// An amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpTo {
    /// In yuan.
    pub amount: Fen,
}

/// Why something would be refused: as the refusal would say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The stable code.
    pub code: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Why {
    fn new(code: &str, (zh, en): (&str, &str)) -> Self {
        Self { code: code.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
    }
}

impl<T> From<Result<T, orders::Refused>> for May<T> {
    fn from(may: Result<T, orders::Refused>) -> Self {
        may.map_or_else(|refused| Self::No(Why::new(refused.code(), refused.sentences())), Self::Yes)
    }
}

impl From<Result<Fen, aftersale::Refused>> for May<UpTo> {
    fn from(may: Result<Fen, aftersale::Refused>) -> Self {
        may.map_or_else(
            |refused| Self::No(Why::new(refused.code(), refused.sentences())),
            |amount| Self::Yes(UpTo { amount }),
        )
    }
}

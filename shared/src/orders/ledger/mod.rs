//! The ledger: what moves money, as double entries in whole fen (issue's law, rule L14).
//!
//! A positive posting is a debit, a negative one a credit. Every account belongs to an order, a service or an ISV, and
//! an [`Entry`] sums to zero **for each of these owners**. So the laws hold by construction, for all time and for each
//! order and service by itself, and `audit` checks them with one sum per owner:
//!
//! ```text
//! order    received + receivable = ordered + returnable + returned      outside market = refunded offline
//! service  paid in = remaining + consumed + refunded + forfeited (+ credit, while a change is being made)   L14
//! isv      held = payable + paid out
//! ```
//!
//! | event     | when                                   | debit        | credit       | amount                      |
//! | --------- | -------------------------------------- | ------------ | ------------ | --------------------------- |
//! | placed    | an order is placed                     | receivable   | ordered      | as quoted                   |
//! | repriced  | its ISV changes the amount             | receivable   | ordered      | new − old (may be negative) |
//! | received  | money comes and does not settle it     | received     | returnable   | what came                   |
//! | paid      | money settles it: what came now        | received     | returnable   | what came now               |
//! |           | … the order's amount                   | returnable   | receivable   | the amount                  |
//! |           | … each service's share                 | paid in      | remaining    | the share                   |
//! | returned  | what is not owed goes back             | returnable   | returned     | what goes back              |
//! | cancelled | it ends unpaid                         | ordered      | receivable   | the amount                  |
//! | fulfilled | all its services are opened            | held         | payable      | the amount                  |
//! | reduced   | less is due as it is paid (O2)         | ordered      | receivable   | what is not due any more    |
//! | credited  | a change takes out what is left (L6)   | remaining    | credit       | the credit                  |
//! |           | … and what was delivered until then    | remaining    | consumed     | the rest of what remained   |
//! | changed   | … and puts it back in (L9)             | credit       | remaining    | the credit not forfeited    |
//! |           | … or not (L8)                          | credit       | forfeited    | the credit forfeited        |
//! | reversed  | an order is undone (O4): what its      | consumed     | remaining    | since then                  |
//! |           | … service consumed and forfeited       | forfeited    | remaining    | since then                  |
//! | refunded  | … and what was paid for it             | remaining    | refunded     | each service's share        |
//! |           | … is owed to the buyer                 | ordered      | returnable   | the amount                  |
//! |           | … and to the ISV no more, if it was    | payable      | held         | the amount                  |
//! | consumed  | a service ends; one bought for good is opened | remaining | consumed | what remained               |
//! |           | a renewal leaves a segment behind that has ended |       |              | what was paid for that      |
//! | refunded offline | buyer and ISV agree on it outside the market (O10) | outside market | refunded offline | what they agreed on |
//! | paid out  | the operator pays a month to its ISV   | payable      | paid out     | what of it was payable      |
//!
//! Postings of one account are summed and zeros left out, so that an exact payment has no `returnable`. An event that
//! moves nothing (a free order) makes no entry.

mod account;
mod events;

pub use account::{Account, NotAnAccount, Owner};
pub(super) use events::{
    cancelled, changed, consumed, credited, fulfilled, paid, placed, received, reduced, refunded, repriced, returned,
    reversed,
};
pub(crate) use events::{paid_out, refunded_offline};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::money::Fen;

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the table of this module says what each is")]
pub enum Event {
    Placed,
    Repriced,
    Received,
    Paid,
    Returned,
    Cancelled,
    Fulfilled,
    Consumed,
    PaidOut,
    RefundedOffline,
    Reduced,
    Credited,
    Changed,
    Reversed,
    Refunded,
}

impl Event {
    /// Every event.
    pub const ALL: [Self; 15] = [
        Self::Placed,
        Self::Repriced,
        Self::Received,
        Self::Paid,
        Self::Returned,
        Self::Cancelled,
        Self::Fulfilled,
        Self::Consumed,
        Self::PaidOut,
        Self::RefundedOffline,
        Self::Reduced,
        Self::Credited,
        Self::Changed,
        Self::Reversed,
        Self::Refunded,
    ];

    /// Its stable name, for the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Repriced => "repriced",
            Self::Received => "received",
            Self::Paid => "paid",
            Self::Returned => "returned",
            Self::Cancelled => "cancelled",
            Self::Fulfilled => "fulfilled",
            Self::Consumed => "consumed",
            Self::PaidOut => "paid_out",
            Self::RefundedOffline => "refunded_offline",
            Self::Reduced => "reduced",
            Self::Credited => "credited",
            Self::Changed => "changed",
            Self::Reversed => "reversed",
            Self::Refunded => "refunded",
        }
    }

    /// The event of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.as_str() == name)
    }
}

/// An amount put on one account: a debit where it is positive, a credit where it is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The account.
    pub account: Account,
    /// The amount; never zero in an entry.
    pub fen: Fen,
}

/// Postings that belong together: at least two, none zero, each account once, in the accounts' order, and summing to
/// zero for every owner. There is no other way to move money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    event: Event,
    postings: Vec<Posting>,
}

/// Postings that make no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAnEntry {
    /// There are none.
    Empty,
    /// One is of nothing.
    Zero,
    /// An account is named twice.
    Twice,
    /// They do not sum to zero for each owner.
    Unbalanced,
}

impl Entry {
    /// The entry with these postings, in any order: for what is read from the store.
    pub fn new(event: Event, mut postings: Vec<Posting>) -> Result<Self, NotAnEntry> {
        if postings.is_empty() {
            return Err(NotAnEntry::Empty);
        }
        if postings.iter().any(|posting| posting.fen == Fen::ZERO) {
            return Err(NotAnEntry::Zero);
        }
        postings.sort_by(|a, b| a.account.cmp(&b.account));
        if postings.windows(2).any(|pair| pair[0].account == pair[1].account) {
            return Err(NotAnEntry::Twice);
        }
        let mut sums: BTreeMap<Owner<'_>, i128> = BTreeMap::new();
        for Posting { account, fen } in &postings {
            *sums.entry(account.owner()).or_default() += i128::from(fen.fen());
        }
        if sums.values().any(|sum| *sum != 0) {
            return Err(NotAnEntry::Unbalanced);
        }
        Ok(Self { event, postings })
    }

    /// What it is about.
    pub const fn event(&self) -> Event {
        self.event
    }

    /// Its postings, in the accounts' order.
    pub fn postings(&self) -> &[Posting] {
        &self.postings
    }

    /// The one text of an entry, to be hashed: the event and its postings as JSON, in the accounts' order. Two entries
    /// have the same text exactly if they are equal.
    pub fn canonical(&self) -> String {
        // Strings and numbers cannot fail to be written.
        serde_json::to_string(&(self.event.as_str(), self.amounts())).unwrap_or_default()
    }

    /// Its postings as they are kept: each account's name with its fen, in the accounts' order.
    pub fn amounts(&self) -> Vec<(String, i64)> {
        self.postings.iter().map(|posting| (posting.account.to_string(), posting.fen.fen())).collect()
    }
}

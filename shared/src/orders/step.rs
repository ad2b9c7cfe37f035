//! What a step returns: the new state, and what else has to happen, as data.

use core::fmt;
use core::str::FromStr;

use super::ledger::Entry;
use super::{Method, Notice, Order, Service};
use crate::calendar::Timestamp;
use crate::money::Fen;

/// The outcome of a step. What `effects` say is kept in the same transaction as `after`, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<T> {
    /// What was stepped, as it stands now.
    pub after: T,
    /// What else has to happen.
    pub effects: Vec<Effect>,
}

/// What has to happen besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Into the ledger.
    Post(Entry),
    /// A new service, to be kept and opened.
    Create(Service),
    /// A service that there was has become this.
    Update(Service),
    /// Another order has become this.
    UpdateOrder(Box<Order>),
    /// Work to be done when its time has come.
    Due(Due),
    /// Somebody is to be told.
    Notify(Notice),
    /// Money goes back to the buyer; the ledger has it as returned.
    SendBack(SendBack),
    /// The provider is asked to send a refund back, and will notify that it has.
    AskRefund(AskRefund),
}

/// Money that goes back: through the provider by itself, by transfer by the operator's hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendBack {
    /// The order that it came for.
    pub order: String,
    /// How much.
    pub amount: Fen,
    /// The way it came.
    pub via: Method,
    /// The movement of money that it is returned from; `None` for what was kept of several.
    pub transaction: Option<String>,
}

/// A refund that the provider is to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskRefund {
    /// The refund's id.
    pub refund: String,
    /// The order that it is of.
    pub order: String,
    /// How much.
    pub amount: Fen,
    /// By whom the money came.
    pub via: Method,
}

/// Work and when it is due. Doing it late, twice, or after what it was for has changed does nothing wrong: its step looks
/// again whether it is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// From which second on.
    pub at: Timestamp,
    /// What.
    pub work: DueWork,
}

/// Work that time brings.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DueWork {
    /// [`super::close`] the order of this id.
    CloseOrder(String),
    /// [`super::notice_end`] of the service of this id.
    NoticeEnd(String),
    /// [`super::expire`] the service of this id.
    Expire(String),
    /// [`super::close_service`] the service of this id.
    CloseService(String),
    /// [`crate::settlement`]: this month closes.
    SettleMonth(String),
    /// [`super::not_opened`] of the order of this id.
    NotOpened(String),
    /// [`super::answer_for_isv`] to the refund of this id.
    AnswerRefund(String),
}

/// A text that is no due work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDueWork;

/// `close_order:` and the id.
impl fmt::Display for DueWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CloseOrder(id) => write!(f, "close_order:{id}"),
            Self::NoticeEnd(id) => write!(f, "notice_end:{id}"),
            Self::Expire(id) => write!(f, "expire:{id}"),
            Self::CloseService(id) => write!(f, "close_service:{id}"),
            Self::SettleMonth(month) => write!(f, "settle_month:{month}"),
            Self::NotOpened(id) => write!(f, "not_opened:{id}"),
            Self::AnswerRefund(id) => write!(f, "answer_refund:{id}"),
        }
    }
}

impl FromStr for DueWork {
    type Err = NotDueWork;

    fn from_str(text: &str) -> Result<Self, NotDueWork> {
        let (name, id) = text.split_once(':').ok_or(NotDueWork)?;
        let make = match name {
            "close_order" => Self::CloseOrder,
            "notice_end" => Self::NoticeEnd,
            "expire" => Self::Expire,
            "close_service" => Self::CloseService,
            "settle_month" => Self::SettleMonth,
            "not_opened" => Self::NotOpened,
            "answer_refund" => Self::AnswerRefund,
            _ => return Err(NotDueWork),
        };
        Ok(make(id.to_owned()))
    }
}

/// So many seconds later; at the very end of the calendar, that same instant.
pub(super) fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at.plus_seconds(seconds).unwrap_or(at)
}

/// Due work at an instant.
pub(super) fn due(at: Timestamp, work: DueWork) -> Effect {
    Effect::Due(Due { at, work })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn due_work_prints_as_it_parses() {
        for make in [
            DueWork::CloseOrder,
            DueWork::NoticeEnd,
            DueWork::Expire,
            DueWork::CloseService,
            DueWork::NotOpened,
            DueWork::AnswerRefund,
            DueWork::SettleMonth,
        ] {
            for id in ["A-1", "", "a:b"] {
                let work = make(id.to_owned());
                assert_eq!(work.to_string().parse(), Ok(work));
            }
        }
        assert_eq!(DueWork::CloseOrder("A".to_owned()).to_string(), "close_order:A");
        for text in ["", "expire", "close:A", "Expire:A"] {
            assert_eq!(text.parse::<DueWork>(), Err(NotDueWork), "{text}");
        }
    }
}

//! Orders, their payment and refund, and the services they lead to, as pure steps (rulebook L1–L13, O1–O4, V7).
//!
//! A step takes what stands, the instant, and whatever else it depends on; it returns the new state and its effects as
//! data ([`Step`]). Nothing here makes up an id or reads a clock; a service's id follows from its order's.
//!
//! ```text
//! Order:    place, begin_trial → reprice, pay_by → receive → fulfil      cancel, close, (refund)
//! Service:  (made by receive, begin_trial) → opened → notice_end → expire → close_service      extra_trial, (receive, refund)
//! Refund:   ask_refund → withdraw_refund | approve_refund, answer_for_isv → refund_sent | reject_refund
//! ```
//!
//! Due work ([`DueWork`]) may be done late or twice: its step answers `None` where there is nothing to do.

mod access;
mod again;
mod end;
pub mod ledger;
mod notice;
mod on_service;
mod order;
mod payment;
mod place;
mod refund;
mod refund_terms;
mod refusal;
mod service;
mod settle;
mod step;
mod trial;
mod undo;

pub use access::{Access, WhyNot, access, any_usable};
pub use again::{Again, quoted_again, settled_again};
pub use notice::{Notice, NoticeKind, Recipient, ReturnWhy};
pub(crate) use notice::{tell, tell_operator};
pub use on_service::{Intent, OnService, When, quote_on};
pub use order::{Amount, CancelWhy, Method, Movement, Order, OrderKind, OrderState, Repriced};
pub use payment::{Money, Outcome, receive};
pub use place::{NewOrder, cancel, close, pay_by, place, reprice};
pub use refund::{
    Approval, NewRefund, Refund, RefundState, answer_for_isv, approve_refund, ask_refund, not_opened, refund_sent,
    reject_refund, withdraw_refund,
};
pub use refund_terms::{Invoicing, PaidOutside, RefundFacts, RefundTerms, may_ask_refund};
pub use refusal::Refused;
pub use service::{Service, ServiceState, close_service, expire, extra_trial, notice_end, opened};
pub use settle::{Settling, fulfil};
pub use step::{AskRefund, Due, DueWork, Effect, NotDueWork, SendBack, Step};
pub use trial::{NewTrial, begin_trial};
pub use undo::Before;

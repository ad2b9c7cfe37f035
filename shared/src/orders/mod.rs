//! Orders, their payment, and the services they lead to, as pure steps (rulebook L1–L5, L13, O1–O3, V7).
//!
//! A step takes what stands, the instant, and whatever else it depends on; it returns the new state and its effects as
//! data ([`Step`]). Nothing here makes up an id or reads a clock; a service's id follows from its order's.
//!
//! ```text
//! Order:    place, begin_trial → reprice, pay_by → receive → fulfil      cancel, close
//! Service:  (made by receive, begin_trial) → opened → notice_end → expire → close_service      extra_trial
//! ```
//!
//! Due work ([`DueWork`]) may be done late or twice: its step answers `None` where there is nothing to do.

mod access;
pub mod ledger;
mod notice;
mod order;
mod payment;
mod place;
mod refusal;
mod service;
mod settle;
mod step;
mod trial;

pub use access::{Access, WhyNot, access, any_usable};
pub use notice::{Notice, NoticeKind, Recipient, ReturnWhy};
pub(crate) use notice::{tell, tell_operator};
pub use order::{Amount, CancelWhy, Method, Movement, Order, OrderKind, OrderState, Repriced};
pub use payment::{Money, Outcome, receive};
pub use place::{NewOrder, cancel, close, pay_by, place, reprice};
pub use refusal::Refused;
pub use service::{Service, ServiceState, close_service, expire, extra_trial, notice_end, opened};
pub use settle::{Settling, fulfil};
pub use step::{Due, DueWork, Effect, NotDueWork, SendBack, Step};
pub use trial::{NewTrial, begin_trial};

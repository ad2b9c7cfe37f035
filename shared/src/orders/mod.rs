//! Orders, their payment, and the services they lead to, as pure steps (rulebook L1–L5, L13, O1–O3, V7).
//!
//! A step takes what stands, the instant, and whatever else it depends on; it returns the new state and its effects as
//! data. Nothing here makes up an id or reads a clock.

mod notice;
mod order;
mod service;

pub use notice::{NoticeKind, ReturnWhy};
pub use order::{Amount, CancelWhy, Method, OrderKind, OrderState, Repriced};
pub use service::{ServiceState, WhyNot};

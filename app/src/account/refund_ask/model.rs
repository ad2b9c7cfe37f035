//! The page's state. What a refund would do, and whether it may be asked for, comes with the order.

use shared::api::{self, May, Order, Refund, RefundRequest};
use shared::orders::RefundTerms;

use crate::account::route::Route;
use crate::client::Failure;
use crate::page::submit::Key;
use crate::page::written::Written;
use crate::page::{Effect, Loaded, Page, get, post};

/// The longest reason, in characters (rule O4).
pub(super) const MOST_REASON: usize = 200;

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct RefundAsk {
    pub(super) id: String,
    /// The order.
    pub order: Loaded<Box<Order>>,
    /// Why, and how far asking has come.
    pub reason: Written,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The order.
    Loaded(Result<Box<Order>, Failure>),
    /// A reason was typed.
    Reason(String),
    /// Ask for it.
    Ask(Key),
    /// The refund.
    Asked(Result<Box<Refund>, Failure>),
}

impl RefundAsk {
    /// The page for the order with this id.
    pub fn new(id: String) -> Self {
        Self { id, order: Loaded::Waiting, reason: Written::default() }
    }
}

/// What the refund of `order` would do, or why it may not be asked for.
pub(super) fn terms(order: &Order) -> Option<&May<RefundTerms>> {
    order.after_sale.as_ref().map(|beside| &beside.refund)
}

impl Page for RefundAsk {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::order(&self.id), Msg::Loaded)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(order) => self.order = order.into(),
            Msg::Reason(reason) => self.reason.typed(reason),
            Msg::Ask(key) => {
                let path = api::order_refund(&self.id);
                return match self.reason.send(MOST_REASON, "reason", key) {
                    Ok((reason, key)) => vec![post(path, &RefundRequest { reason }, Some(key), Msg::Asked)],
                    Err(instead) => instead,
                };
            }
            Msg::Asked(Ok(refund)) => return vec![Effect::Open(Route::Refund(refund.id).path())],
            Msg::Asked(Err(failure)) => self.reason.submit.fail(failure),
        }
        Vec::new()
    }
}

//! The page's state. What a change of the price would come to is looked at while it is typed; the server decides.

use shared::api::{self, Reprice};
use shared::money::{Fen, share};

use super::offline::{self, Offline};
use crate::client::Failure;
use crate::console::money::amount;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Loaded, Page, get, post};

/// The longest reason, in characters (rule O2).
pub(super) const MOST_REASON: usize = 200;

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Order {
    pub(super) id: String,
    /// The order.
    pub order: Loaded<Box<api::Order>>,
    /// The new amount as typed.
    pub amount: String,
    /// The reason as typed.
    pub reason: String,
    /// What is missing is said.
    pub tried: bool,
    /// How far repricing has come.
    pub submit: Submit,
    /// It was repriced just now.
    pub done: bool,
    /// What is being recorded as refunded offline.
    pub offline: Offline,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The order.
    Loaded(Result<Box<api::Order>, Failure>),
    /// An amount was typed.
    Amount(String),
    /// A reason was typed.
    Reason(String),
    /// Change the price.
    Reprice(Key),
    /// The order with its new price.
    Repriced(Result<Box<api::Order>, Failure>),
    /// About an offline refund.
    Offline(offline::Msg),
}

/// Why an amount cannot become the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There is none.
    Missing,
    /// It is no amount.
    Unreadable,
    /// It is the price already.
    Same,
}

impl Order {
    /// The page for the order with this id.
    pub fn new(id: String) -> Self {
        Self {
            id,
            order: Loaded::Waiting,
            amount: String::new(),
            reason: String::new(),
            tried: false,
            submit: Submit::Idle,
            done: false,
            offline: Offline::default(),
        }
    }

    /// The price that is typed, if it can become that of `order`.
    pub fn price(&self, order: &api::Order) -> Result<Fen, Unfit> {
        if self.amount.trim().is_empty() {
            return Err(Unfit::Missing);
        }
        let price = amount(&self.amount).ok_or(Unfit::Unreadable)?;
        if price == order.amount.due() { Err(Unfit::Same) } else { Ok(price) }
    }

    /// The reason, if it can be one.
    pub fn because(&self) -> Option<&str> {
        let reason = self.reason.trim();
        (!reason.is_empty() && reason.chars().count() <= MOST_REASON).then_some(reason)
    }

    fn reprice(&mut self, key: Key) -> Vec<Effect<Msg>> {
        let Some(order) = self.order.here() else { return Vec::new() };
        self.tried = true;
        let (amount, reason) = match (self.price(order), self.because()) {
            (Ok(amount), Some(reason)) => (amount, reason.to_owned()),
            (Err(_), _) => return vec![Effect::Focus("amount")],
            (Ok(_), None) => return vec![Effect::Focus("reason")],
        };
        let Some(key) = self.submit.begin(key) else { return Vec::new() };
        let body = Reprice { amount, reason };
        vec![post(api::order_reprice(&self.id), &body, Some(key), Msg::Repriced)]
    }

    fn typed(&mut self) {
        self.done = false;
        self.submit.retyped();
    }
}

/// What each of an order's services costs where the order costs `price` (rule O2).
pub(super) fn shares(order: &api::Order, price: Fen) -> Vec<Fen> {
    share(price, &vec![1; order.selection.count.into()])
}

impl Page for Order {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::order(&self.id), Msg::Loaded)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(order) => self.order = order.into(),
            Msg::Amount(amount) => {
                self.amount = amount;
                self.typed();
            }
            Msg::Reason(reason) => {
                self.reason = reason;
                self.typed();
            }
            Msg::Reprice(key) => return self.reprice(key),
            Msg::Repriced(Ok(mut order)) => {
                // What was quoted, line by line, does not change with the price and is not answered again.
                let quote = self.order.here().and_then(|before| before.quote.clone());
                order.quote = order.quote.take().or(quote);
                let id = core::mem::take(&mut self.id);
                *self = Self { order: Loaded::Here(order), done: true, ..Self::new(id) };
            }
            Msg::Repriced(Err(failure)) => self.submit.fail(failure),
            Msg::Offline(message) => {
                let done = matches!(message, offline::Msg::Recorded(Ok(_)));
                let asked = self.offline.update(message).into_iter().map(|effect| effect.map(Msg::Offline));
                let again = done.then(|| get(api::order(&self.id), Msg::Loaded));
                return asked.chain(again).collect();
            }
        }
        Vec::new()
    }
}

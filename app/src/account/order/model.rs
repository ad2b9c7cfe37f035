//! The page's state. After paying it asks until the provider has notified the market, and says so meanwhile.

use shared::api::{self, PayAnswer, PayRequest};
use shared::orders::{Method, OrderState};

use super::offline::{self, Offline};
use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Loaded, Page, get, post, post_empty};

/// How often it is asked in quick succession, and how often at all.
const QUICK: u32 = 20;
const MOST: u32 = 80;

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Order {
    pub(super) id: String,
    /// From where the person came.
    pub came: Came,
    /// The order.
    pub order: Loaded<Box<api::Order>>,
    /// How often the order was asked for since the payer came back.
    pub asked: u32,
    /// How far asking for the way to pay has come.
    pub paying: Submit,
    /// Whether to cancel is being asked.
    pub cancel_asked: bool,
    /// How far cancelling has come.
    pub cancelling: Submit,
    /// Whether the transfer's reference was copied.
    pub copied: Option<bool>,
    /// What is being said of an offline refund.
    pub offline: Offline,
}

/// From where the person came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// From anywhere.
    Anywhere,
    /// From the provider, which has taken the money.
    Paid,
    /// From the provider, which has not.
    Refused,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The order.
    Loaded(Result<Box<api::Order>, Failure>),
    /// Ask for it again.
    Poll,
    /// The order as it is now.
    Polled(Result<Box<api::Order>, Failure>),
    /// Pay by this method.
    Pay(Method, Key),
    /// How.
    PayBy(Result<PayAnswer, Failure>),
    /// Ask whether to cancel, or not any more.
    AskCancel(bool),
    /// Cancel.
    Cancel(Key),
    /// The cancelled order.
    Cancelled(Result<Box<api::Order>, Failure>),
    /// Copy the transfer's reference.
    Copy,
    /// Whether that worked.
    Copied(bool),
    /// About an offline refund.
    Offline(offline::Msg),
}

impl Order {
    /// The page for the order with this id.
    pub fn new(id: String, query: &str) -> Self {
        let came = match form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "from") {
            Some((_, from)) if from == "payment" => Came::Paid,
            Some((_, from)) if from == "refused" => Came::Refused,
            _ => Came::Anywhere,
        };
        Self {
            id,
            came,
            order: Loaded::Waiting,
            asked: 0,
            paying: Submit::Idle,
            cancel_asked: false,
            cancelling: Submit::Idle,
            copied: None,
            offline: Offline::default(),
        }
    }

    /// The payer has paid, and the market has not heard of it.
    pub fn awaits_notification(&self) -> bool {
        let unpaid = self.order.here().is_some_and(|order| matches!(order.state, OrderState::Unpaid { .. }));
        unpaid && self.came == Came::Paid
    }

    /// It takes longer than it should.
    pub fn takes_long(&self) -> bool {
        self.asked >= QUICK
    }

    /// Nobody asks any more.
    pub fn gave_up(&self) -> bool {
        self.asked >= MOST
    }

    fn again(&mut self) -> Vec<Effect<Msg>> {
        if !self.awaits_notification() || self.gave_up() {
            return Vec::new();
        }
        let pause = if self.takes_long() { 10_000 } else { 1000 };
        self.asked += 1;
        vec![Effect::Later(pause, Msg::Poll)]
    }

    fn fetch(&self, then: fn(Result<Box<api::Order>, Failure>) -> Msg) -> Effect<Msg> {
        get(api::order(&self.id), then)
    }
}

/// What is asked for about an offline refund, with its answers for this page.
fn through(effects: Vec<Effect<offline::Msg>>) -> impl Iterator<Item = Effect<Msg>> {
    effects.into_iter().map(|effect| effect.map(Msg::Offline))
}

impl Page for Order {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![self.fetch(Msg::Loaded)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(order) => {
                self.order = order.into();
                return self.again();
            }
            Msg::Poll => return vec![self.fetch(Msg::Polled)],
            Msg::Polled(order) => {
                // A question that was not answered is asked again; what is known stays.
                if let Ok(order) = order {
                    self.order = Loaded::Here(order);
                }
                let mut effects = self.again();
                if !self.awaits_notification() {
                    effects.push(Effect::Recount);
                }
                return effects;
            }
            Msg::Pay(by, key) => {
                if let Some(key) = self.paying.begin(key) {
                    let path = api::order_pay(&self.id);
                    return vec![post(path, &PayRequest { method: by }, Some(key), Msg::PayBy)];
                }
            }
            Msg::PayBy(Ok(PayAnswer::Page { address })) => return vec![Effect::Open(address)],
            Msg::PayBy(Ok(PayAnswer::Transfer(_))) => {
                self.paying = Submit::Idle;
                self.came = Came::Anywhere;
                return vec![self.fetch(Msg::Loaded)];
            }
            Msg::PayBy(Err(failure)) => self.paying.fail(failure),
            Msg::AskCancel(asked) => {
                self.cancel_asked = asked;
                self.cancelling = Submit::Idle;
                return vec![Effect::Focus(if asked { "keep-order" } else { "cancel-order" })];
            }
            Msg::Cancel(key) => {
                if let Some(key) = self.cancelling.begin(key) {
                    return vec![post_empty(api::order_cancel(&self.id), key, Msg::Cancelled)];
                }
            }
            Msg::Cancelled(Ok(mut order)) => {
                // The answer to a write is without what was quoted.
                if let Loaded::Here(before) = &mut self.order {
                    order.quote = before.quote.take();
                }
                self.order = Loaded::Here(order);
                self.came = Came::Anywhere;
                self.cancel_asked = false;
                self.cancelling = Submit::Idle;
            }
            Msg::Cancelled(Err(failure)) => self.cancelling.fail(failure),
            Msg::Copy => {
                let transfer = self.order.here().and_then(|order| order.transfer.as_ref());
                return transfer
                    .map(|due| Effect::Copy(due.reference.clone(), Box::new(Msg::Copied)))
                    .into_iter()
                    .collect();
            }
            Msg::Copied(copied) => self.copied = Some(copied),
            Msg::Offline(message) => {
                let done = matches!(message, offline::Msg::Said(Ok(_)));
                let mut effects: Vec<_> = through(self.offline.update(message)).collect();
                if done {
                    effects.extend([self.fetch(Msg::Loaded), Effect::Recount]);
                }
                return effects;
            }
        }
        Vec::new()
    }
}

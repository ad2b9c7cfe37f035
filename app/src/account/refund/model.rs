//! The page's state. While the money is on its way from a provider it looks whether it has been sent.

use shared::api;
use shared::orders::{Method, RefundState};

use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Loaded, Page, get, post_empty};

/// Milliseconds between looking whether the money was sent.
const LOOK: u32 = 10_000;

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Refund {
    pub(super) id: String,
    /// The refund.
    pub refund: Loaded<Box<api::Refund>>,
    /// Whether to withdraw it is being asked.
    pub asked: bool,
    /// How far withdrawing it has come.
    pub withdrawing: Submit,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The refund.
    Loaded(Result<Box<api::Refund>, Failure>),
    /// Look whether it was sent.
    Look,
    /// The refund as it is now.
    Looked(Result<Box<api::Refund>, Failure>),
    /// Ask whether to withdraw it, or not any more.
    AskWithdraw(bool),
    /// Withdraw it.
    Withdraw(Key),
    /// The withdrawn refund.
    Withdrawn(Result<Box<api::Refund>, Failure>),
}

impl Refund {
    /// The page for the refund with this id.
    pub fn new(id: String) -> Self {
        Self { id, refund: Loaded::Waiting, asked: false, withdrawing: Submit::Idle }
    }

    fn look_again(&self) -> Vec<Effect<Msg>> {
        let comes_by_itself = |refund: &api::Refund| {
            refund.via == Method::Sandbox && matches!(refund.state, RefundState::Refunding { .. })
        };
        let again = self.refund.here().is_some_and(|refund| comes_by_itself(refund));
        again.then_some(Effect::Later(LOOK, Msg::Look)).into_iter().collect()
    }
}

impl Page for Refund {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::refund(&self.id), Msg::Loaded)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(refund) => {
                self.refund = refund.into();
                return self.look_again();
            }
            Msg::Look => return vec![get(api::refund(&self.id), Msg::Looked)],
            Msg::Looked(refund) => {
                // A question that was not answered is asked again; what is known stays.
                if let Ok(refund) = refund {
                    self.refund = Loaded::Here(refund);
                }
                let mut effects = self.look_again();
                if effects.is_empty() {
                    effects.push(Effect::Recount);
                }
                return effects;
            }
            Msg::AskWithdraw(asked) => {
                self.asked = asked;
                self.withdrawing = Submit::Idle;
                return vec![Effect::Focus(if asked { "keep-refund" } else { "withdraw-refund" })];
            }
            Msg::Withdraw(key) => {
                if let Some(key) = self.withdrawing.begin(key) {
                    return vec![post_empty(api::refund_withdraw(&self.id), key, Msg::Withdrawn)];
                }
            }
            Msg::Withdrawn(Ok(refund)) => {
                self.refund = Loaded::Here(refund);
                self.asked = false;
                self.withdrawing = Submit::Idle;
            }
            Msg::Withdrawn(Err(failure)) => self.withdrawing.fail(failure),
        }
        Vec::new()
    }
}

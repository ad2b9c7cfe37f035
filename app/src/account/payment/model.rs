//! The page's state.

use shared::api::{self, Play, PlayRequest, SandboxPayment, SandboxState};

use crate::account::route::Route;
use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Loaded, Page, get, post};

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Payment {
    id: String,
    /// The payment.
    pub payment: Loaded<SandboxPayment>,
    /// What was chosen last.
    pub playing: Option<Play>,
    /// How far that has come.
    pub submit: Submit,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The payment.
    Loaded(Result<SandboxPayment, Failure>),
    /// Play this.
    Play(Play, Key),
    /// What became of it.
    Played(Result<SandboxPayment, Failure>),
}

impl Payment {
    /// The page for the payment with this id.
    pub fn new(id: String) -> Self {
        Self { id, payment: Loaded::Waiting, playing: None, submit: Submit::Idle }
    }
}

/// Where the provider sends the payer back to.
pub(super) fn way_back(payment: &SandboxPayment) -> String {
    let came = match payment.state {
        SandboxState::Open => "",
        SandboxState::Paid => "?from=payment",
        SandboxState::Refused => "?from=refused",
    };
    Route::Order(payment.order.clone()).path() + came
}

impl Page for Payment {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::sandbox_payment(&self.id), Msg::Loaded)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(payment) => self.payment = payment.into(),
            Msg::Play(play, key) => {
                // Another choice is another intent, also where the one before was not answered.
                if self.playing != Some(play) && !self.submit.waits() {
                    self.submit = Submit::Idle;
                }
                if let Some(key) = self.submit.begin(key) {
                    self.playing = Some(play);
                    return vec![post(api::sandbox_payment(&self.id), &PlayRequest { play }, Some(key), Msg::Played)];
                }
            }
            Msg::Played(Ok(payment)) => {
                let back = way_back(&payment);
                self.payment = Loaded::Here(payment);
                return vec![Effect::Open(back)];
            }
            Msg::Played(Err(failure)) => self.submit.fail(failure),
        }
        Vec::new()
    }
}

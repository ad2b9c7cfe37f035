//! The page's state.

use shared::api::{self, PayOut, Role};
use shared::money::Fen;
use shared::settlement::StatementState;

use crate::client::Failure;
use crate::console::settlements::sees;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Loaded, Page, get, post};

/// The longest reference of a payment, in characters.
pub(super) const MOST_REFERENCE: usize = 64;

/// Everything that the page shows.
pub struct Settlement {
    id: String,
    sees: bool,
    /// The month with its orders.
    pub settlement: Loaded<Box<api::Settlement>>,
    /// By which the bank knows the payment, as typed.
    pub reference: String,
    /// What is missing is said.
    pub tried: bool,
    /// How far saying that it was paid has come.
    pub submit: Submit,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The month.
    Loaded(Result<Box<api::Settlement>, Failure>),
    /// A reference was typed.
    Reference(String),
    /// It was paid.
    Pay(Key),
    /// The month, paid out.
    Paid(Result<Box<api::Settlement>, Failure>),
}

/// Whether a month waits for its payment.
pub(super) fn waits(settlement: &api::Settlement) -> bool {
    matches!(settlement.state, StatementState::Closed { .. }) && settlement.payable > Fen::ZERO
}

impl Settlement {
    /// The page of the month with this id, for somebody of this role.
    pub fn new(id: String, role: Option<Role>) -> Self {
        Self {
            id,
            sees: sees(role),
            settlement: Loaded::Waiting,
            reference: String::new(),
            tried: false,
            submit: Submit::Idle,
        }
    }

    /// The reference, if it can be one.
    pub fn fit(&self) -> Option<&str> {
        let reference = self.reference.trim();
        (1..=MOST_REFERENCE).contains(&reference.chars().count()).then_some(reference)
    }

    fn pay(&mut self, key: Key) -> Vec<Effect<Msg>> {
        self.tried = true;
        let Some(reference) = self.fit().map(str::to_owned) else { return vec![Effect::Focus("reference")] };
        let Some(key) = self.submit.begin(key) else { return Vec::new() };
        vec![post(api::settlement_paid(&self.id), &PayOut { reference }, Some(key), Msg::Paid)]
    }
}

impl Page for Settlement {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        if self.sees { vec![get(api::settlement(&self.id), Msg::Loaded)] } else { Vec::new() }
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(settlement) => self.settlement = settlement.into(),
            Msg::Reference(reference) => {
                self.reference = reference;
                self.submit.retyped();
            }
            Msg::Pay(key) => return self.pay(key),
            Msg::Paid(Ok(mut paid)) => {
                // A closed month's orders stay as they are, and are not answered again.
                let lines = self.settlement.here().and_then(|before| before.lines.clone());
                paid.lines = paid.lines.take().or(lines);
                self.settlement = Loaded::Here(paid);
                self.submit = Submit::Idle;
                return vec![Effect::Focus("standing")];
            }
            Msg::Paid(Err(failure)) => self.submit.fail(failure),
        }
        Vec::new()
    }
}

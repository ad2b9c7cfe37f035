//! The page's state.

use shared::api::{self, Transfer, TransferConfirm, TransferList, TransferQuery, TransferState};
use shared::money::Fen;

use crate::client::Failure;
use crate::console::money::{amount, typed};
use crate::page::search::{Query, Search, Searched};
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Page, post};

impl Query for TransferQuery {
    type List = TransferList;
    type Row = Transfer;
    const PATH: &'static str = api::TRANSFERS;

    fn rows(list: TransferList) -> Vec<Transfer> {
        list.transfers
    }

    fn next(list: &TransferList) -> Option<&String> {
        list.next.as_ref()
    }

    fn product(_: &Transfer) -> Option<(&str, &str)> {
        None
    }
}

/// Everything that the page shows.
pub struct Transfers {
    /// The transfers.
    pub search: Search<TransferQuery>,
    /// The transfer that is being confirmed.
    pub confirming: Option<Confirming>,
    /// The reference of the row that was opened last: there the keyboard goes back to.
    pub last: Option<String>,
    /// The transfer that was confirmed last, as it stands since, and how much arrived.
    pub done: Option<(Transfer, Fen)>,
}

/// A confirmation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirming {
    /// What is written on the transfer.
    pub reference: String,
    /// What arrived, as typed.
    pub amount: String,
    /// What is missing is said.
    pub tried: bool,
    /// How far it has come.
    pub submit: Submit,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// In the list.
    Search(Searched<TransferList>),
    /// Confirm the transfer of this reference; none any more.
    Open(Option<String>),
    /// An amount was typed.
    Amount(String),
    /// Confirm it.
    Confirm(Key),
    /// The transfer as it stands now, and how much was confirmed.
    Confirmed(Fen, Result<Transfer, Failure>),
}

impl Confirming {
    /// What arrived, if that can be.
    pub fn arrived(&self) -> Option<Fen> {
        amount(&self.amount).filter(|amount| *amount > Fen::ZERO)
    }
}

/// What is still to come for a transfer.
pub(super) fn missing(transfer: &Transfer) -> Fen {
    match transfer.state {
        TransferState::Expected | TransferState::Short => transfer.expected - (transfer.received - transfer.returned),
        TransferState::Settled | TransferState::Ended => Fen::ZERO,
    }
}

impl Transfers {
    /// The page; `query` says what is searched for.
    pub fn new(query: &str) -> Self {
        Self { search: Search::new(query), confirming: None, last: None, done: None }
    }

    fn transfer(&self, reference: &str) -> Option<&Transfer> {
        self.search.found.here()?.iter().find(|transfer| transfer.reference == reference)
    }

    fn confirm(&mut self, key: Key) -> Vec<Effect<Msg>> {
        let Some(confirming) = &mut self.confirming else { return Vec::new() };
        confirming.tried = true;
        let Some(amount) = confirming.arrived() else { return vec![Effect::Focus("arrived")] };
        let Some(key) = confirming.submit.begin(key) else { return Vec::new() };
        let path = api::transfer_confirm(&confirming.reference);
        let body = TransferConfirm { amount, received_at: None };
        vec![post(path, &body, Some(key), move |done| Msg::Confirmed(amount, done))]
    }

    fn confirmed(&mut self, amount: Fen, transfer: Transfer) {
        self.search.replace(&transfer, |row| &row.reference);
        self.confirming = None;
        self.done = Some((transfer, amount));
    }
}

impl Page for Transfers {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        self.search.begin(Msg::Search)
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Search(message) => return self.search.update(message, Msg::Search),
            Msg::Open(None) => {
                self.confirming = None;
                return vec![Effect::Focus("last-opened")];
            }
            Msg::Open(Some(reference)) => {
                // Nearly always what is missing is what arrived.
                let missing = self.transfer(&reference).map(missing).filter(|missing| *missing > Fen::ZERO);
                let amount = missing.map(typed).unwrap_or_default();
                self.last = Some(reference.clone());
                self.confirming = Some(Confirming { reference, amount, tried: false, submit: Submit::Idle });
                self.done = None;
                return vec![Effect::Focus("arrived")];
            }
            Msg::Amount(amount) => {
                if let Some(confirming) = &mut self.confirming {
                    confirming.amount = amount;
                    confirming.submit.retyped();
                }
            }
            Msg::Confirm(key) => return self.confirm(key),
            Msg::Confirmed(amount, Ok(transfer)) => {
                self.confirmed(amount, transfer);
                return vec![Effect::Recount, Effect::Focus("done")];
            }
            Msg::Confirmed(_, Err(failure)) => {
                if let Some(confirming) = &mut self.confirming {
                    confirming.submit.fail(failure);
                }
            }
        }
        Vec::new()
    }
}

//! The page's state.

use std::sync::Arc;

use shared::api::{self, ChangeSelection, IntentName, Order, Service, ServiceDetail, ServiceQuoteRequest, Signed};
use shared::calendar::{Term, Timestamp};
use shared::catalog::{ChargeKind, Offer};
use shared::lifecycle::ChangeMode;
use shared::money::Fen;
use shared::orders::{Intent, OrderState};
use shared::pricing::SelectionFile;

use super::wish::{Loss, Outcome, What, Wish};
use crate::account::route::Route;
use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Loaded, Page, get, post};
use crate::storefront::product::draft::{DraftPick, number, within};
use crate::widgets::spin::SpinEvent;

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Change {
    id: String,
    /// The service and what is wanted of it.
    pub desk: Loaded<Box<Desk>>,
    /// How far asking for a quotation has come.
    pub asking: Submit,
}

/// A service, what is sold of its product now, and what is wanted.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The service.
    pub service: Service,
    /// What is sold now: its revision, and the offer.
    pub revision: u32,
    /// See `revision`.
    pub offer: Arc<Offer>,
    /// A refund of the product is under review: until it has ended nothing is ordered (rule O4).
    pub under_review: bool,
    /// The orders on it that wait to be paid.
    pub unpaid: Vec<(String, Intent)>,
    /// What is wanted.
    pub wish: Wish,
}

/// What can happen on the page.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The service.
    Service(Result<Box<ServiceDetail>, Failure>),
    /// Do this.
    What(What),
    /// Upgrade to the edition at this index.
    Edition(usize),
    /// Of the charge at an index, the value at another.
    Value(usize, usize),
    /// Something happened to the field of the charge at this index.
    Quantity(usize, SpinEvent),
    /// For this term.
    Term(Term),
    /// In this way.
    Mode(ChangeMode),
    /// Ask for the quotation of what is shown at this instant.
    Ask(Key, Timestamp),
    /// The quotation.
    Quoted(Result<Box<Signed>, Failure>),
}

impl Change {
    /// The page for the service with this id.
    pub fn new(id: String) -> Self {
        Self { id, desk: Loaded::Waiting, asking: Submit::Idle }
    }

    /// What can be done with what is on the desk already; nothing is asked of the server before somebody orders.
    pub fn on(desk: Desk) -> Self {
        Self { id: desk.service.id.clone(), desk: Loaded::Here(Box::new(desk)), asking: Submit::Idle }
    }

    /// Something else is wanted, which is another intent.
    fn wish(&mut self, change: impl FnOnce(&mut Desk)) {
        if let (Loaded::Here(desk), false) = (&mut self.desk, self.asking.waits()) {
            change(desk);
            self.asking = Submit::Idle;
        }
    }

    fn ask(&mut self, key: Key, at: Timestamp) -> Vec<Effect<Msg>> {
        let Loaded::Here(desk) = &mut self.desk else { return Vec::new() };
        let Ok(quote) = desk.outcome(at) else { return Vec::new() };
        let loss = Loss::of(&quote, desk.service.subscription.end());
        let Some(key) = self.asking.begin(key) else { return Vec::new() };
        let request = desk.request(quote.total, loss);
        vec![post(api::QUOTES.to_owned(), &request, Some(key), Msg::Quoted)]
    }
}

impl Desk {
    fn of(detail: ServiceDetail) -> Result<Self, Failure> {
        let ServiceDetail { service, sold, history, now } = detail;
        let offer = Arc::new(Offer::parse(sold.config.get()).map_err(|_| Failure::Unreadable)?);
        let wish = Wish::first(&offer, &service, now).ok_or(Failure::Unreadable)?;
        let waits = |order: &Order| matches!(order.state, OrderState::Unpaid { .. });
        let unpaid = history.into_iter().filter(waits).filter_map(|order| Some((order.id, order.on?.intent))).collect();
        Ok(Self { service, revision: sold.revision, offer, under_review: sold.under_review, unpaid, wish })
    }

    /// The order that waits to be paid and is superseded by one for what is wanted (rule O2).
    pub fn superseded(&self) -> Option<&str> {
        let intent = self.wish.change_mode().map_or(Intent::Renew, |mode| Intent::Change { mode });
        let old = self.unpaid.iter().find(|(_, old)| intent.supersedes(*old));
        old.map(|(id, _)| id.as_str())
    }

    /// What is wanted comes to this at `now`.
    pub fn outcome(&self, now: Timestamp) -> Outcome {
        self.wish.outcome(&self.offer, &self.service.subscription, now)
    }

    fn request(&self, total: Fen, loss: Option<Loss>) -> ServiceQuoteRequest {
        let mode = self.wish.change_mode();
        let with_term = mode != Some(ChangeMode::CoTerm);
        let selection = mode.and_then(|_| self.wish.selection(&self.offer));
        let selection = selection.map(|SelectionFile { edition, term, quantities, options, .. }| ChangeSelection {
            edition,
            term: term.filter(|_| with_term).map(|term| term.to_string()),
            quantities,
            options,
        });
        ServiceQuoteRequest {
            subscription: self.service.id.clone(),
            intent: if mode.is_some() { IntentName::Change } else { IntentName::Renew },
            mode,
            term: self.wish.draft.term.filter(|_| mode.is_none()).map(|term| term.to_string()),
            selection,
            accept_forfeit: loss.map(|loss| loss.forfeited),
            expected_total: Some(total),
            revision: Some(self.revision),
        }
    }

    fn typed(&mut self, charge: usize, event: SpinEvent) {
        let edition = &self.offer.editions[self.wish.draft.edition];
        let Some(ChargeKind::Quantity(limits)) = edition.charges.get(charge).map(|charge| &charge.kind) else { return };
        let Some(DraftPick::Quantity(typed)) = self.wish.draft.picks.get_mut(charge) else { return };
        match event {
            SpinEvent::Typed(text) => *typed = text,
            SpinEvent::Step(by) => {
                let from = number(typed).unwrap_or_else(|| limits.minimum().into());
                *typed = within(limits, from.saturating_add(by)).to_string();
            }
            SpinEvent::Left => {
                if let Some(n) = number(typed) {
                    *typed = n.to_string();
                }
            }
        }
    }
}

impl Page for Change {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::service(&self.id), Msg::Service)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Service(detail) => self.desk = detail.and_then(|detail| Desk::of(*detail).map(Box::new)).into(),
            Msg::What(what) => self.wish(|desk| {
                desk.wish = desk.wish.to(what, &desk.offer, &desk.service.subscription);
            }),
            Msg::Edition(edition) => self.wish(|desk| {
                let held = desk.wish.to(What::Expand, &desk.offer, &desk.service.subscription).draft;
                desk.wish.draft = held.in_edition(&desk.offer, edition);
            }),
            Msg::Value(charge, value) => self.wish(|desk| {
                if let Some(pick) = desk.wish.draft.picks.get_mut(charge) {
                    *pick = DraftPick::Value(value);
                }
            }),
            Msg::Quantity(charge, event) => self.wish(|desk| desk.typed(charge, event)),
            Msg::Term(term) => self.wish(|desk| desk.wish.draft.term = Some(term)),
            Msg::Mode(mode) => self.wish(|desk| desk.wish.mode = mode),
            Msg::Ask(key, at) => return self.ask(key, at),
            Msg::Quoted(Ok(signed)) => return vec![Effect::Open(Route::Checkout(signed.confirmed.id).path())],
            Msg::Quoted(Err(failure)) => self.asking.fail(failure),
        }
        Vec::new()
    }
}

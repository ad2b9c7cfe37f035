//! The page's state. What it costs stands in the quotation that the server signed; nothing is computed here.

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use shared::api::{
    self, ChangeSelection, Confirmed, IntentName, Order, PlaceOrder, QuoteRequest, ServiceQuoteRequest, Signed,
};
use shared::catalog::Offer;
use shared::lifecycle::ChangeMode;
use shared::money::Fen;
use shared::orders::{Intent, Method, OnService};
use shared::pricing::SelectionFile;

use super::intended::{Intend, Intended};
use crate::account::route::Route;
use crate::account::service::change::Loss;
use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Loaded, Page, get, post};

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Checkout {
    id: String,
    /// The quotation.
    pub quoted: Loaded<Box<Confirmed>>,
    /// The version of the product's agreement that holds now.
    pub agreement: Option<u32>,
    /// What is sold of the product now, if it is what was quoted from.
    pub offer: Option<Box<Offer>>,
    /// The ways to pay that there are.
    pub methods: Vec<Method>,
    /// The chosen one's index.
    pub method: usize,
    /// The agreement was accepted.
    pub accepted: bool,
    /// It should have been.
    pub accept_first: bool,
    /// Whether what the change takes away is accepted.
    pub given_up: Tick,
    /// How far ordering has come.
    pub placing: Submit,
    /// How far quoting the same again has come.
    pub again: Again,
    /// What the buyer means to do besides: for what it will cost.
    pub intended: Intended,
}

/// A box that has to be ticked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// Not ticked.
    Open,
    /// Not ticked when it should have been.
    Missing,
    /// Ticked.
    Accepted,
}

/// How far quoting the same again has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Again {
    /// Nobody has asked.
    Idle,
    /// The server is at it.
    Waiting,
    /// Today's total is another one.
    Differs(Fen),
    /// There is no answer.
    Failed(Failure),
}

/// What of a [`shared::api::Product`] this page needs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Terms {
    /// Left out while the first version holds.
    #[serde(default = "first")]
    agreement: u32,
    #[serde(default)]
    revision: u32,
    #[serde(default, rename = "config", deserialize_with = "offer")]
    offer: Option<Box<Offer>>,
}

/// The configuration, which is looked at to say what the years after cost; without it, nothing is said of them.
fn offer<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Option<Box<Offer>>, D::Error> {
    let text = Box::<RawValue>::deserialize(deserializer)?;
    Ok(Offer::parse(text.get()).ok().map(Box::new))
}

const fn first() -> u32 {
    1
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The quotation.
    Quoted(Result<Box<Signed>, Failure>),
    /// The product's terms.
    Terms(Result<Terms, Failure>),
    /// The way to pay at this index was chosen.
    Method(usize),
    /// The agreement was accepted, or not any more.
    Accept(bool),
    /// What the change takes away is accepted, or not any more.
    AcceptLoss(bool),
    /// Something else is meant to follow.
    Intend(Intend),
    /// Place the order.
    Place(Key),
    /// The order.
    Placed(Result<Box<Order>, Failure>),
    /// Quote the same again.
    Again,
    /// The new quotation.
    Requoted(Result<Box<Signed>, Failure>),
}

impl Checkout {
    /// The page for the quotation with this id.
    pub fn new(id: String, sandbox: bool) -> Self {
        let methods = if sandbox { vec![Method::Sandbox, Method::Transfer] } else { vec![Method::Transfer] };
        Self {
            id,
            quoted: Loaded::Waiting,
            agreement: None,
            offer: None,
            methods,
            method: 0,
            accepted: false,
            accept_first: false,
            given_up: Tick::Open,
            intended: Intended::default(),
            placing: Submit::Idle,
            again: Again::Idle,
        }
    }

    fn chosen(&self) -> Method {
        self.methods.get(self.method).copied().unwrap_or(Method::Transfer)
    }

    /// What the change takes away, which is accepted by itself (rule O1).
    pub fn loss(&self) -> Option<Loss> {
        let quoted = self.quoted.here()?;
        Loss::of(&quoted.quote, quoted.on.as_ref()?.subscription.end())
    }

    fn place(&mut self, key: Key) -> Vec<Effect<Msg>> {
        let Some(agreement) = self.agreement else { return Vec::new() };
        if !self.accepted {
            self.accept_first = true;
            return vec![Effect::Focus("agreement")];
        }
        if self.loss().is_some() && self.given_up != Tick::Accepted {
            self.given_up = Tick::Missing;
            return vec![Effect::Focus("accept-loss")];
        }
        let Some(key) = self.placing.begin(key) else { return Vec::new() };
        let accept_forfeit = self.loss().map(|loss| loss.forfeited);
        let order = PlaceOrder { quote: self.id.clone(), method: self.chosen(), agreement, accept_forfeit };
        vec![post(api::ORDERS.to_owned(), &order, Some(key), Msg::Placed)]
    }

    fn requote(&mut self) -> Vec<Effect<Msg>> {
        let Some(quoted) = self.quoted.here() else { return Vec::new() };
        let expected = match self.again {
            Again::Waiting => return Vec::new(),
            Again::Differs(total) => total,
            Again::Idle | Again::Failed(_) => quoted.quote.total,
        };
        let asked = match &quoted.on {
            Some(on) => post(api::QUOTES.to_owned(), &on_service(quoted, on, expected), None, Msg::Requoted),
            None => {
                let request = QuoteRequest {
                    product: quoted.product.clone(),
                    selection: quoted.selection.clone(),
                    expected_total: Some(expected),
                    revision: None,
                };
                post(api::QUOTES.to_owned(), &request, None, Msg::Requoted)
            }
        };
        self.again = Again::Waiting;
        vec![asked]
    }
}

/// Asks once more for what was quoted on a service.
fn on_service(quoted: &Confirmed, on: &OnService, expected: Fen) -> ServiceQuoteRequest {
    let (intent, mode) = match on.intent {
        Intent::Renew => (IntentName::Renew, None),
        Intent::Change { mode } => (IntentName::Change, Some(mode)),
    };
    let SelectionFile { edition, term, quantities, options, .. } = quoted.selection.clone();
    let renewed = term.filter(|_| mode.is_none()).map(|term| term.to_string());
    let term = term.filter(|_| mode == Some(ChangeMode::ReTerm)).map(|term| term.to_string());
    let selection = mode.map(|_| ChangeSelection { edition, term, quantities, options });
    ServiceQuoteRequest {
        subscription: on.service.clone(),
        intent,
        mode,
        term: renewed,
        selection,
        accept_forfeit: None,
        expected_total: Some(expected),
        revision: None,
    }
}

/// The total that the server computes today, where that is why it refused.
fn other_total(failure: &Failure) -> Option<Fen> {
    match failure {
        Failure::Refused(refused) => refused.total,
        _ => None,
    }
}

impl Page for Checkout {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::quote(&self.id), Msg::Quoted)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Quoted(signed) => {
                self.quoted = signed.map(|signed| Box::new(signed.confirmed)).into();
                let product = self.quoted.here().map(|quoted| api::product(&quoted.product));
                return product.map(|path| get(path, Msg::Terms)).into_iter().collect();
            }
            Msg::Terms(Ok(terms)) => {
                self.agreement = Some(terms.agreement);
                let same = self.quoted.here().is_some_and(|quoted| quoted.revision == terms.revision);
                self.offer = terms.offer.filter(|_| same);
            }
            Msg::Terms(Err(failure)) => self.quoted = Loaded::Failed(failure),
            Msg::Method(index) => {
                self.method = index;
                // Another way to pay is another order.
                if !self.placing.waits() {
                    self.placing = Submit::Idle;
                }
            }
            Msg::Accept(accepted) => {
                self.accepted = accepted;
                self.accept_first = false;
            }
            Msg::AcceptLoss(accepted) => self.given_up = if accepted { Tick::Accepted } else { Tick::Open },
            Msg::Intend(change) => self.intended.change(change),
            Msg::Place(key) => return self.place(key),
            // What is left to do can be done from the order's page too.
            Msg::Placed(Ok(order)) => {
                let Order { id, pay_at, .. } = *order;
                return vec![Effect::Open(pay_at.unwrap_or_else(|| Route::Order(id).path()))];
            }
            Msg::Placed(Err(failure)) => {
                if let Some(total) = other_total(&failure) {
                    self.again = Again::Differs(total);
                }
                self.placing.fail(failure);
            }
            Msg::Again => return self.requote(),
            Msg::Requoted(Ok(signed)) => return vec![Effect::Open(Route::Checkout(signed.confirmed.id).path())],
            Msg::Requoted(Err(failure)) => {
                self.again = other_total(&failure).map_or(Again::Failed(failure), Again::Differs);
            }
        }
        Vec::new()
    }
}

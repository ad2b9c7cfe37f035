//! The page's state. What was asked for last stands in the fields already: most enterprises have one title.

use shared::aftersale::{Invoice, InvoiceKind, TaxNumber};
use shared::api::{self, Filed, InvoiceList, InvoiceRequest, Order};
use shared::mail;

use crate::account::route::Route;
use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Context, Effect, Loaded, Page, get, post};

/// The longest title, in characters (rule O5).
pub(super) const MOST_TITLE: usize = 100;

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct InvoiceAsk {
    pub(super) id: String,
    /// The order.
    pub order: Loaded<Box<Order>>,
    /// Of what kind.
    pub kind: InvoiceKind,
    /// Whom it is made out to, as typed.
    pub title: String,
    /// The tax number, as typed.
    pub tax_number: String,
    /// Where it is sent, as typed.
    pub email: String,
    /// The person has typed or chosen: what was asked for last is put nowhere any more.
    pub touched: bool,
    /// What is missing is said.
    pub tried: bool,
    /// How far asking has come.
    pub submit: Submit,
}

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Whom it is made out to.
    Title,
    /// The tax number.
    TaxNumber,
    /// Where it is sent.
    Email,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The order.
    Loaded(Result<Box<Order>, Failure>),
    /// The invoices that were asked for before.
    Before(Result<InvoiceList, Failure>),
    /// Another kind.
    Kind(InvoiceKind),
    /// Something was typed into a field.
    Typed(Field, String),
    /// Ask for it.
    Ask(Key),
    /// The invoice.
    Asked(Result<Box<Filed<Invoice>>, Failure>),
}

impl InvoiceAsk {
    /// The page for the order with this id.
    pub fn new(id: String, context: &Context) -> Self {
        let who = context.who.as_ref();
        Self {
            id,
            order: Loaded::Waiting,
            kind: InvoiceKind::Ordinary,
            title: who.map(|who| who.organisation.name.clone()).unwrap_or_default(),
            tax_number: String::new(),
            email: who.map(|who| who.email.clone()).unwrap_or_default(),
            touched: false,
            tried: false,
            submit: Submit::Idle,
        }
    }

    /// Whether a field has what it should.
    pub fn fits(&self, field: Field) -> bool {
        match field {
            Field::Title => (1..=MOST_TITLE).contains(&self.title.trim().chars().count()),
            Field::TaxNumber => self.tax_number.parse::<TaxNumber>().is_ok(),
            Field::Email => mail::address(&self.email).is_some(),
        }
    }

    fn ask(&mut self, key: Key) -> Vec<Effect<Msg>> {
        self.tried = true;
        let fields = [(Field::Title, "title"), (Field::TaxNumber, "tax-number"), (Field::Email, "email")];
        if let Some((_, id)) = fields.into_iter().find(|(field, _)| !self.fits(*field)) {
            return vec![Effect::Focus(id)];
        }
        let Some(key) = self.submit.begin(key) else { return Vec::new() };
        let body = InvoiceRequest {
            kind: self.kind,
            title: self.title.trim().to_owned(),
            tax_number: self.tax_number.trim().to_owned(),
            email: self.email.trim().to_owned(),
        };
        vec![post(api::of(api::ORDER_INVOICES, &self.id), &body, Some(key), Msg::Asked)]
    }
}

impl Page for InvoiceAsk {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::order(&self.id), Msg::Loaded), get(api::INVOICES.to_owned(), Msg::Before)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(order) => self.order = order.into(),
            Msg::Before(Ok(before)) => {
                if let (false, Some(last)) = (self.touched, before.invoices.into_iter().next()) {
                    let Invoice { kind, title, tax_number, email, .. } = last.record;
                    (self.kind, self.title, self.email) = (kind, title, email);
                    self.tax_number = tax_number.to_string();
                }
            }
            // They only save typing.
            Msg::Before(Err(_)) => {}
            Msg::Kind(kind) => {
                self.kind = kind;
                self.touched = true;
                self.submit.retyped();
            }
            Msg::Typed(field, text) => {
                match field {
                    Field::Title => self.title = text,
                    Field::TaxNumber => self.tax_number = text,
                    Field::Email => self.email = text,
                }
                self.touched = true;
                self.submit.retyped();
            }
            Msg::Ask(key) => return self.ask(key),
            Msg::Asked(Ok(_)) => return vec![Effect::Open(Route::Invoices.path())],
            Msg::Asked(Err(failure)) => self.submit.fail(failure),
        }
        Vec::new()
    }
}

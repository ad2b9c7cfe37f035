//! The page's state. The search stands in the address.

use shared::aftersale::Invoice;
use shared::api::{self, Filed, InvoiceIssue, InvoiceList, Rejection};

use crate::client::Failure;
use crate::page::search::{Search, Searched};
use crate::page::submit::Key;
use crate::page::written::Written;
use crate::page::{Effect, Page, post};
use crate::trade::aftersale::invoice;
use crate::trade::records::Of;

/// The longest number and the longest reason (rule O5).
pub(super) const MOST_NUMBER: usize = 40;
pub(super) const MOST_REASON: usize = 200;

/// Everything that the page shows.
pub struct Invoices {
    /// The invoices.
    pub search: Search<Of<invoice::Invoices>>,
    /// The invoice that is being answered.
    pub answering: Option<Answering>,
    /// The id of the row that was opened last: there the keyboard goes back to.
    pub last: Option<String>,
    /// What became of the one that was answered last.
    pub done: Option<Box<Filed<Invoice>>>,
}

/// An answer to who asks for an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answering {
    /// The invoice's id.
    pub id: String,
    /// It is not issued.
    pub rejects: bool,
    /// Its number, or the reason.
    pub text: Written,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// In the list.
    Search(Searched<InvoiceList>),
    /// Answer the invoice of this id; none any more.
    Open(Option<String>),
    /// Reject it, or issue it.
    Reject(bool),
    /// A number or a reason was typed.
    Typed(String),
    /// Send the answer.
    Answer(Key),
    /// The invoice since.
    Answered(Result<Box<Filed<Invoice>>, Failure>),
}

impl Answering {
    fn new(id: String, rejects: bool) -> Self {
        Self { id, rejects, text: Written::default() }
    }

    /// What is typed, if it can be sent: a number has letters, digits and hyphens only.
    pub fn fit(&self) -> bool {
        if self.rejects {
            return self.text.fit(MOST_REASON).is_some();
        }
        let plain = |number: &str| number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        self.text.fit(MOST_NUMBER).is_some_and(plain)
    }
}

impl Invoices {
    /// The page; `query` says what is searched for.
    pub fn new(query: &str) -> Self {
        Self { search: Search::new(query), answering: None, last: None, done: None }
    }

    fn answer(&mut self, key: Key) -> Vec<Effect<Msg>> {
        let Some(answering) = &mut self.answering else { return Vec::new() };
        if !answering.fit() {
            answering.text.tried = true;
            return vec![Effect::Focus("answer")];
        }
        let most = if answering.rejects { MOST_REASON } else { MOST_NUMBER };
        let (text, key) = match answering.text.send(most, "answer", key) {
            Ok(sent) => sent,
            Err(instead) => return instead,
        };
        let path = |path: &str| api::of(path, &answering.id);
        vec![if answering.rejects {
            post(path(api::INVOICE_REJECT), &Rejection { reason: text }, Some(key), Msg::Answered)
        } else {
            post(path(api::INVOICE_ISSUE), &InvoiceIssue { number: text }, Some(key), Msg::Answered)
        }]
    }
}

impl Page for Invoices {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        self.search.begin(Msg::Search)
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Search(message) => return self.search.update(message, Msg::Search),
            Msg::Open(None) => {
                self.answering = None;
                return vec![Effect::Focus("last-opened")];
            }
            Msg::Open(Some(id)) => {
                self.last = Some(id.clone());
                self.answering = Some(Answering::new(id, false));
                self.done = None;
                return vec![Effect::Focus("answer")];
            }
            Msg::Reject(rejects) => {
                if let Some(answering) = &mut self.answering {
                    let id = core::mem::take(&mut answering.id);
                    *answering = Answering::new(id, rejects);
                }
                return vec![Effect::Focus("answer")];
            }
            Msg::Typed(text) => {
                if let Some(answering) = &mut self.answering {
                    answering.text.typed(text);
                }
            }
            Msg::Answer(key) => return self.answer(key),
            Msg::Answered(Ok(invoice)) => {
                self.search.replace(&invoice, |row| &row.record.id);
                self.answering = None;
                self.done = Some(invoice);
                return vec![Effect::Recount, Effect::Focus("done")];
            }
            Msg::Answered(Err(failure)) => {
                if let Some(answering) = &mut self.answering {
                    answering.text.submit.fail(failure);
                }
            }
        }
        Vec::new()
    }
}

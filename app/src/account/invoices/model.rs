//! The page's state. The search stands in the address.

use shared::aftersale::Invoice;
use shared::api::{self, Filed, InvoiceList};

use crate::client::Failure;
use crate::page::search::{Search, Searched};
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Page, post_empty};
use crate::trade::aftersale::invoice;
use crate::trade::records::Of;

/// Everything that the page shows.
pub struct Invoices {
    /// The invoices.
    pub search: Search<Of<invoice::Invoices>>,
    /// The one that is taken back, and how far that has come.
    pub withdrawing: Option<(String, Submit)>,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// In the list.
    Search(Searched<InvoiceList>),
    /// Ask whether to take the invoice of this id back; none any more.
    Ask(Option<String>),
    /// Take it back.
    Withdraw(Key),
    /// The invoice since.
    Withdrawn(Result<Box<Filed<Invoice>>, Failure>),
}

impl Invoices {
    /// The page; `query` says what is searched for.
    pub fn new(query: &str) -> Self {
        Self { search: Search::new(query), withdrawing: None }
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
            Msg::Ask(id) => {
                let focus = id.is_some().then_some(Effect::Focus("keep-invoice"));
                self.withdrawing = id.map(|id| (id, Submit::Idle));
                return focus.into_iter().collect();
            }
            Msg::Withdraw(key) => {
                if let Some((id, submit)) = &mut self.withdrawing
                    && let Some(key) = submit.begin(key)
                {
                    return vec![post_empty(api::of(api::INVOICE_WITHDRAW, id), key, Msg::Withdrawn)];
                }
            }
            Msg::Withdrawn(Ok(invoice)) => {
                self.search.replace(&invoice, |row| &row.record.id);
                self.withdrawing = None;
            }
            Msg::Withdrawn(Err(failure)) => {
                if let Some((_, submit)) = &mut self.withdrawing {
                    submit.fail(failure);
                }
            }
        }
        Vec::new()
    }
}

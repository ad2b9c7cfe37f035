//! The pages' state. The search stands in the address.

use shared::api::{OfflineList, RefundList, RefundQuery};

use crate::page::search::{Search, Searched};
use crate::page::{Effect, Page};
use crate::trade::aftersale::offline;
use crate::trade::records::Of;

/// What can happen on the page of refunds.
pub type Msg = Searched<RefundList>;

/// Refunds.
pub struct Refunds(pub(super) Search<RefundQuery>);

/// Offline refunds.
pub struct OfflineRefunds(pub(super) Search<Of<offline::OfflineRefunds>>);

impl Refunds {
    /// The page; `query` says what is searched for.
    pub fn new(query: &str) -> Self {
        Self(Search::new(query))
    }
}

impl OfflineRefunds {
    /// The page; `query` says what is searched for.
    pub fn new(query: &str) -> Self {
        Self(Search::new(query))
    }
}

impl Page for Refunds {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        self.0.begin(|message| message)
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        self.0.update(message, |message| message)
    }
}

impl Page for OfflineRefunds {
    type Msg = Searched<OfflineList>;

    fn begin(&mut self) -> Vec<Effect<Self::Msg>> {
        self.0.begin(|message| message)
    }

    fn update(&mut self, message: Self::Msg) -> Vec<Effect<Self::Msg>> {
        self.0.update(message, |message| message)
    }
}

//! The page's state. The search stands in the address.

use shared::api::{ServiceList, ServiceQuery};

use crate::page::search::{Search, Searched};
use crate::page::{Effect, Page};

/// What can happen on the page.
pub type Msg = Searched<ServiceList>;

/// Everything that the page shows.
pub struct Services {
    /// The services.
    pub search: Search<ServiceQuery>,
}

impl Services {
    /// The page; `query` says what is searched for.
    pub fn new(query: &str) -> Self {
        Self { search: Search::new(query) }
    }
}

impl Page for Services {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        self.search.begin(|message| message)
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        self.search.update(message, |message| message)
    }
}

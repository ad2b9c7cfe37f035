//! The page's state. The search stands in the address.

use shared::api::{self, Role, Settlement, SettlementList, SettlementQuery};

use crate::page::search::{Query, Search, Searched};
use crate::page::{Effect, Page};

/// What can happen on the page.
pub type Msg = Searched<SettlementList>;

impl Query for SettlementQuery {
    type List = SettlementList;
    type Row = Settlement;
    const PATH: &'static str = api::SETTLEMENTS;

    fn rows(list: SettlementList) -> Vec<Settlement> {
        list.settlements
    }

    // All that there are: one a month for each ISV, of which the page says that it shows the newest.
    fn next(_: &SettlementList) -> Option<&String> {
        None
    }

    fn product(_: &Settlement) -> Option<(&str, &str)> {
        None
    }
}

/// Everything that the page shows.
pub struct Settlements {
    pub(super) search: Search<SettlementQuery>,
    /// The reader may see what the months come to.
    sees: bool,
}

/// Whether somebody of this role sees what ISVs are owed.
pub(in crate::console) fn sees(role: Option<Role>) -> bool {
    matches!(role, Some(Role::IsvOwner | Role::Operator | Role::Auditor))
}

impl Settlements {
    /// The page for somebody of this role; `query` says what is searched for.
    pub fn new(query: &str, role: Option<Role>) -> Self {
        Self { search: Search::new(query), sees: sees(role) }
    }
}

impl Page for Settlements {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        // What would be refused is not asked for: the page says who may.
        if self.sees { self.search.begin(|message| message) } else { Vec::new() }
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        self.search.update(message, |message| message)
    }
}

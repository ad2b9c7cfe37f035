//! What an ISV sold, as pictures: twelve months, and the products that sold most.

mod picture;
#[cfg(test)]
mod tests;
mod view;

use shared::api;

use crate::client::Failure;
use crate::page::{Effect, Loaded, Page, get};

/// Everything that the page shows.
pub struct Sales {
    /// What was sold.
    pub sales: Loaded<api::Sales>,
}

/// What can happen on the page.
pub enum Msg {
    /// What was sold.
    Loaded(Result<api::Sales, Failure>),
}

impl Default for Sales {
    fn default() -> Self {
        Self { sales: Loaded::Waiting }
    }
}

impl Page for Sales {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::SALES.to_owned(), Msg::Loaded)]
    }

    fn update(&mut self, Msg::Loaded(sales): Msg) -> Vec<Effect<Msg>> {
        self.sales = sales.map_or_else(Loaded::Failed, Loaded::Here);
        Vec::new()
    }
}

//! A page that is a list to be searched, and nothing else.

use core::marker::PhantomData;

use super::search::{Query, Search, Searched};
use super::{Effect, Page};

/// Whose page it is (`W`) decides how it looks: two apps show the same list in two ways. The search stands in the address.
pub struct List<Q: Query, W> {
    /// The list.
    pub search: Search<Q>,
    whose: PhantomData<fn() -> W>,
}

impl<Q: Query, W> List<Q, W> {
    /// The page; `query` says what is searched for.
    pub fn new(query: &str) -> Self {
        Self { search: Search::new(query), whose: PhantomData }
    }
}

impl<Q: Query, W: 'static> Page for List<Q, W> {
    type Msg = Searched<Q::List>;

    fn begin(&mut self) -> Vec<Effect<Self::Msg>> {
        self.search.begin(|message| message)
    }

    fn update(&mut self, message: Self::Msg) -> Vec<Effect<Self::Msg>> {
        self.search.update(message, |message| message)
    }
}

//! A list that is searched, in parts: what is searched for stands in the address, an answer that was overtaken is not shown, and
//! older rows are added below.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Effect, Loaded, get};
use crate::client::Failure;

/// What can be searched for: texts by name, of which any may be absent.
pub trait Query: Clone + Default + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What the server answers.
    type List: DeserializeOwned + 'static;
    /// One of what is found.
    type Row: Send + Sync + 'static;
    /// Where it is asked for.
    const PATH: &'static str;

    /// What was found.
    fn rows(list: Self::List) -> Vec<Self::Row>;

    /// Where older ones begin, if there are more.
    fn next(list: &Self::List) -> Option<&String>;

    /// The product that a row is about, by slug and name, to search by.
    fn product(row: &Self::Row) -> Option<(&str, &str)>;
}

/// A list and what is searched for in it.
pub struct Search<Q: Query> {
    /// What is searched for.
    pub query: Q,
    /// What was found.
    pub found: Loaded<Vec<Q::Row>>,
    /// The products that rows were seen for, by slug.
    pub products: BTreeMap<String, String>,
    /// Another answer is on its way.
    pub busy: bool,
    /// Why what is shown is not what is searched for.
    pub stale: Option<Failure>,
    /// Where older ones begin, if there are more.
    pub next: Option<String>,
    /// Older ones are on their way.
    pub adding: bool,
    asked: u32,
}

/// What can happen to a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Searched<L> {
    /// What was found by the search of this number.
    Found(u32, Result<L, Failure>),
    /// Ask for older ones.
    More,
    /// Older ones of the search of this number.
    Added(u32, Result<L, Failure>),
    /// Search for this text by this name; an empty one stands for all.
    By(&'static str, String),
    /// Search for nothing in particular.
    All,
    /// Search again.
    Again,
}

impl<Q: Query> Search<Q> {
    /// The search that stands in an address's query. What is none of ours, or makes no sense, counts as nothing.
    pub fn new(query: &str) -> Self {
        let mut query_so_far = Q::default();
        for (name, text) in form_urlencoded::parse(query.as_bytes()) {
            if let Some(with) = with(&query_so_far, &name, &text) {
                query_so_far = with;
            }
        }
        let (found, products) = (Loaded::Waiting, BTreeMap::new());
        let (next, asked) = (None, 0);
        Self { query: query_so_far, found, products, busy: false, stale: None, next, adding: false, asked }
    }

    /// Anything in particular is searched for.
    pub fn narrowed(&self) -> bool {
        self.query != Q::default()
    }

    /// Nothing is there, whatever is searched for.
    pub fn is_empty(&self) -> bool {
        let nothing = self.found.here().is_some_and(Vec::is_empty);
        nothing && !self.narrowed() && !self.busy && self.stale.is_none()
    }

    /// The search as an address's query.
    pub fn written(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in texts(&self.query) {
            query.append_pair(&name, value.as_str().unwrap_or_default());
        }
        query.finish()
    }

    /// Shows a row as it is now. It stays where it is, whatever is searched for: one sees what became of it.
    pub fn replace(&mut self, now: &Q::Row, id: fn(&Q::Row) -> &String)
    where
        Q::Row: Clone,
    {
        if let Loaded::Here(rows) = &mut self.found {
            rows.iter_mut().filter(|row| id(row) == id(now)).for_each(|row| row.clone_from(now));
        }
    }

    fn ask<M: 'static>(&mut self, into: fn(Searched<Q::List>) -> M) -> Effect<M> {
        self.asked += 1;
        self.busy = true;
        self.adding = false;
        let asked = self.asked;
        get(self.path(None), move |found| into(Searched::Found(asked, found)))
    }

    fn more<M: 'static>(&mut self, into: fn(Searched<Q::List>) -> M) -> Vec<Effect<M>> {
        let Some(next) = self.next.as_deref().filter(|_| !self.adding && !self.busy) else { return Vec::new() };
        let (asked, path) = (self.asked, self.path(Some(next)));
        self.adding = true;
        vec![get(path, move |added| into(Searched::Added(asked, added)))]
    }

    /// Where it is asked for, from `after` on.
    fn path(&self, after: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(self.written());
        if let Some(after) = after {
            query.append_pair("after", after);
        }
        let query = query.finish();
        if query.is_empty() { Q::PATH.to_owned() } else { [Q::PATH, "?", &query].concat() }
    }

    fn search<M: 'static>(&mut self, query: Q, into: fn(Searched<Q::List>) -> M) -> Vec<Effect<M>> {
        if query == self.query {
            return Vec::new();
        }
        self.query = query;
        vec![Effect::Query(self.written()), self.ask(into)]
    }

    fn found(&mut self, found: Result<Q::List, Failure>) {
        self.busy = false;
        self.stale = None;
        match found {
            Ok(list) => self.found = Loaded::Here(self.read(list)),
            // What was found before is not what is searched for now, and is said to be so.
            Err(failure) if self.found.here().is_some() => self.stale = Some(failure),
            Err(failure) => self.found = Loaded::Failed(failure),
        }
    }

    fn added(&mut self, added: Result<Q::List, Failure>) {
        self.adding = false;
        self.stale = None;
        match added {
            Ok(list) => {
                let rows = self.read(list);
                if let Loaded::Here(found) = &mut self.found {
                    found.extend(rows);
                }
            }
            Err(failure) => self.stale = Some(failure),
        }
    }

    /// The rows of a list, and what else it says.
    fn read(&mut self, list: Q::List) -> Vec<Q::Row> {
        self.next = Q::next(&list).cloned();
        let rows = Q::rows(list);
        for (slug, name) in rows.iter().filter_map(Q::product) {
            self.products.insert(slug.to_owned(), name.to_owned());
        }
        rows
    }

    /// What it asks for when its page opens; `into` makes its messages the page's.
    pub fn begin<M: 'static>(&mut self, into: fn(Searched<Q::List>) -> M) -> Vec<Effect<M>> {
        vec![self.ask(into)]
    }

    /// What `message` makes of it.
    pub fn update<M: 'static>(
        &mut self,
        message: Searched<Q::List>,
        into: fn(Searched<Q::List>) -> M,
    ) -> Vec<Effect<M>> {
        match message {
            Searched::Found(asked, found) if asked == self.asked => self.found(found),
            Searched::Added(asked, added) if asked == self.asked => self.added(added),
            // Overtaken by another search, an answer says nothing any more.
            Searched::Found(..) | Searched::Added(..) => {}
            Searched::More => return self.more(into),
            Searched::By(name, text) => {
                return with(&self.query, name, &text).map(|query| self.search(query, into)).unwrap_or_default();
            }
            Searched::All => return self.search(Q::default(), into),
            Searched::Again => return vec![self.ask(into)],
        }
        Vec::new()
    }
}

fn texts<Q: Query>(query: &Q) -> Map<String, Value> {
    match serde_json::to_value(query) {
        Ok(Value::Object(texts)) => texts,
        _ => Map::new(),
    }
}

/// `query` with this text by this name; `None` where there is no such search.
fn with<Q: Query>(query: &Q, name: &str, text: &str) -> Option<Q> {
    let mut texts = texts(query);
    let text = text.trim();
    if text.is_empty() {
        texts.remove(name);
    } else {
        texts.insert(name.to_owned(), text.into());
    }
    serde_json::from_value(Value::Object(texts)).ok()
}

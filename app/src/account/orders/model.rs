//! The page's state. The search stands in the address.

use std::collections::BTreeMap;

use shared::api::{self, Order, OrderList, OrderQuery, OrderStateName};

use crate::client::Failure;
use crate::page::{Effect, Loaded, Page, get};

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Orders {
    /// What is searched for.
    pub search: OrderQuery,
    /// What was found.
    pub orders: Loaded<Vec<Order>>,
    /// The products that orders were seen for, by slug.
    pub products: BTreeMap<String, String>,
    /// Another answer is on its way.
    pub busy: bool,
    /// Why what is shown is not what is searched for.
    pub stale: Option<Failure>,
    asked: u32,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// What was found by the search of this number.
    Found(u32, Result<OrderList, Failure>),
    /// A number was typed.
    Number(String),
    /// A product was chosen; all where none is.
    Product(Option<String>),
    /// A state was chosen; all where none is.
    State(Option<OrderStateName>),
    /// Search for nothing in particular.
    All,
    /// Search again.
    Again,
}

impl Orders {
    /// The page; `query` says what is searched for.
    pub fn new(query: &str) -> Self {
        let pairs: BTreeMap<_, _> = form_urlencoded::parse(query.as_bytes()).collect();
        let get = |name: &str| pairs.get(name).filter(|value| !value.is_empty()).map(ToString::to_string);
        let state = get("state").and_then(|name| serde_json::from_value(name.into()).ok());
        let search = OrderQuery { number: get("number"), product: get("product"), state, customer: None };
        Self { search, orders: Loaded::Waiting, products: BTreeMap::new(), busy: false, stale: None, asked: 0 }
    }

    /// Anything in particular is searched for.
    pub fn narrowed(&self) -> bool {
        self.search != OrderQuery::default()
    }

    fn query(&self) -> String {
        let OrderQuery { number, product, state, .. } = &self.search;
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("number", number), ("product", product)] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        if let Some(state) = state.and_then(|state| serde_json::to_value(state).ok()) {
            query.append_pair("state", state.as_str().unwrap_or_default());
        }
        query.finish()
    }

    fn ask(&mut self) -> Effect<Msg> {
        self.asked += 1;
        self.busy = true;
        let (asked, query) = (self.asked, self.query());
        let path = if query.is_empty() { api::ORDERS.to_owned() } else { [api::ORDERS, "?", &query].concat() };
        get(path, move |found| Msg::Found(asked, found))
    }

    fn search(&mut self, search: OrderQuery) -> Vec<Effect<Msg>> {
        if search == self.search {
            return Vec::new();
        }
        self.search = search;
        vec![Effect::Query(self.query()), self.ask()]
    }

    fn found(&mut self, found: Result<OrderList, Failure>) {
        self.busy = false;
        self.stale = None;
        match found {
            Ok(list) => {
                for order in &list.orders {
                    self.products.insert(order.product.clone(), order.product_name.clone());
                }
                self.orders = Loaded::Here(list.orders);
            }
            // What was found before is not what is searched for now, and is said to be so.
            Err(failure) if self.orders.here().is_some() => self.stale = Some(failure),
            Err(failure) => self.orders = Loaded::Failed(failure),
        }
    }
}

impl Page for Orders {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![self.ask()]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        let search = self.search.clone();
        match message {
            // An answer that was overtaken by another search says nothing any more.
            Msg::Found(asked, found) if asked == self.asked => self.found(found),
            Msg::Found(..) => {}
            Msg::Number(number) => {
                let number = Some(number.trim().to_owned()).filter(|number| !number.is_empty());
                return self.search(OrderQuery { number, ..search });
            }
            Msg::Product(product) => return self.search(OrderQuery { product, ..search }),
            Msg::State(state) => return self.search(OrderQuery { state, ..search }),
            Msg::All => return self.search(OrderQuery::default()),
            Msg::Again => return vec![self.ask()],
        }
        Vec::new()
    }
}

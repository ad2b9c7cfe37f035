//! The product page's state, and what each click makes of it.

use std::sync::Arc;

use shared::api::{Product, ProductText, QuoteRequest};
use shared::calendar::Timestamp;
use shared::catalog::{ChargeKind, Edition, Offer, Quantity};
use shared::money::Fen;
use shared::violation::Violation;

use super::address;
use super::draft::{Draft, DraftPick, number, within};
use super::priced::{Priced, price};
use crate::client::Failure;

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Model {
    /// The product's address in the store.
    pub slug: String,
    /// What its vendor says of it.
    pub text: Arc<ProductText>,
    /// The number of the configuration.
    pub revision: u32,
    /// The configuration.
    pub offer: Arc<Offer>,
    /// What stands in the fields.
    pub draft: Draft,
    /// Where the edition was changed last: what stood in the fields before.
    pub before: Option<Draft>,
    /// What that costs, or what is wrong with it.
    pub price: Result<Arc<Priced>, Vec<Violation>>,
    /// The last valid price, which keeps the card's place while a field is wrong.
    pub last: Option<Arc<Priced>>,
    /// How far buying has come.
    pub buying: Buying,
    /// On a narrow screen: the quote's lines are shown.
    pub lines_open: bool,
}

/// A product as it is published, its configuration read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Its address in the store.
    pub slug: String,
    /// What its vendor says of it.
    pub text: ProductText,
    /// The number of the configuration.
    pub revision: u32,
    /// The configuration.
    pub offer: Offer,
    /// The server's time.
    pub now: Timestamp,
}

impl TryFrom<&Product> for Published {
    type Error = Vec<Violation>;

    fn try_from(product: &Product) -> Result<Self, Self::Error> {
        let Product { slug, text, revision, config, now } = product;
        let offer = Offer::parse(config.get())?;
        Ok(Self { slug: slug.clone(), text: text.clone(), revision: *revision, offer, now: *now })
    }
}

/// How far buying has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Buying {
    /// Nobody has asked yet.
    Idle,
    /// The server is confirming the price.
    Waiting,
    /// The server's price is another one; its configuration is being fetched.
    Fetching(OtherPrice),
    /// The server's price was another one, and the page has its configuration now.
    Changed(OtherPrice),
    /// The server finds something wrong with the selection.
    Refused(Vec<Violation>),
    /// There is no answer.
    Failed(Failure),
}

/// Two totals that should have been the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherPrice {
    /// What the page showed.
    pub shown: Fen,
    /// What the server says.
    pub server: Fen,
}

/// A field in which a number is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The quantity charge at this index.
    Quantity(usize),
    /// The count.
    Count,
}

/// What can happen on the page.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The edition at this index of the visible ones.
    Edition(usize),
    /// The term at this index of those sold.
    Term(usize),
    /// Another value of the option charge at this index.
    Value(usize, usize),
    /// A number field's text.
    Typed(Field, String),
    /// A number field stepped up or down.
    Step(Field, i64),
    /// A number field was left: what is a number is written as one.
    Left(Field),
    /// Advice was taken: the charge with this key, so many units.
    BuyMore(String, u32),
    /// This query says what was chosen before the page could listen.
    Chosen(String),
    /// The quote's lines are shown or hidden, where there is no room for them.
    Lines,
    /// 立即购买.
    Buy,
    /// The server's answer: the quotation's id.
    Answered(Result<String, Failure>),
    /// The configuration fetched anew.
    Fetched(Result<Box<Published>, Failure>),
}

/// What the browser has to do besides showing the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Write the selection into the address.
    Address(String),
    /// Bring the keyboard to the element with this id.
    Focus(String),
    /// Ask for a quotation.
    Quote(Box<QuoteRequest>),
    /// Fetch the product again.
    Fetch,
    /// Go to the quotation with this id.
    Open(String),
}

impl Model {
    /// The page for a product with what `query` selects.
    pub fn new(published: Published, query: &str) -> Self {
        let Published { slug, text, revision, offer, now } = published;
        Self::of(slug, Arc::new(text), revision, Arc::new(offer), now, query)
    }

    /// The page for an offer that others hold too.
    pub fn of(
        slug: String,
        text: Arc<ProductText>,
        revision: u32,
        offer: Arc<Offer>,
        now: Timestamp,
        query: &str,
    ) -> Self {
        let draft = address::read(&offer, query);
        let price = price(&offer, &draft, now).map(Arc::new);
        Self {
            slug,
            text,
            revision,
            offer,
            draft,
            before: None,
            last: price.as_ref().ok().cloned(),
            price,
            buying: Buying::Idle,
            lines_open: false,
        }
    }

    /// The same page for another configuration, with what `query` selects of it.
    pub fn reoffer(&mut self, offer: Arc<Offer>, query: &str, at: Timestamp) {
        self.draft = address::read(&offer, query);
        self.before = None;
        self.offer = offer;
        self.reprice(at);
    }

    /// The address's query for what is chosen.
    pub fn query(&self) -> String {
        address::print(&self.offer, &self.draft)
    }

    /// Whether `query` asks for what is chosen.
    pub fn shows(&self, query: &str) -> bool {
        address::read(&self.offer, query) == self.draft
    }

    /// The chosen edition.
    pub fn edition(&self) -> &Edition {
        &self.offer.editions[self.draft.edition]
    }

    /// The limits of the quantity charge at `index` of the chosen edition.
    pub fn quantity(&self, index: usize) -> Option<&Quantity> {
        match &self.edition().charges.get(index)?.kind {
            ChargeKind::Quantity(quantity) => Some(quantity),
            ChargeKind::Option(_) => None,
        }
    }

    /// What is typed in a field.
    pub fn typed(&self, field: Field) -> &str {
        match field {
            Field::Count => &self.draft.count,
            Field::Quantity(index) => match self.draft.picks.get(index) {
                Some(DraftPick::Quantity(typed)) => typed,
                _ => "",
            },
        }
    }

    /// Everything that is wrong with the selection, found by the page or by the server.
    fn violations(&self) -> impl Iterator<Item = &Violation> {
        let found = self.price.as_ref().err().map_or(&[][..], Vec::as_slice);
        let refused = if let Buying::Refused(violations) = &self.buying { violations.as_slice() } else { &[] };
        found.iter().chain(refused)
    }

    /// What is wrong with a field.
    pub fn wrong(&self, field: Field) -> Option<&Violation> {
        let pointer = self.pointer(field);
        self.violations().find(|violation| violation.at == pointer)
    }

    /// What is wrong, but at no field: with the selection as a whole.
    pub fn wrong_elsewhere(&self) -> impl Iterator<Item = &Violation> {
        let at_fields: Vec<String> = self.fields().map(|field| self.pointer(field)).collect();
        self.violations().filter(move |violation| !at_fields.contains(&violation.at))
    }

    fn fields(&self) -> impl Iterator<Item = Field> {
        (0..self.draft.picks.len()).map(Field::Quantity).chain([Field::Count])
    }

    fn pointer(&self, field: Field) -> String {
        match field {
            Field::Count => "/selection/count".to_owned(),
            Field::Quantity(index) => {
                let key = self.edition().charges.get(index).map_or("", |charge| &charge.key);
                ["/selection/quantities/", key].concat()
            }
        }
    }

    /// What `message`, received at `at`, makes of the page.
    pub fn update(&mut self, message: Msg, at: Timestamp) -> Vec<Effect> {
        let mut before = None;
        match message {
            Msg::Edition(place) => {
                let visible = self.offer.editions.iter().enumerate().filter(|(_, edition)| !edition.hidden);
                let Some((index, _)) = visible.into_iter().nth(place) else { return Vec::new() };
                let draft = self.draft.in_edition(&self.offer, index);
                before = Some(std::mem::replace(&mut self.draft, draft));
            }
            Msg::Term(index) => self.draft.term = self.edition().terms.get(index).copied().or(self.draft.term),
            Msg::Value(index, value) => self.set(index, DraftPick::Value(value)),
            Msg::Typed(field, text) => self.write(field, text),
            Msg::Step(field, by) => {
                let text = self.stepped(field, by);
                self.write(field, text);
            }
            Msg::Left(field) => {
                let Some(number) = number(self.typed(field)) else { return Vec::new() };
                self.write(field, number.to_string());
            }
            Msg::BuyMore(key, units) => {
                let index = self.edition().charges.iter().position(|charge| charge.key == key);
                let Some(index) = index else { return Vec::new() };
                self.set(index, DraftPick::Quantity(units.to_string()));
            }
            Msg::Chosen(query) => self.draft = address::read(&self.offer, &query),
            Msg::Lines => {
                self.lines_open = !self.lines_open;
                return Vec::new();
            }
            Msg::Buy => return self.buy(),
            Msg::Answered(answer) => return self.answered(answer),
            Msg::Fetched(product) => return self.fetched(product, at),
        }
        self.before = before;
        self.buying = Buying::Idle;
        self.reprice(at);
        if self.price.is_ok() { vec![self.address()] } else { Vec::new() }
    }

    fn reprice(&mut self, at: Timestamp) {
        self.price = price(&self.offer, &self.draft, at).map(Arc::new);
        if let Ok(price) = &self.price {
            self.last = Some(price.clone());
        }
    }

    fn address(&self) -> Effect {
        Effect::Address(self.query())
    }

    fn set(&mut self, index: usize, pick: DraftPick) {
        if let Some(place) = self.draft.picks.get_mut(index) {
            *place = pick;
        }
    }

    fn write(&mut self, field: Field, text: String) {
        match field {
            Field::Count => self.draft.count = text,
            Field::Quantity(index) => self.set(index, DraftPick::Quantity(text)),
        }
    }

    /// The field's number, so many more, within its limits.
    fn stepped(&self, field: Field, by: i64) -> String {
        let limits = match field {
            Field::Count => None,
            Field::Quantity(index) => self.quantity(index),
        };
        let least = limits.map_or(1, Quantity::minimum);
        let next = number(self.typed(field)).unwrap_or(least.into()).saturating_add(by);
        limits.map_or_else(|| next.clamp(1, 100).to_string(), |limits| within(limits, next).to_string())
    }

    /// Asks for a quotation, or leads to the first field that is wrong.
    fn buy(&mut self) -> Vec<Effect> {
        if matches!(self.buying, Buying::Waiting | Buying::Fetching(_)) {
            return Vec::new();
        }
        match &self.price {
            Ok(price) => {
                self.buying = Buying::Waiting;
                vec![Effect::Quote(Box::new(QuoteRequest {
                    product: self.slug.clone(),
                    selection: price.file.clone(),
                    expected_total: Some(price.quote.total),
                    revision: Some(self.revision),
                }))]
            }
            Err(_) => {
                let first = self.fields().find(|field| self.wrong(*field).is_some());
                first.map(|field| Effect::Focus(field_id(field))).into_iter().collect()
            }
        }
    }

    fn answered(&mut self, answer: Result<String, Failure>) -> Vec<Effect> {
        // What was asked for is no longer what is chosen.
        if self.buying != Buying::Waiting {
            return Vec::new();
        }
        match answer {
            Ok(id) => {
                self.buying = Buying::Idle;
                vec![Effect::Open(id)]
            }
            Err(failure) => self.not_confirmed(failure),
        }
    }

    fn not_confirmed(&mut self, failure: Failure) -> Vec<Effect> {
        let shown = self.price.as_ref().map_or(Fen::ZERO, |price| price.quote.total);
        if let Failure::Refused(refused) = &failure {
            if let Some(server) = refused.total {
                self.buying = Buying::Fetching(OtherPrice { shown, server });
                return vec![Effect::Fetch];
            }
            if !refused.violations.is_empty() {
                self.buying = Buying::Refused(refused.violations.clone());
                return Vec::new();
            }
        }
        self.buying = Buying::Failed(failure);
        Vec::new()
    }

    /// The same wishes held against the configuration as it is now.
    fn fetched(&mut self, published: Result<Box<Published>, Failure>, at: Timestamp) -> Vec<Effect> {
        let Published { text, revision, offer, .. } = match published {
            Ok(published) => *published,
            Err(failure) => {
                self.buying = Buying::Failed(failure);
                return Vec::new();
            }
        };
        self.reoffer(Arc::new(offer), &self.query(), at);
        self.revision = revision;
        self.text = Arc::new(text);
        if let Buying::Fetching(prices) = self.buying {
            self.buying = Buying::Changed(prices);
        }
        vec![self.address()]
    }
}

/// The id of a field's input.
pub fn field_id(field: Field) -> String {
    match field {
        Field::Count => "count".to_owned(),
        Field::Quantity(index) => format!("charge-{index}"),
    }
}

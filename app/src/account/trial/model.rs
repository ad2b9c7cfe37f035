//! The page's state.

use std::collections::BTreeMap;

use shared::api::{self, Service, TrialRequest, TrialSelection};
use shared::catalog::ChargeKind;
use shared::json::Node;

use crate::account::route::Route;
use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Answer, Effect, Loaded, Page, post, text};
use crate::storefront::product::address;
use crate::storefront::product::draft::{Draft, DraftPick};
use crate::storefront::product::model::Published;
use crate::wire;

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Trial {
    slug: String,
    query: String,
    /// The product, and what is picked of it.
    pub product: Loaded<Box<Picked>>,
    /// How far beginning the trial has come.
    pub submit: Submit,
}

/// A product and what is picked of it.
#[derive(Clone, Debug)]
pub struct Picked {
    /// The product.
    pub published: Published,
    /// The editions that can be tried, by index.
    pub editions: Vec<usize>,
    /// What is picked; its quantities are not looked at.
    pub draft: Draft,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The product's text.
    Loaded(Answer),
    /// The edition at this place was picked.
    Edition(usize),
    /// Of the charge at an index the value at another was picked.
    Value(usize, usize),
    /// Begin.
    Begin(Key),
    /// The service.
    Begun(Result<Box<Service>, Failure>),
}

impl Trial {
    /// The page for the product with this slug; `query` says what was selected on its page.
    pub fn new(slug: String, query: &str) -> Self {
        Self { slug, query: query.to_owned(), product: Loaded::Waiting, submit: Submit::Idle }
    }

    fn picked(&self, text: &str) -> Option<Picked> {
        let published = wire::published(&Node::parse(text).ok()?)?;
        let tried = |index: &usize| {
            let edition = &published.offer.editions[*index];
            !edition.hidden && edition.trial.is_some()
        };
        let editions: Vec<usize> = (0..published.offer.editions.len()).filter(tried).collect();
        let asked = address::read(&published.offer, &self.query);
        let draft = match editions.first() {
            Some(first) if !editions.contains(&asked.edition) => Draft::smallest(&published.offer, *first),
            _ => asked,
        };
        Some(Picked { published, editions, draft })
    }

    fn change(&mut self, change: impl FnOnce(&mut Picked)) {
        if let (Loaded::Here(picked), false) = (&mut self.product, self.submit.waits()) {
            change(picked);
            // Something else is another intent.
            self.submit = Submit::Idle;
        }
    }
}

impl Picked {
    fn selection(&self) -> TrialSelection {
        let edition = &self.published.offer.editions[self.draft.edition];
        let options = edition.charges.iter().zip(&self.draft.picks).filter_map(|(charge, pick)| {
            let (ChargeKind::Option(values), DraftPick::Value(index)) = (&charge.kind, pick) else { return None };
            Some((charge.key.clone(), values.get(*index)?.value.clone()))
        });
        TrialSelection { edition: edition.code.clone(), options: options.collect::<BTreeMap<_, _>>() }
    }
}

impl Page for Trial {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![text(api::product(&self.slug), Msg::Loaded)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(answer) => {
                let picked = answer.and_then(|text| self.picked(&text).map(Box::new).ok_or(Failure::Unreadable));
                self.product = picked.into();
            }
            Msg::Edition(place) => self.change(|picked| {
                if let Some(edition) = picked.editions.get(place) {
                    picked.draft = Draft::smallest(&picked.published.offer, *edition);
                }
            }),
            Msg::Value(charge, value) => self.change(|picked| {
                if let Some(pick) = picked.draft.picks.get_mut(charge) {
                    *pick = DraftPick::Value(value);
                }
            }),
            Msg::Begin(key) => {
                let Some(selection) = self.product.here().map(|picked| picked.selection()) else { return Vec::new() };
                if let Some(key) = self.submit.begin(key) {
                    let body = TrialRequest { product: self.slug.clone(), selection };
                    return vec![post(api::TRIALS.to_owned(), &body, Some(key), Msg::Begun)];
                }
            }
            Msg::Begun(Ok(service)) => return vec![Effect::Open(Route::Service(service.id.clone()).path())],
            Msg::Begun(Err(failure)) => self.submit.fail(failure),
        }
        Vec::new()
    }
}

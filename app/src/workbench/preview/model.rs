//! The preview's state. It knows the draft's offer and nothing of the editor.

use std::sync::Arc;

use shared::api::ProductText;
use shared::calendar::Timestamp;
use shared::catalog::{ChargeKind, Offer};
use shared::golden::Case;

use super::case;
use super::running::{self, NotRunning, Running};
use crate::account::service::change::{self, Desk, What, Wish};
use crate::i18n::Lang;
use crate::page::Page;
use crate::storefront::product::address;
use crate::storefront::product::draft::{DraftPick, number, within};
use crate::storefront::product::model as product;

/// As whom the draft is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Persona {
    /// Somebody who buys for the first time (新客户).
    #[default]
    NewBuyer,
    /// A running service shortly before its end (续费).
    Renewing,
    /// A running service of which more is wanted (扩容、升级).
    Changing,
    /// A trial that is to be bought (试用中).
    Trying,
}

impl Persona {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::NewBuyer, Self::Renewing, Self::Changing, Self::Trying];
}

/// How wide the page is that the draft is seen on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// A phone.
    #[default]
    Phone,
    /// A desktop computer.
    Desktop,
}

/// What can happen.
#[derive(Clone, Debug)]
pub enum Msg {
    /// To be seen as somebody else.
    Persona(Persona),
    /// To be seen on another screen.
    Width(Width),
    /// On another day, `2026-11-21`; nothing for today.
    Day(String),
    /// So many days after the purchase, as typed.
    Days(String),
    /// The editions are to be compared, or not any more.
    Compare(bool),
    /// Something happened in the configurator.
    Product(product::Msg),
    /// Something happened to the running service.
    Change(change::Msg),
    /// The price that is shown is to be kept as golden case: for the editor, this model makes nothing of it.
    Keep(Box<Case>),
}

/// Everything that the preview shows.
#[derive(Clone, Debug)]
pub struct Preview {
    slug: String,
    text: Arc<ProductText>,
    now: Timestamp,
    published: Option<Arc<Offer>>,
    /// As whom.
    pub persona: Persona,
    /// How wide.
    pub width: Width,
    /// On which day, as it stands in the field; empty for today.
    pub day: String,
    /// How many days after the purchase, as typed; empty for what suits the persona.
    pub days: String,
    /// What is selected, by name: as the person wished it, whatever the draft has of it at the moment.
    wish: String,
    /// The configurator; none before there was a valid draft.
    pub product: Option<product::Model>,
    /// What the selected service can do, or why there is none.
    pub running: Option<Result<Box<Running>, NotRunning>>,
    /// Somebody wanted to buy.
    pub ordered: bool,
    /// The editions are compared. While they are not, a keystroke is spared a table of everything that is sold.
    pub compared: bool,
}

impl Preview {
    /// The preview of a product without a draft yet; `published` is what a running service was bought under, and `now` the
    /// server's time.
    pub fn new(slug: String, text: Arc<ProductText>, published: Option<Arc<Offer>>, now: Timestamp) -> Self {
        Self {
            slug,
            text,
            now,
            published,
            persona: Persona::default(),
            width: Width::default(),
            day: String::new(),
            days: String::new(),
            wish: String::new(),
            product: None,
            running: None,
            ordered: false,
            compared: false,
        }
    }

    /// Another revision has been published.
    pub fn published(&mut self, published: Option<Arc<Offer>>) {
        self.published = published;
        self.run();
    }

    /// The draft is this now. What was selected stays selected, as far as the draft has it.
    pub fn draft(&mut self, offer: &Arc<Offer>) {
        let at = self.at();
        match &mut self.product {
            Some(product) => product.reoffer(offer.clone(), &self.wish, at),
            None => {
                let (slug, text) = (self.slug.clone(), self.text.clone());
                self.product = Some(product::Model::of(slug, text, 0, offer.clone(), at, &self.wish));
            }
        }
        self.run();
    }

    /// The instant that is looked at: the chosen day, at the time of day that it is.
    pub fn at(&self) -> Timestamp {
        let now = self.now.to_string();
        let chosen = now.get(10..).and_then(|rest| [&self.day, rest].concat().parse().ok());
        chosen.unwrap_or(self.now)
    }

    /// What `message` makes of it.
    pub fn update(&mut self, message: Msg) {
        self.ordered = false;
        match message {
            Msg::Persona(persona) => {
                self.persona = persona;
                self.days.clear();
                self.running = None;
                self.run();
            }
            Msg::Width(width) => self.width = width,
            Msg::Compare(compared) => self.compared = compared,
            Msg::Day(day) => {
                self.day = day;
                let at = self.at();
                if let Some(product) = &mut self.product {
                    product.reoffer(product.offer.clone(), &self.wish, at);
                }
                self.run();
            }
            Msg::Days(days) => {
                self.days = days;
                self.run();
            }
            Msg::Product(product::Msg::Buy) | Msg::Change(change::Msg::Ask(..)) => self.ordered = true,
            Msg::Product(message) => {
                let at = self.at();
                let Some(product) = &mut self.product else { return };
                // What it asks of the browser is for the store's page: address, focus.
                drop(product.update(message, at));
                if product.price.is_ok() {
                    self.wish = product.query();
                }
                // Another service: what was wanted of the one before is of no interest.
                self.running = None;
                self.run();
            }
            Msg::Change(message) => {
                if let Some(Ok(running)) = &mut self.running {
                    drop(running.change.update(message));
                }
            }
            Msg::Keep(_) => {}
        }
    }

    /// The number of days since the purchase, where it is one.
    fn days_typed(&self) -> Option<u32> {
        number(&self.days).and_then(|days| u32::try_from(days).ok()).filter(|days| *days <= 3660)
    }

    /// Puts the service that is selected on the desk, as it stands on the day; what was wanted of it stays wanted.
    fn run(&mut self) {
        let kept = self.desk().map(Kept::of);
        let Some(product) = &self.product else { return };
        let (published, at) = (self.published.as_ref(), self.at());
        let found = match self.persona {
            Persona::NewBuyer => None,
            Persona::Trying => Some(running::trial(product, at, self.days_typed())),
            Persona::Renewing | Persona::Changing => {
                let usual = if self.persona == Persona::Renewing { running::near_its_end } else { running::halfway };
                Some(running::service(product, published, at, self.days_typed(), usual))
            }
        };
        self.running = found.map(|found| {
            let mut running = found?;
            if let Some(desk) = running.desk_mut() {
                match &kept {
                    Some(kept) => kept.put(desk),
                    None => begin(desk, self.persona, at),
                }
            }
            Ok(Box::new(running))
        });
    }

    /// The desk of the running service.
    pub fn desk(&self) -> Option<&Desk> {
        self.running.as_ref()?.as_ref().ok()?.change.desk.here().map(Box::as_ref)
    }

    /// The price that is shown, as golden case; `None` where there is none.
    pub fn case(&self, lang: Lang) -> Option<Case> {
        match self.persona {
            Persona::NewBuyer | Persona::Trying => case::purchase(self.product.as_ref()?, self.at(), lang),
            Persona::Renewing | Persona::Changing => case::change(self.desk()?, self.at(), lang),
        }
    }
}

/// What is wanted of a service, by names, while the offer changes.
struct Kept {
    what: What,
    mode: shared::lifecycle::ChangeMode,
    edition: String,
    query: String,
}

impl Kept {
    fn of(desk: &Desk) -> Self {
        let Wish { what, mode, draft } = &desk.wish;
        let edition = desk.offer.editions[draft.edition].code.clone();
        Self { what: *what, mode: *mode, edition, query: address::print(&desk.offer, draft) }
    }

    /// Wants the same, as far as it can be had.
    fn put(&self, desk: &mut Desk) {
        let mut wish = desk.wish.to(self.what, &desk.offer, &desk.service.subscription);
        wish.mode = self.mode;
        let asked = address::read(&desk.offer, &self.query);
        if desk.offer.editions[asked.edition].code == self.edition {
            match self.what {
                What::Expand | What::Upgrade => wish.draft = asked,
                What::Renew | What::Begin => wish.draft.term = asked.term.or(wish.draft.term),
            }
        }
        desk.wish = wish;
    }
}

/// What a persona wants of a service at first.
fn begin(desk: &mut Desk, persona: Persona, at: Timestamp) {
    let (offer, service) = (&desk.offer, &desk.service.subscription);
    let can = |what: &What| desk.wish.why_not(*what, offer, service, at).is_none();
    let what = match persona {
        Persona::Changing => [What::Expand, What::Upgrade].into_iter().find(can).unwrap_or(What::Expand),
        _ => What::Renew,
    };
    let mut wish = desk.wish.to(what, offer, service);
    if what == What::Expand {
        one_more(&mut wish, offer);
    }
    desk.wish = wish;
}

/// Begins with one more of the first quantity, so that there is a price to be seen.
fn one_more(wish: &mut Wish, offer: &Offer) {
    let charges = &offer.editions[wish.draft.edition].charges;
    for (charge, pick) in charges.iter().zip(&mut wish.draft.picks) {
        if let (ChargeKind::Quantity(limits), DraftPick::Quantity(typed)) = (&charge.kind, pick) {
            let now = number(typed).unwrap_or_default();
            *typed = within(limits, now + 1).to_string();
            return;
        }
    }
}

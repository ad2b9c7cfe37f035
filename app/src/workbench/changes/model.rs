//! The part's state. What it shows is computed when it is first looked at: while it is hidden, a keystroke costs nothing.

use std::sync::{Arc, OnceLock};

use serde_json::value::RawValue;
use shared::api::{self, Impact, ImpactRequest};
use shared::catalog::{ChargeKind, Offer};
use shared::differences::{Change, Typical, differences, typical};

use crate::client::Failure;
use crate::page::{Effect, post};

/// So many typical selections are shown.
pub(super) const MOST_ROWS: usize = 30;

/// What can happen.
#[derive(Clone, Debug)]
pub enum Msg {
    /// To this place of the configuration, a JSON pointer: for the editor, this model makes nothing of it.
    Jump(String),
    /// Show the curve of the charge at this place among [`Changes::charges`].
    Charge(usize),
    /// Ask what it means for the services that run.
    Refresh,
    /// The answer to the question of this number.
    Impact(u32, Result<Impact, Failure>),
}

/// How much is known of the services that run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nobody has asked.
    Not,
    /// The server is at it.
    Waiting,
    /// This is known, of this draft or of an older one.
    Known(Impact),
    /// It could not be found out.
    Failed(Failure),
}

/// Draft against published.
#[derive(Clone, Debug)]
pub struct Changes {
    slug: String,
    published: Option<Arc<Offer>>,
    draft: Option<Arc<Offer>>,
    compared: OnceLock<Compared>,
    /// Which charge's curve is shown.
    pub charge: usize,
    /// What is known of running services.
    pub impact: Asked,
    /// Whether the draft has changed since that was asked for.
    pub stale: bool,
    asked: u32,
}

/// What the comparison of two configurations comes to.
#[derive(Clone, Debug)]
pub struct Compared {
    /// In sentences.
    pub changes: Vec<Change>,
    /// In totals.
    pub typical: Typical,
}

/// A quantity charge of an edition, by index in the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The edition.
    pub edition: usize,
    /// The charge.
    pub charge: usize,
}

impl Changes {
    /// The part for a product; `published` is absent where it was never listed.
    pub fn new(slug: String, published: Option<Arc<Offer>>) -> Self {
        Self {
            slug,
            published,
            draft: None,
            compared: OnceLock::new(),
            charge: 0,
            impact: Asked::Not,
            stale: false,
            asked: 0,
        }
    }

    /// Another revision has been published.
    pub fn published(&mut self, published: Option<Arc<Offer>>) {
        self.published = published;
        self.compared = OnceLock::new();
        self.stale = true;
    }

    /// The draft is this now.
    pub fn draft(&mut self, offer: &Arc<Offer>) {
        if self.draft.as_ref().is_none_or(|known| known != offer) {
            self.draft = Some(offer.clone());
            self.compared = OnceLock::new();
            self.stale = true;
        }
    }

    /// The person opens this part.
    pub fn open(&mut self) -> Vec<Effect<Msg>> {
        let known = matches!(self.impact, Asked::Waiting | Asked::Known(_));
        if known && !self.stale { Vec::new() } else { self.update(Msg::Refresh) }
    }

    /// What `message` makes of it.
    pub fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Charge(place) => self.charge = place,
            Msg::Refresh => return self.ask(),
            Msg::Impact(number, answer) if number == self.asked => {
                self.impact = match answer {
                    Ok(impact) => Asked::Known(impact),
                    Err(failure) => Asked::Failed(failure),
                };
            }
            // Of a question that was asked anew since.
            Msg::Jump(_) | Msg::Impact(..) => {}
        }
        Vec::new()
    }

    fn ask(&mut self) -> Vec<Effect<Msg>> {
        let (Some(draft), Some(_)) = (&self.draft, &self.published) else { return Vec::new() };
        let Some(config) = serde_json::to_string(draft.as_ref()).ok().and_then(|text| RawValue::from_string(text).ok())
        else {
            return Vec::new();
        };
        self.asked += 1;
        let number = self.asked;
        self.impact = Asked::Waiting;
        self.stale = false;
        let request = ImpactRequest { config };
        vec![post(api::own_impact(&self.slug), &request, None, move |answer| Msg::Impact(number, answer))]
    }

    /// The published configuration and the draft, where there are both.
    pub fn both(&self) -> Option<(&Offer, &Offer)> {
        Some((self.published.as_deref()?, self.draft.as_deref()?))
    }

    /// What they come to beside each other.
    pub fn compared(&self) -> Option<&Compared> {
        let (published, draft) = self.both()?;
        Some(self.compared.get_or_init(|| Compared {
            changes: differences(published, draft),
            typical: typical(published, draft, MOST_ROWS),
        }))
    }

    /// The quantity charges of the draft's visible editions, which have a curve.
    pub fn charges(&self) -> Vec<Place> {
        let editions = self.draft.iter().flat_map(|draft| draft.editions.iter().enumerate());
        let places = editions.filter(|(_, edition)| !edition.hidden).flat_map(|(edition, of)| {
            let quantity = |charge: &usize| matches!(of.charges[*charge].kind, ChargeKind::Quantity(_));
            (0..of.charges.len()).filter(quantity).map(move |charge| Place { edition, charge })
        });
        places.collect()
    }
}

//! The findings' state. Errors come from the editor; warnings and cheaper paths are found here.

use std::sync::Arc;

use shared::calendar::Timestamp;
use shared::catalog::{Offer, PriceKind};
use shared::json::At;
use shared::violation::Violation;
use shared::warnings::{Finding, Known, Warning};

use super::search::Search;
use crate::page::Effect;

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// To this place of the configuration, a JSON pointer: for the editor, this model makes nothing of it.
    Jump(String),
    /// Look for cheaper paths.
    Search,
    /// Look a little further, in the search of this number.
    Step(u32),
}

/// How many findings there are, by how bad they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// What refuses the configuration.
    pub errors: usize,
    /// What is probably not meant.
    pub warnings: usize,
    /// What is only to be known.
    pub notes: usize,
}

/// A warning as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warned {
    /// The warning.
    pub warning: Warning,
    /// The same holds for renewal prices: it is said once.
    pub renewals_too: bool,
}

/// What was found in the draft.
#[derive(Clone, Debug)]
pub struct Findings {
    now: Timestamp,
    /// What is wrong; nothing else is shown while something is.
    pub errors: Vec<Violation>,
    /// The last valid draft.
    pub offer: Option<Arc<Offer>>,
    /// What was found in it.
    pub warnings: Vec<Warned>,
    /// How far looking for cheaper paths has come.
    pub search: Option<Search>,
    searches: u32,
    /// An edit is looked at where it is: a keystroke does not wait for the rest.
    known: Known,
}

impl Findings {
    /// Nothing found yet; `now` is the server's time, at which cheaper paths begin.
    pub fn new(now: Timestamp) -> Self {
        Self {
            now,
            errors: Vec::new(),
            offer: None,
            warnings: Vec::new(),
            search: None,
            searches: 0,
            known: Known::default(),
        }
    }

    /// The draft is this now, or this is wrong with it.
    pub fn draft(&mut self, draft: Result<&Arc<Offer>, &[Violation]>) {
        match draft {
            Err(errors) => self.errors = errors.to_vec(),
            Ok(offer) => {
                self.errors.clear();
                if self.offer.as_ref().is_none_or(|known| known != offer) {
                    self.warnings = once(self.known.warnings(offer, &At::ROOT));
                    self.offer = Some(offer.clone());
                    self.search = None;
                }
            }
        }
    }

    /// What `message` makes of it.
    pub fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Search => {
                let Some(offer) = &self.offer else { return Vec::new() };
                self.searches += 1;
                self.search = Some(Search::new(offer.clone(), self.now));
                self.go_on()
            }
            Msg::Step(number) if number == self.searches => {
                if let Some(search) = &mut self.search {
                    search.step();
                }
                self.go_on()
            }
            // Of a search of another draft.
            Msg::Jump(_) | Msg::Step(_) => Vec::new(),
        }
    }

    /// The page is free between two steps: what is typed goes first.
    fn go_on(&self) -> Vec<Effect<Msg>> {
        let more = self.search.as_ref().is_some_and(|search| !search.is_done());
        if more { vec![Effect::Later(0, Msg::Step(self.searches))] } else { Vec::new() }
    }

    /// How many findings there are. A cheaper path is one.
    pub fn counts(&self) -> Counts {
        if !self.errors.is_empty() {
            return Counts { errors: self.errors.len(), ..Counts::default() };
        }
        let notes = self.warnings.iter().filter(|warned| is_note(&warned.warning)).count();
        let cheaper = self.search.as_ref().map_or(0, |search| search.found.len());
        Counts { errors: 0, warnings: self.warnings.len() - notes + cheaper, notes }
    }
}

/// Whether a warning is only to be known (rule S19: informational).
pub(super) fn is_note(warning: &Warning) -> bool {
    matches!(warning.finding, Finding::RenewDearerThanNew(_))
}

/// A purchase price and its renewal price stand so near to one another among the warnings.
const NEAR: usize = 8;

/// Each warning; what is the same at renewal as at purchase, once.
fn once(warnings: Vec<Warning>) -> Vec<Warned> {
    let mut shown: Vec<Warned> = Vec::with_capacity(warnings.len());
    for warning in warnings {
        let at_purchase = at_purchase(&warning);
        let same = |shown: &&mut Warned| {
            at_purchase
                .as_ref()
                .is_some_and(|(finding, at)| (finding, at) == (&shown.warning.finding, &shown.warning.at))
        };
        match shown.iter_mut().rev().take(NEAR).find(same) {
            Some(purchase) => purchase.renewals_too = true,
            None => shown.push(Warned { warning, renewals_too: false }),
        }
    }
    shown
}

/// What a warning about renewal prices would be, and where, if it were about purchase prices.
fn at_purchase(warning: &Warning) -> Option<(Finding, String)> {
    let mut finding = warning.finding.clone();
    let kind = match &mut finding {
        Finding::TierInversion(found) => &mut found.kind,
        Finding::YearDearerThanMonths(found) => &mut found.kind,
        _ => return None,
    };
    (std::mem::replace(kind, PriceKind::New) == PriceKind::Renew)
        .then(|| (finding, warning.at.replace("/renew", "/new")))
}

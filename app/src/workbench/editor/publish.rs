//! Publishing.

use shared::api::{PublishRequest, Revision};

use super::bench::Bench;
use super::msg::Msg;
use crate::page::submit::Key;
use crate::page::written::Written;
use crate::page::{Effect, post};

/// How long a note may be, in characters.
pub(super) const MOST_NOTE: usize = 200;

/// The step before a configuration takes effect.
#[derive(Clone, Debug, Default)]
pub struct Publishing {
    /// What is said of it.
    pub note: Written,
    /// What was published just now.
    pub done: Option<Revision>,
}

impl Bench {
    /// Why it cannot be published as it stands, if it cannot.
    pub fn publishable(&self) -> Result<(), NotYet> {
        if !self.checked.wrong.is_empty() {
            return Err(NotYet::Wrong(self.checked.wrong.len()));
        }
        match self.checked.failing() {
            0 => {}
            failing => return Err(NotYet::Cases(failing)),
        }
        let published = self.published.as_ref();
        let same = published.is_some_and(|published| {
            Some(&published.offer) == self.checked.offer.as_ref() && published.cases == self.form.golden()
        });
        if same { Err(NotYet::Same) } else { Ok(()) }
    }

    pub(super) fn publish(&mut self, key: Key) -> Vec<Effect<Msg>> {
        if self.publishable().is_err() || self.publishing.note.text.chars().count() > MOST_NOTE {
            return Vec::new();
        }
        let Ok(config) = serde_json::value::RawValue::from_string(self.form.config()) else { return Vec::new() };
        let Some(key) = self.publishing.note.submit.begin(key) else { return Vec::new() };
        let request = PublishRequest {
            config,
            cases: self.form.golden(),
            based_on: self.published.as_ref().map(|published| published.revision.revision),
            draft: self.draft.as_ref().map(|draft| draft.version),
            note: self.publishing.note.text.trim().to_owned(),
        };
        vec![post(shared::api::own_publish(&self.slug), &request, Some(key), Msg::Published)]
    }
}

/// Why a configuration is not published yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotYet {
    /// So much is wrong with it.
    Wrong(usize),
    /// So many golden cases fail.
    Cases(usize),
    /// It is what is published.
    Same,
}

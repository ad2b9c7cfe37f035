//! Saving and publishing: what the server answers, and what somebody else has done meanwhile.

use serde_json::value::RawValue;
use shared::api::{self, DraftMark, DraftSave, Revision, Workbench};

use super::bench::{Bench, Told};
use super::msg::Msg;
use super::stored::{Published, form_of, published_of};
use super::{Checked, Publishing};
use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, get, put};
use crate::workbench::form::merge;

impl Bench {
    pub(super) fn save(&mut self, key: Key) -> Vec<Effect<Msg>> {
        if !self.unsaved() {
            return Vec::new();
        }
        let Ok(form) = serde_json::to_string(&self.form).and_then(RawValue::from_string) else { return Vec::new() };
        let Some(key) = self.saving.begin(key) else { return Vec::new() };
        self.sent = Some(self.form.clone());
        let save = DraftSave {
            replaces: self.draft.as_ref().map_or(0, |draft| draft.version),
            based_on: self.published.as_ref().map(|published| published.revision.revision),
            form,
        };
        vec![put(api::own_draft(&self.slug), &save, key, Msg::Saved)]
    }

    pub(super) fn saved(&mut self, answer: Result<DraftMark, Failure>) -> Vec<Effect<Msg>> {
        match answer {
            Ok(mark) => {
                self.saving = Submit::Idle;
                self.draft = Some(mark);
                self.base = self.sent.take().unwrap_or_else(|| self.form.clone());
                self.told = None;
                vec![self.keep()]
            }
            // Somebody else has saved since, or published.
            Err(Failure::Refused(refused)) if refused.status == 409 => {
                self.saving = Submit::Idle;
                vec![get(api::own_product(&self.slug), Msg::Theirs)]
            }
            Err(failure) => {
                self.saving.fail(failure);
                Vec::new()
            }
        }
    }

    /// Puts what the server has together with what stands here.
    pub(super) fn theirs(&mut self, workbench: &Workbench) -> Result<Vec<Effect<Msg>>, Failure> {
        let published = published_of(workbench)?;
        let theirs = form_of(workbench, published.as_ref());
        let (form, conflicts) = merge(&self.base, &self.form, &theirs);
        let republished = published.as_ref().map(|published| published.revision.revision)
            != self.published.as_ref().map(|published| published.revision.revision);
        self.told = match (&workbench.draft, &published) {
            (_, Some(published)) if republished => Some(Told::Republished(published.revision.clone())),
            (Some(draft), _) => Some(Told::Merged(draft.mark.clone())),
            _ => None,
        };
        self.published = published;
        self.draft = workbench.draft.as_ref().map(|draft| draft.mark.clone());
        self.base = theirs;
        self.conflicts = conflicts;
        self.republished();
        Ok(self.change(None, |old| *old = form))
    }

    pub(super) fn published(&mut self, answer: Result<Revision, Failure>) -> Vec<Effect<Msg>> {
        match answer {
            Ok(revision) => {
                self.publishing = Publishing { done: Some(revision.clone()), ..Publishing::default() };
                if let Some(offer) = self.checked.offer.clone() {
                    let cases = self.form.golden();
                    self.published = Some(Published { revision, offer, cases });
                }
                // The server has nothing but what is published.
                (self.draft, self.base, self.told) = (None, self.form.clone(), None);
                let published = self.published.as_ref().map(|published| published.offer.clone());
                self.checked = Checked::of(&self.form, published.as_deref(), self.checked.last.take());
                self.republished();
                self.follow();
                vec![self.keep()]
            }
            Err(Failure::Refused(refused)) if refused.status == 409 => {
                self.publishing.note.submit.fail(Failure::Refused(refused));
                vec![get(api::own_product(&self.slug), Msg::Theirs)]
            }
            Err(failure) => {
                self.publishing.note.submit.fail(failure);
                Vec::new()
            }
        }
    }
}

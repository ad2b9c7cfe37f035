//! A product on the workbench, and what each keystroke makes of it.

use std::sync::Arc;

use shared::api::{DraftMark, ProductText, PublishedConfig, Revision, Workbench};
use shared::calendar::Timestamp;
use shared::catalog::Offer;
use shared::violation::Violation;

use super::history::History;
use super::kept::{self, Kept};
use super::msg::Msg;
use super::part::{Part, Side};
use super::place::Place;
use super::stored::{Published, form_of, published_of};
use super::{Checked, Publishing, Sites, import};
use crate::client::Failure;
use crate::page::Effect;
use crate::page::submit::Submit;
use crate::workbench::changes::{self, Changes};
use crate::workbench::findings::{self, Findings};
use crate::workbench::form::{Act, Conflict, Field, Form, merge};
use crate::workbench::preview::{self, Preview};

/// How long after the last keystroke the browser keeps the form, in milliseconds.
const KEEP_AFTER: u32 = 300;

/// How many rows of a table are shown at first, and how many more at a time.
const ROWS: usize = 100;

/// A product on the workbench.
pub struct Bench {
    /// Its address in the store.
    pub slug: String,
    /// Its words.
    pub text: ProductText,
    /// What is published.
    pub published: Option<Published>,
    /// The server's time when it was fetched.
    pub now: Timestamp,
    /// The draft that the server has.
    pub draft: Option<DraftMark>,
    /// The form as the server has it: what others may have changed since is held against it.
    pub base: Form,
    /// The form.
    pub form: Form,
    /// What can be undone.
    pub history: History,
    /// What the form comes to.
    pub checked: Checked,
    /// What a buyer would see.
    pub preview: Preview,
    /// What is wrong, and what is probably not meant.
    pub findings: Findings,
    /// What would change.
    pub changes: Changes,
    /// The part that is open.
    pub part: Part,
    /// The edition that is open.
    pub edition: usize,
    /// What stands beside the form.
    pub side: Side,
    /// What is empty is said to be missing: the person has tried to go on.
    pub tried: bool,
    /// How far saving has come, and what is being saved.
    pub saving: Submit,
    pub(super) sent: Option<Form>,
    /// What the person is told of what happened to the form.
    pub told: Option<Told>,
    /// What two people wrote differently.
    pub conflicts: Vec<Conflict>,
    /// Publishing.
    pub publishing: Publishing,
    /// The sites that may show its configurator.
    pub sites: Sites,
    /// What is wrong with a file that was to be imported.
    pub refused_file: Vec<Violation>,
    /// How many rows a table of tiers or values shows at most: thousands of fields would make every keystroke wait.
    pub rows: usize,
    /// Counts what was done to the form.
    edits: u32,
}

/// What happened to the form without the person's doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// What was not saved is there again.
    Recalled,
    /// Somebody has saved since: both are put together.
    Merged(DraftMark),
    /// Another revision was published since.
    Republished(Revision),
    /// An older revision stands in the form.
    Old(u32),
    /// An older revision was to stand in the form, and could not be had.
    NotOld,
}

fn mapped<M: 'static>(effects: Vec<Effect<M>>, into: fn(M) -> Msg) -> Vec<Effect<Msg>> {
    effects.into_iter().map(|effect| effect.map(into)).collect()
}

impl Bench {
    /// A product as it comes from the server.
    pub fn new(workbench: Workbench) -> Result<Self, Failure> {
        let published = published_of(&workbench)?;
        let form = form_of(&workbench, published.as_ref());
        let offer = published.as_ref().map(|published| published.offer.clone());
        let checked = Checked::of(&form, offer.as_deref(), offer.clone());
        let Workbench { slug, text, draft, now, origins, .. } = workbench;
        let mut bench = Self {
            preview: Preview::new(slug.clone(), Arc::new(text.clone()), offer.clone(), now),
            findings: Findings::new(now),
            changes: Changes::new(slug.clone(), offer),
            slug,
            text,
            published,
            now,
            draft: draft.map(|draft| draft.mark),
            base: form.clone(),
            form,
            history: History::default(),
            checked,
            part: Part::Editions,
            edition: 0,
            side: Side::Preview,
            tried: false,
            saving: Submit::Idle,
            sent: None,
            told: None,
            conflicts: Vec::new(),
            publishing: Publishing::default(),
            sites: Sites::new(origins),
            refused_file: Vec::new(),
            rows: ROWS,
            edits: 0,
        };
        if let Some(last) = &bench.checked.last {
            bench.preview.draft(last);
        }
        bench.follow();
        Ok(bench)
    }

    /// What stands beside the form follows it.
    pub(super) fn follow(&mut self) {
        let wrong = &self.checked.wrong;
        match &self.checked.offer {
            Some(offer) => {
                self.preview.draft(offer);
                self.changes.draft(offer);
                self.findings.draft(if wrong.is_empty() { Ok(offer) } else { Err(wrong) });
            }
            None => self.findings.draft(Err(wrong)),
        }
    }

    /// What is published is another revision now.
    pub(super) fn republished(&mut self) {
        let published = self.published.as_ref().map(|published| published.offer.clone());
        self.preview.published(published.clone());
        self.changes.published(published);
    }

    /// Whether something is not saved.
    pub fn unsaved(&self) -> bool {
        self.form != self.base
    }

    /// The published edition with this code, which buyers may have.
    pub fn sold(&self, edition: usize) -> Option<&shared::catalog::Edition> {
        let code = self.form.editions.get(edition)?.code.trim();
        self.published.as_ref()?.offer.editions.iter().find(|sold| sold.code == code)
    }

    /// The form is this one now, which is a step that can be undone.
    pub(super) fn change(&mut self, typing: Option<Field>, change: impl FnOnce(&mut Form)) -> Vec<Effect<Msg>> {
        self.history.before(&self.form, typing);
        change(&mut self.form);
        self.changed()
    }

    /// Reads the form anew.
    fn changed(&mut self) -> Vec<Effect<Msg>> {
        let published = self.published.as_ref().map(|published| published.offer.clone());
        self.checked = Checked::of(&self.form, published.as_deref(), self.checked.last.take());
        self.edition = self.edition.min(self.form.editions.len().saturating_sub(1));
        self.follow();
        self.publishing.done = None;
        self.saving.retyped();
        self.publishing.note.submit.retyped();
        self.edits += 1;
        vec![Effect::Later(KEEP_AFTER, Msg::Keep(self.edits))]
    }

    /// What the browser is to keep: nothing where everything is saved.
    pub(super) fn keep(&self) -> Effect<Msg> {
        let kept = self.unsaved().then(|| Kept {
            version: self.draft.as_ref().map_or(0, |draft| draft.version),
            revision: self.published.as_ref().map_or(0, |published| published.revision.revision),
            base: self.base.clone(),
            form: self.form.clone(),
        });
        Effect::Keep(kept::name(&self.slug), kept.and_then(|kept| serde_json::to_string(&kept).ok()))
    }

    fn recall(&mut self, kept: Option<String>) -> Vec<Effect<Msg>> {
        let Some(kept) = kept.and_then(|kept| serde_json::from_str::<Kept>(&kept).ok()) else { return Vec::new() };
        if kept.form == self.form {
            return vec![self.keep()];
        }
        self.told = Some(Told::Recalled);
        let (form, conflicts) = merge(&kept.base, &kept.form, &self.base);
        self.conflicts = conflicts;
        self.change(None, |old| *old = form)
    }

    fn act(&mut self, act: Act) -> Vec<Effect<Msg>> {
        let (last, here) = (self.form.editions.len(), self.edition);
        match &act {
            Act::AddEdition => self.edition = last,
            Act::DuplicateEdition(index) => self.edition = index + 1,
            Act::MoveEdition(from, to) if *from == here => self.edition = *to,
            Act::AddTier(e, c) | Act::AddValue(e, c) => {
                let charge = self.form.editions.get(*e).and_then(|edition| edition.charges.get(*c));
                let rows = charge.map_or(0, |charge| charge.tiers.len().max(charge.values.len()));
                self.rows = self.rows.max(rows + 1);
            }
            _ => {}
        }
        // Where something new is to be filled in, the keyboard is there.
        let focus = self.begins_at(&act);
        let mut effects = self.change(None, |form| form.act(act));
        effects.extend(focus.map(Effect::Reveal));
        effects
    }

    /// The id of the first field of what is added.
    fn begins_at(&self, act: &Act) -> Option<String> {
        let charge = |e: usize, c: usize| {
            let place = self.form.editions.get(e)?.ticked().position(|(index, _)| index == c)?;
            Some((place, self.form.editions.get(e)?.charges.get(c)?))
        };
        match act {
            Act::AddEdition => Some(format!("f-editions-{}-name", self.form.editions.len())),
            Act::DuplicateEdition(index) => Some(format!("f-editions-{}-name", index + 1)),
            Act::AddModule(..) => Some(format!("f-modules-{}-name", self.form.modules.len())),
            Act::AddTier(e, c) => {
                let (place, charge) = charge(*e, *c)?;
                Some(format!("f-editions-{e}-charges-{place}-tiers-{}-from", charge.tiers.len()))
            }
            Act::AddValue(e, c) => {
                let (place, charge) = charge(*e, *c)?;
                Some(format!("f-editions-{e}-charges-{place}-values-{}-value", charge.values.len()))
            }
            Act::AddOffer => Some(format!("f-term_offers-{}-min_term", self.form.offers.len())),
            Act::AddCase(_) => Some(format!("f-cases-{}-name", self.form.cases.len())),
            _ => None,
        }
    }

    fn jump(&mut self, pointer: &str) -> Vec<Effect<Msg>> {
        let place = Place::of(&self.form, pointer);
        self.part = place.part;
        // The row is among those that are shown.
        let row = pointer.split('/').nth(6).and_then(|row| row.parse::<usize>().ok()).unwrap_or(0);
        self.rows = self.rows.max(row + 1);
        self.edition = place.edition.unwrap_or(self.edition).min(self.form.editions.len().saturating_sub(1));
        if self.side != Side::Form {
            // Where there is room for one of them only, it is the form now; elsewhere both stand beside each other.
            self.side = Side::Form;
        }
        vec![Effect::Reveal(place.id)]
    }

    fn import(&mut self, bytes: Vec<u8>) -> Vec<Effect<Msg>> {
        match import::read(bytes) {
            Ok((offer, cases)) => {
                self.refused_file.clear();
                let brought = Form::read(&offer, cases);
                self.change(None, |form| *form = import::replaced(form, brought))
            }
            Err(violations) => {
                self.refused_file = violations;
                Vec::new()
            }
        }
    }

    fn settle(&mut self, conflict: usize, theirs: bool) -> Vec<Effect<Msg>> {
        if conflict >= self.conflicts.len() {
            return Vec::new();
        }
        let conflict = self.conflicts.remove(conflict);
        let mut effects = vec![Effect::Focus("bench")];
        if theirs {
            effects.extend(self.change(None, |form| *form = conflict.take_theirs(form)));
        }
        effects
    }

    fn step(&mut self, form: Option<Form>) -> Vec<Effect<Msg>> {
        let Some(form) = form else { return Vec::new() };
        self.form = form;
        self.changed()
    }

    /// What `message` makes of it.
    pub(super) fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Recalled(kept) => return self.recall(kept),
            Msg::Old(old) => {
                let read = |old: Box<PublishedConfig>| Offer::parse(old.config.get()).ok().map(|offer| (offer, old));
                let Some((offer, old)) = old.ok().and_then(read) else {
                    self.told = Some(Told::NotOld);
                    return Vec::new();
                };
                self.told = Some(Told::Old(old.revision.revision));
                let brought = Form::read(&offer, old.cases);
                return self.change(None, |form| *form = import::replaced(form, brought));
            }
            Msg::Typed(field, text) => return self.change(Some(field), |form| form.write(field, text)),
            Msg::Did(act) => return self.act(act),
            Msg::Undo => {
                let before = self.history.undo(&self.form);
                return self.step(before);
            }
            Msg::Redo => {
                let after = self.history.redo(&self.form);
                return self.step(after);
            }
            Msg::Part(part) => {
                self.part = part;
                self.tried |= part == Part::Publish;
                self.history.pause();
            }
            Msg::Edition(index) => {
                self.edition = index.min(self.form.editions.len().saturating_sub(1));
                self.history.pause();
            }
            Msg::Side(side) => {
                self.side = side;
                if side == Side::Changes {
                    return mapped(self.changes.open(), Msg::Changes);
                }
            }
            Msg::Preview(preview::Msg::Keep(case)) => {
                self.part = Part::Cases;
                return self.act(Act::AddCase(case));
            }
            Msg::Preview(message) => self.preview.update(message),
            Msg::Findings(findings::Msg::Jump(pointer)) | Msg::Changes(changes::Msg::Jump(pointer)) => {
                return self.jump(&pointer);
            }
            Msg::Findings(message) => return mapped(self.findings.update(message), Msg::Findings),
            Msg::Changes(message) => return mapped(self.changes.update(message), Msg::Changes),
            Msg::Jump(pointer) => return self.jump(&pointer),
            Msg::MoreRows => self.rows += ROWS,
            Msg::Keep(edits) if edits == self.edits => return vec![self.keep()],
            Msg::Save(key) => return self.save(key),
            Msg::Saved(answer) => return self.saved(answer),
            Msg::Theirs(Ok(workbench)) => match self.theirs(&workbench) {
                Ok(effects) => return effects,
                Err(failure) => self.saving = Submit::Refused(failure),
            },
            Msg::Theirs(Err(failure)) => self.saving = Submit::Refused(failure),
            Msg::TakeTheirs(conflict) => return self.settle(conflict, true),
            Msg::KeepMine(conflict) => return self.settle(conflict, false),
            Msg::Discard => {
                self.told = None;
                self.conflicts.clear();
                let base = self.base.clone();
                let mut effects = self.change(None, |form| *form = base);
                effects.push(Effect::Focus("bench"));
                return effects;
            }
            Msg::Understood => {
                self.told = None;
                self.refused_file.clear();
                return vec![Effect::Focus("bench")];
            }
            Msg::File(bytes) => return self.import(bytes),
            Msg::Export => return vec![Effect::Download([&self.slug, ".json"].concat(), self.form.export())],
            Msg::Sites(typed) => {
                self.sites.typed = typed;
                self.sites.submit.retyped();
            }
            Msg::SetSites(key) => return self.set_sites(key),
            Msg::SitesSet(answer) => self.sites_set(answer),
            Msg::CopyTag(market) => return vec![Effect::Copy(self.tag(&market), Box::new(Msg::Copied))],
            Msg::Copied(copied) => self.sites.copied = Some(copied),
            Msg::Note(note) => self.publishing.note.typed(note),
            Msg::Publish(key) => return self.publish(key),
            Msg::Published(answer) => return self.published(answer),
            Msg::Bench(_) | Msg::Keep(_) => {}
        }
        Vec::new()
    }
}

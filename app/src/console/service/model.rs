//! The page's state.

use shared::api::{self, NoteRequest};

use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Loaded, Page, get, post, post_empty};

/// The longest note, in characters.
pub(super) const MOST_NOTE: usize = 500;

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Service {
    id: String,
    /// The service.
    pub service: Loaded<Box<api::Service>>,
    /// How far opening it has come.
    pub opening: Submit,
    /// The note as typed.
    pub note: String,
    /// How far keeping the note has come.
    pub noting: Submit,
    /// The note was kept just now.
    pub noted: bool,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The service.
    Loaded(Result<Box<api::Service>, Failure>),
    /// It has been opened: say so.
    Open(Key),
    /// The service, opened.
    Opened(Result<Box<api::Service>, Failure>),
    /// A note was typed.
    Note(String),
    /// Keep it.
    Keep(Key),
    /// The service with it.
    Kept(Result<Box<api::Service>, Failure>),
}

impl Service {
    /// The page for the service with this id.
    pub fn new(id: String) -> Self {
        Self {
            id,
            service: Loaded::Waiting,
            opening: Submit::Idle,
            note: String::new(),
            noting: Submit::Idle,
            noted: false,
        }
    }

    /// By how many characters the note is too long.
    pub fn too_long(&self) -> usize {
        self.note.chars().count().saturating_sub(MOST_NOTE)
    }

    /// The note is another than the kept one.
    pub fn changed(&self) -> bool {
        let kept = self.service.here().and_then(|service| service.note.as_deref()).unwrap_or_default();
        kept != self.note
    }
}

impl Page for Service {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        vec![get(api::service(&self.id), Msg::Loaded)]
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Loaded(service) => {
                self.service = service.into();
                self.note = self.service.here().and_then(|service| service.note.clone()).unwrap_or_default();
            }
            Msg::Open(key) => {
                if let Some(key) = self.opening.begin(key) {
                    return vec![post_empty(api::service_opened(&self.id), key, Msg::Opened)];
                }
            }
            Msg::Opened(Ok(service)) => {
                self.service = Loaded::Here(service);
                self.opening = Submit::Idle;
            }
            Msg::Opened(Err(failure)) => self.opening.fail(failure),
            Msg::Note(note) => {
                self.note = note;
                self.noted = false;
                self.noting.retyped();
            }
            Msg::Keep(key) => {
                if self.too_long() > 0 {
                    return vec![Effect::Focus("note")];
                }
                if let Some(key) = self.noting.begin(key) {
                    let body = NoteRequest { note: self.note.clone() };
                    return vec![post(api::service_note(&self.id), &body, Some(key), Msg::Kept)];
                }
            }
            Msg::Kept(Ok(service)) => {
                self.service = Loaded::Here(service);
                self.noting = Submit::Idle;
                // What was typed meanwhile is not kept yet.
                self.noted = !self.changed();
            }
            Msg::Kept(Err(failure)) => self.noting.fail(failure),
        }
        Vec::new()
    }
}

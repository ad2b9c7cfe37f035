//! The page's state.

use shared::api::{self, PasswordChange};

use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Effect, Method, Page, quiet, send};

/// How many characters a password has at least, and at most, as the server has it.
const LENGTHS: core::ops::RangeInclusive<usize> = 10..=200;

/// Everything that the page shows.
#[derive(Clone, Debug, Default)]
pub struct Security {
    /// The present password as typed.
    pub current: String,
    /// The new one.
    pub new: String,
    /// The new one again.
    pub again: String,
    /// What is wrong with what is typed.
    pub wrong: Option<Wrong>,
    /// How far changing it has come.
    pub changing: Submit,
    /// It was changed.
    pub changed: bool,
    /// How far signing out everywhere has come.
    pub leaving: Submit,
}

/// What is wrong with what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The present password is missing.
    Current,
    /// The new one is too short or too long.
    Length,
    /// The two new ones differ.
    Again,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The present password was typed.
    Current(String),
    /// The new one was typed.
    New(String),
    /// The new one was typed again.
    Again(String),
    /// Change it.
    Change(Key),
    /// Changed, or not.
    Changed(Result<(), Failure>),
    /// Sign out everywhere.
    Leave(Key),
    /// Signed out, or not.
    Left(Result<(), Failure>),
}

impl Wrong {
    /// Whether a password is neither too short nor too long.
    pub fn fits(password: &str) -> bool {
        LENGTHS.contains(&password.chars().count())
    }
}

impl Security {
    fn find_wrong(&self) -> Option<(Wrong, &'static str)> {
        if self.current.is_empty() {
            Some((Wrong::Current, "current-password"))
        } else if !Wrong::fits(&self.new) {
            Some((Wrong::Length, "new-password"))
        } else if self.again != self.new {
            Some((Wrong::Again, "again-password"))
        } else {
            None
        }
    }

    fn change(&mut self, key: Key) -> Vec<Effect<Msg>> {
        self.changed = false;
        let wrong = self.find_wrong();
        self.wrong = wrong.map(|(wrong, _)| wrong);
        if let Some((_, field)) = wrong {
            self.changing = Submit::Idle;
            return vec![Effect::Focus(field)];
        }
        let Some(key) = self.changing.begin(key) else { return Vec::new() };
        let change = PasswordChange { current: self.current.clone(), new: self.new.clone() };
        vec![send(api::PASSWORD.to_owned(), &change, key, Msg::Changed)]
    }

    /// What was wrong may be right now.
    fn typed(&mut self) {
        self.wrong = None;
        self.changed = false;
        if !self.changing.waits() {
            // Another password is another intent.
            self.changing = Submit::Idle;
        }
    }
}

impl Page for Security {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        Vec::new()
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Current(text) => {
                self.current = text;
                self.typed();
            }
            Msg::New(text) => {
                self.new = text;
                self.typed();
            }
            Msg::Again(text) => {
                self.again = text;
                self.typed();
            }
            Msg::Change(key) => return self.change(key),
            Msg::Changed(Ok(())) => *self = Self { changed: true, ..Self::default() },
            Msg::Changed(Err(failure)) => self.changing.fail(failure),
            Msg::Leave(key) => {
                if self.leaving.begin(key).is_some() {
                    return vec![quiet(Method::Delete, api::SESSIONS.to_owned(), None, Msg::Left)];
                }
            }
            Msg::Left(Ok(())) => return vec![Effect::Open("/sign-in".to_owned())],
            Msg::Left(Err(failure)) => self.leaving.fail(failure),
        }
        Vec::new()
    }
}

//! The frame's state: what is unread, the clock that is being set, signing out.

use shared::api::{self, Advance, Clock, ClockSet, NoticeList};
use shared::calendar::{DAY, Timestamp};

use super::address::Place;
use crate::client::Failure;
use crate::page::submit::{Key, Submit};
use crate::page::{Context, Effect, Method, Page, get, post, quiet};
use crate::widgets::chrome::Switch;

/// Everything that the frame shows.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The path of the page inside it.
    pub path: String,
    /// What is around that.
    pub place: Place,
    /// Somebody is signed in whose notices are counted.
    pub counts: bool,
    /// How many notices nobody has read.
    pub unread: u32,
    /// The day that the clock is to be set to, as a date field has it.
    pub day: String,
    /// How far setting the clock has come.
    pub setting: Submit,
    /// The day cannot be set: it is none, or lies behind.
    pub day_wrong: bool,
    /// How far signing out has come.
    pub leaving: Submit,
}

/// What can happen in the frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// A switch was turned.
    Switch(Switch),
    /// What is unread may have changed.
    Recount,
    /// The notices, for their number.
    Counted(Result<NoticeList, Failure>),
    /// Set the clock forward by so many days.
    Days(i64, Key),
    /// A day was typed.
    Day(String),
    /// Set the clock to the beginning of the day that is typed; the server's time now.
    ToDay(Timestamp, Key),
    /// The clock was set, or not.
    Set(Result<Clock, Failure>),
    /// Sign out.
    Leave {
        /// On all devices.
        everywhere: bool,
        /// Of the intent.
        key: Key,
    },
    /// Signed out, or not.
    Left(Result<(), Failure>),
}

impl Frame {
    /// The frame around the page at `path`.
    pub fn new(path: String, place: Place, context: &Context) -> Self {
        let counts = context.who.is_some() && matches!(place, Place::Framed | Place::Notices);
        Self {
            path,
            place,
            counts,
            unread: 0,
            day: String::new(),
            setting: Submit::Idle,
            day_wrong: false,
            leaving: Submit::Idle,
        }
    }

    fn count(&self) -> Vec<Effect<Msg>> {
        // The list itself counts when it opens.
        let counts = self.counts && self.place != Place::Notices;
        counts.then(|| get([api::NOTICES, "?limit=1"].concat(), Msg::Counted)).into_iter().collect()
    }

    fn set(&mut self, set: ClockSet, key: Key) -> Vec<Effect<Msg>> {
        let Some(key) = self.setting.begin(key) else { return Vec::new() };
        vec![post(api::SANDBOX_CLOCK.to_owned(), &set, Some(key), Msg::Set)]
    }
}

impl Page for Frame {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        self.count()
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Switch(switch) => return vec![Effect::Switch(switch)],
            Msg::Recount => return self.count(),
            Msg::Counted(Ok(list)) => self.unread = list.unread,
            // A number in the header is not worth a sentence.
            Msg::Counted(Err(_)) => {}
            Msg::Days(days, key) => {
                if let Some(advance) = Advance::new(days.saturating_mul(DAY)) {
                    return self.set(ClockSet::Advance(advance), key);
                }
            }
            Msg::Day(day) => {
                self.day = day;
                self.day_wrong = false;
                self.setting = Submit::Idle;
            }
            Msg::ToDay(now, key) => match day_begins(&self.day, now).filter(|at| *at > now) {
                Some(at) => return self.set(ClockSet::At(at), key),
                None => self.day_wrong = true,
            },
            // Everything on the page may be another by now.
            Msg::Set(Ok(_)) => return vec![Effect::Reload],
            Msg::Set(Err(failure)) => self.setting.fail(failure),
            Msg::Leave { everywhere, key } => {
                if self.leaving.begin(key).is_some() {
                    let path = if everywhere { api::SESSIONS } else { api::SESSION };
                    return vec![quiet(Method::Delete, path.to_owned(), None, Msg::Left)];
                }
            }
            Msg::Left(Ok(())) => return vec![Effect::Open("/".to_owned())],
            Msg::Left(Err(failure)) => self.leaving.fail(failure),
        }
        Vec::new()
    }
}

/// The first second of a day such as `2027-01-31`, in the market's offset.
fn day_begins(day: &str, now: Timestamp) -> Option<Timestamp> {
    let now = now.to_string();
    let offset = now.get(now.len().checked_sub(6)?..)?;
    [day, "T00:00:00", offset].concat().parse().ok()
}

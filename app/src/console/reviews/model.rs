//! The page's state.

use shared::aftersale::Which;
use shared::api::{self, FiledReview, ReviewAnswer, ReviewList};

use crate::client::Failure;
use crate::page::search::{Search, Searched};
use crate::page::submit::Key;
use crate::page::written::Written;
use crate::page::{Effect, Page, post};
use crate::trade::reviews::{MOST, ReviewQuery};

/// Everything that the page shows.
pub struct Reviews {
    /// The reviews that were found.
    pub search: Search<ReviewQuery>,
    /// What is being answered.
    pub answering: Option<Answering>,
    /// What was opened last: there the keyboard goes back to.
    pub last: Option<(String, Which)>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answering {
    /// The review's id.
    pub review: String,
    /// Which of the two opinions.
    pub to: Which,
    /// The answer.
    pub written: Written,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// In the list.
    Search(Searched<ReviewList>),
    /// Answer this; nothing any more.
    Open(Option<(String, Which)>),
    /// A text was typed.
    Typed(String),
    /// Send it.
    Send(Key),
    /// The review as it is now.
    Sent(Result<Box<FiledReview>, Failure>),
}

impl Reviews {
    /// The page; `query` says what is searched for.
    pub fn new(query: &str) -> Self {
        Self { search: Search::new(query), answering: None, last: None }
    }

    fn send(&mut self, key: Key) -> Vec<Effect<Msg>> {
        let Some(Answering { review, to, written }) = &mut self.answering else { return Vec::new() };
        match written.send(MOST, "answer", key) {
            Ok((text, key)) => {
                vec![post(api::review_answer(review), &ReviewAnswer { to: *to, text }, Some(key), Msg::Sent)]
            }
            Err(instead) => instead,
        }
    }
}

impl Page for Reviews {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        self.search.begin(Msg::Search)
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Search(message) => return self.search.update(message, Msg::Search),
            Msg::Open(None) => {
                self.answering = None;
                return vec![Effect::Focus("last-opened")];
            }
            Msg::Open(Some((review, to))) => {
                self.last = Some((review.clone(), to));
                self.answering = Some(Answering { review, to, written: Written::default() });
                return vec![Effect::Focus("answer")];
            }
            Msg::Typed(text) => {
                if let Some(answering) = &mut self.answering {
                    answering.written.typed(text);
                }
            }
            Msg::Send(key) => return self.send(key),
            Msg::Sent(Ok(review)) => {
                self.search.replace(&review, |row| &row.record.id);
                self.answering = None;
                return vec![Effect::Recount, Effect::Focus("done")];
            }
            Msg::Sent(Err(failure)) => {
                if let Some(answering) = &mut self.answering {
                    answering.written.submit.fail(failure);
                }
            }
        }
        Vec::new()
    }
}

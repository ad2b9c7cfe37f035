//! The page's state.

use shared::aftersale::{Complaint, Outcome};
use shared::api::{self, ComplaintDecision, ComplaintList, Filed, Said};

use crate::client::Failure;
use crate::page::search::{Search, Searched};
use crate::page::submit::Key;
use crate::page::written::Written;
use crate::page::{Effect, Page, post};
use crate::trade::complaints::{ComplaintQuery, MOST};

/// Everything that the page shows.
pub struct Complaints {
    /// The complaints that were found.
    pub search: Search<ComplaintQuery>,
    /// What is being written on one.
    pub writing: Option<Writing>,
    /// The id of the one that was opened last: there the keyboard goes back to.
    pub last: Option<String>,
}

/// The vendor's answer, or the operator's decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writing {
    /// The complaint's id.
    pub complaint: String,
    /// How it is decided; of a decision.
    pub outcome: Option<Outcome>,
    /// The answer, or why.
    pub written: Written,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// In the list.
    Search(Searched<ComplaintList>),
    /// Write on the complaint with this id; on none any more.
    Open(Option<String>),
    /// It is decided like this.
    Outcome(Outcome),
    /// A text was typed.
    Typed(String),
    /// Send the answer.
    Answer(Key),
    /// Send the decision.
    Decide(Key),
    /// The complaint as it is now.
    Sent(Result<Box<Filed<Complaint>>, Failure>),
}

impl Complaints {
    /// The page; `query` says what is searched for.
    pub fn new(query: &str) -> Self {
        Self { search: Search::new(query), writing: None, last: None }
    }

    fn send(&mut self, decides: bool, key: Key) -> Vec<Effect<Msg>> {
        let Some(Writing { complaint, outcome, written }) = &mut self.writing else { return Vec::new() };
        written.tried = true;
        let outcome = match (decides, *outcome) {
            // What is missing is said beside the outcomes.
            (true, None) => return Vec::new(),
            (true, outcome) => outcome,
            (false, _) => None,
        };
        let (text, key) = match written.send(MOST, "text", key) {
            Ok(sent) => sent,
            Err(instead) => return instead,
        };
        vec![match outcome {
            Some(outcome) => {
                let body = ComplaintDecision { outcome, finding: text };
                post(api::complaint_close(complaint), &body, Some(key), Msg::Sent)
            }
            None => post(api::complaint_answer(complaint), &Said { text }, Some(key), Msg::Sent),
        }]
    }
}

impl Page for Complaints {
    type Msg = Msg;

    fn begin(&mut self) -> Vec<Effect<Msg>> {
        self.search.begin(Msg::Search)
    }

    fn update(&mut self, message: Msg) -> Vec<Effect<Msg>> {
        match message {
            Msg::Search(message) => return self.search.update(message, Msg::Search),
            Msg::Open(None) => {
                self.writing = None;
                return vec![Effect::Focus("last-opened")];
            }
            Msg::Open(Some(complaint)) => {
                self.last = Some(complaint.clone());
                self.writing = Some(Writing { complaint, outcome: None, written: Written::default() });
                return vec![Effect::Focus("text")];
            }
            Msg::Outcome(outcome) => {
                if let Some(writing) = &mut self.writing {
                    writing.outcome = Some(outcome);
                    writing.written.submit.retyped();
                }
            }
            Msg::Typed(text) => {
                if let Some(writing) = &mut self.writing {
                    writing.written.typed(text);
                }
            }
            Msg::Answer(key) => return self.send(false, key),
            Msg::Decide(key) => return self.send(true, key),
            Msg::Sent(Ok(complaint)) => {
                self.search.replace(&complaint, |row| &row.record.id);
                self.writing = None;
                return vec![Effect::Recount, Effect::Focus("done")];
            }
            Msg::Sent(Err(failure)) => {
                if let Some(writing) = &mut self.writing {
                    writing.written.submit.fail(failure);
                }
            }
        }
        Vec::new()
    }
}

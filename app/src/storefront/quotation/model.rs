//! The quotation page's state. Every number shown is read from the signed text.

use shared::api::{QuoteRequest, VerifyKeys};
use shared::calendar::Timestamp;
use shared::money::Fen;

use super::document::Document;
use super::seal::{Seal, Sealed, check};
use crate::client::Failure;
use crate::wire;

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Model {
    /// What was signed, and by whom.
    pub sealed: Sealed,
    /// What the signed text says; `None` where it is no quotation.
    pub document: Option<Box<Document>>,
    /// Whether the signature holds.
    pub seal: Seal,
    /// The server's time.
    pub now: Timestamp,
    /// How far quoting again has come.
    pub again: Again,
    /// Whether the link was copied; `None` before it was tried.
    pub copied: Option<bool>,
}

/// How far quoting again has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Again {
    /// Nobody has asked.
    Idle,
    /// The server is at it.
    Waiting,
    /// Today's total is another one.
    Differs(Fen),
    /// There is no answer.
    Failed(Failure),
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// A second went by: the server's time.
    Tick(Timestamp),
    /// Copy the link.
    Copy,
    /// Whether it was copied.
    Copied(bool),
    /// Open the print dialogue.
    Print,
    /// Quote the same again.
    Again,
    /// The server's answer: the new quotation's id.
    Answered(Result<String, Failure>),
}

/// What the browser has to do besides showing the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Copy the page's address.
    Copy,
    /// Open the print dialogue.
    Print,
    /// Ask for a quotation.
    Quote(Box<QuoteRequest>),
    /// Go to the quotation with this id.
    Open(String),
}

impl Model {
    /// What `message` makes of the page.
    pub fn update(&mut self, message: Msg) -> Option<Effect> {
        match message {
            Msg::Tick(now) => self.now = now,
            Msg::Copy => return Some(Effect::Copy),
            Msg::Copied(copied) => self.copied = Some(copied),
            Msg::Print => return Some(Effect::Print),
            Msg::Again => return self.request().map(|request| Effect::Quote(Box::new(request))),
            Msg::Answered(Ok(id)) => return Some(Effect::Open(id)),
            Msg::Answered(Err(failure)) => self.refused(failure),
        }
        None
    }

    /// A quotation as of `now`; its signature is not checked yet.
    pub fn new(sealed: Sealed, now: Timestamp) -> Self {
        let document = wire::document(&sealed.document).map(Box::new);
        Self { sealed, document, seal: Seal::Unchecked, now, again: Again::Idle, copied: None }
    }

    /// Checks the signature.
    pub fn check(&mut self, keys: &VerifyKeys) {
        self.seal = check(&self.sealed, keys);
    }

    /// Seconds until it can no longer be ordered from; 0 once that is so.
    pub fn left(&self) -> i64 {
        self.document.as_ref().map_or(0, |document| document.expires_at.since(self.now).max(0))
    }

    /// The request for the same again, of a purchase. At the same total, or at whatever it costs where the buyer has seen `seen`.
    fn request(&mut self) -> Option<QuoteRequest> {
        let document = self.document.as_ref().filter(|document| document.on.is_none())?;
        let expected = match self.again {
            Again::Waiting => return None,
            Again::Differs(total) => total,
            Again::Idle | Again::Failed(_) => document.total,
        };
        let request = QuoteRequest {
            product: document.product.clone(),
            selection: document.selection.clone(),
            expected_total: Some(expected),
            revision: None,
        };
        self.again = Again::Waiting;
        Some(request)
    }

    /// The server did not quote again.
    fn refused(&mut self, failure: Failure) {
        self.again = match &failure {
            Failure::Refused(refused) => match refused.total {
                Some(total) => Again::Differs(total),
                None => Again::Failed(failure),
            },
            _ => Again::Failed(failure),
        };
    }
}

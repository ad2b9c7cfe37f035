//! The quotation page's state. Every number shown is read from the signed text.

use shared::api::{Confirmed, QuoteRequest, VerifyKeys};
use shared::calendar::Timestamp;
use shared::money::Fen;

use super::seal::{Seal, Sealed, check};
use crate::client::Failure;

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Model {
    /// What was signed, and by whom.
    pub sealed: Sealed,
    /// What the signed text says; `None` where it is no quotation.
    pub confirmed: Option<Box<Confirmed>>,
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

impl Model {
    /// A quotation as of `now`; its signature is not checked yet.
    pub fn new(sealed: Sealed, now: Timestamp) -> Self {
        let confirmed = serde_json::from_str(&sealed.document).ok().map(Box::new);
        Self { sealed, confirmed, seal: Seal::Unchecked, now, again: Again::Idle, copied: None }
    }

    /// Checks the signature.
    pub fn check(&mut self, keys: &VerifyKeys) {
        self.seal = check(&self.sealed, keys);
    }

    /// Seconds until it can no longer be ordered from; 0 once that is so.
    pub fn left(&self) -> i64 {
        self.confirmed.as_ref().map_or(0, |confirmed| confirmed.expires_at.since(self.now).max(0))
    }

    /// The request for the same again. At the same total, or at whatever it costs where the buyer has seen `seen`.
    pub fn request(&mut self) -> Option<QuoteRequest> {
        let confirmed = self.confirmed.as_ref()?;
        let expected = match self.again {
            Again::Waiting => return None,
            Again::Differs(total) => total,
            Again::Idle | Again::Failed(_) => confirmed.quote.total,
        };
        let request = QuoteRequest {
            product: confirmed.product.clone(),
            selection: confirmed.selection.clone(),
            expected_total: Some(expected),
            revision: None,
        };
        self.again = Again::Waiting;
        Some(request)
    }

    /// The server did not quote again.
    pub fn refused(&mut self, failure: Failure) {
        self.again = match &failure {
            Failure::Refused(refusal) => match &refusal.quote {
                Some(quote) => Again::Differs(quote.total),
                None => Again::Failed(failure),
            },
            _ => Again::Failed(failure),
        };
    }
}

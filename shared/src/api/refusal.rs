//! Refusals: problem details for every error (RFC 9457).

use serde::{Deserialize, Serialize};

use super::Draft;
use crate::lifecycle::Quote;
use crate::violation::Violation;

/// The body of every answer from 400 up, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// `about:blank`: the code says it.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code that machines go by.
    pub code: String,
    /// What happened and what to do, in Chinese.
    pub zh: String,
    /// The same in English.
    pub detail: String,
    /// Everything that is wrong with the request, if that is why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<Violation>,
    /// The server's own quote (`price_mismatch`, `quote_stale`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Box<Quote>>,
    /// The revision that the quote was made with; for `revision_stale`, the published one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// The draft that somebody else has saved (`draft_conflict`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Box<Draft>>,
    /// By which the server's log knows this request.
    pub request_id: String,
}

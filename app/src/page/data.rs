//! What the server writes into a page besides its frame.

use serde::{Deserialize, Serialize};
use shared::api::{Payee, Who};
use shared::calendar::Timestamp;

/// Who is there, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Data {
    /// Who is signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Who>,
    /// The server's time.
    pub now: Timestamp,
    /// The market is one to try things out in.
    pub sandbox: bool,
    /// An enterprise's own identity provider can be signed in at.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub oidc: bool,
    /// To whom transfers go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payee: Option<Payee>,
}

//! Notices (rule L5).

use serde::{Deserialize, Serialize};

use crate::calendar::Timestamp;
use crate::orders::NoticeKind;

/// The notices of one's organisation, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeList {
    /// The latest.
    pub notices: Vec<Notice>,
    /// Where there are more: what to ask for as `after`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many have not been read, of all.
    pub unread: u32,
}

/// Which notices: nothing is searched for in them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeQuery {}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its id.
    pub id: String,
    /// What it says: `kind` and its operands.
    #[serde(flatten)]
    pub kind: NoticeKind,
    /// Since when it is true.
    pub at: Timestamp,
    /// Somebody of the organisation has read it.
    pub read: bool,
}

//! Parts of lists.

use serde::{Deserialize, Serialize};

/// Which part of a list, beside what is searched for in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The list from where another answer ended: its `next`. Absent, from the newest on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// So many at most, from 1 to 200; absent, 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl Part {
    /// The names by which a query says it.
    pub const NAMES: [&str; 2] = ["after", "limit"];
}

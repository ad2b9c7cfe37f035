//! Trials (rule L13).

use serde::{Deserialize, Serialize};

/// What a trial was begun with: as promised then, whatever the offer says later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialTerms {
    /// For how many days it runs once it is opened.
    pub days: u32,
    /// The extra trial.
    pub extra: ExtraTrial,
}

/// The extra trial, which can be taken once after the trial's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ExtraTrial {
    /// There is none.
    NotOffered,
    /// It can be taken.
    Offered {
        /// For how many days.
        days: u32,
    },
    /// It has been taken.
    Taken,
}

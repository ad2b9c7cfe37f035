//! What a page waits for.

use crate::client::Failure;

/// What a page waits for when it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loaded<T> {
    /// On its way.
    Waiting,
    /// There.
    Here(T),
    /// Not to be had.
    Failed(Failure),
}

impl<T> Loaded<T> {
    /// What is there.
    pub fn here(&self) -> Option<&T> {
        match self {
            Self::Here(value) => Some(value),
            Self::Waiting | Self::Failed(_) => None,
        }
    }
}

impl<T> From<Result<T, Failure>> for Loaded<T> {
    fn from(result: Result<T, Failure>) -> Self {
        match result {
            Ok(value) => Self::Here(value),
            Err(failure) => Self::Failed(failure),
        }
    }
}

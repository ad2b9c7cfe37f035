//! Parts of lists: which one is asked for, and where the next begins.

use shared::api;
use shared::violation::Expected;

use super::form::wrong;
use crate::failure::Failure;
use crate::store::search::{self, Found, Place};

/// How many rows a part has at most, and where nobody says.
pub(super) const MOST: u32 = 200;

/// Which part of a list is asked for.
#[derive(Clone, Debug)]
pub(super) struct Part {
    after: Option<Place>,
    limit: u32,
}

impl Part {
    /// Refused: an `after` that no answer had as its `next`, a limit that is none.
    pub(super) fn read(asked: &api::Part) -> Result<Self, Failure> {
        let after = asked.after.as_deref();
        let after = after.map(|after| read(after).ok_or_else(|| wrong("/after", Expected::Text))).transpose()?;
        let limit = asked.limit.unwrap_or(MOST);
        if !(1..=MOST).contains(&limit) {
            return Err(wrong("/limit", Expected::Between(1, MOST.into())));
        }
        Ok(Self { after, limit })
    }

    /// As much as there can be of what comes after `place`; absent, from the newest on.
    pub(super) const fn following(place: Option<Place>) -> Self {
        Self { after: place, limit: MOST }
    }

    /// The part's row that comes before it.
    pub(super) const fn after(&self) -> Option<&Place> {
        self.after.as_ref()
    }

    /// So many rows at most.
    pub(super) const fn limit(&self) -> usize {
        self.limit as usize
    }

    /// For the store.
    pub(super) const fn of_store(&self) -> search::Part<'_> {
        search::Part { after: self.after(), limit: self.limit() }
    }
}

/// What was found as an answer says it: each row by `show`, and its `next`.
pub(super) fn shown<T, S>(found: Found<T>, show: impl Fn(T) -> S) -> (Vec<S>, Option<String>) {
    (found.rows.into_iter().map(show).collect(), found.next.as_ref().map(written))
}

/// A place as an answer says it.
pub(super) fn written((at, id): &Place) -> String {
    format!("{at}.{id}")
}

fn read(text: &str) -> Option<Place> {
    let (at, id) = text.split_once('.')?;
    let id = Some(id).filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic()))?;
    Some((at.parse().ok()?, id.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(after: Option<&str>, limit: Option<u32>) -> Result<Part, Failure> {
        Part::read(&api::Part { after: after.map(str::to_owned), limit })
    }

    #[test]
    fn a_place_is_read_as_it_is_written() {
        for place in [(1_795_228_800, "20261121-ABCD1234-1".to_owned()), (-5, "a.b".to_owned())] {
            assert_eq!(read(&written(&place)), Some(place));
        }
        for nothing in ["", "1", "1.", ".a", "x.a", "99999999999999999999.a", "1.a\0", "1. "] {
            assert!(part(Some(nothing), None).is_err(), "{nothing}");
        }
    }

    #[test]
    fn a_limit_is_from_1_to_200() {
        for (limit, good) in [(0, false), (1, true), (200, true), (201, false)] {
            assert_eq!(part(None, Some(limit)).is_ok(), good, "{limit}");
        }
    }
}

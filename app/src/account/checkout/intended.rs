//! What a buyer means to do after the purchase: for what it will cost, nothing is ordered by it.

use std::collections::BTreeMap;

use shared::pricing::SelectionFile;

use crate::storefront::product::draft::number;

/// What the buyer means to do besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intended {
    /// The trial comes first.
    pub trial: bool,
    /// So many days after the purchase there is more of it.
    pub after: u16,
    /// How much then, by the charge's key, as typed.
    pub more: BTreeMap<String, String>,
}

impl Default for Intended {
    fn default() -> Self {
        Self { trial: false, after: 180, more: BTreeMap::new() }
    }
}

/// What changes about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intend {
    /// The trial comes first, or not.
    Trial(bool),
    /// An expansion after so many days.
    After(u16),
    /// This much of the charge by then, as typed.
    More(String, String),
}

impl Intended {
    /// As it is after this.
    pub fn change(&mut self, change: Intend) {
        match change {
            Intend::Trial(trial) => self.trial = trial,
            Intend::After(after) => self.after = after,
            Intend::More(key, typed) => {
                self.more.insert(key, typed);
            }
        }
    }

    /// What is had after the expansion; none is meant where nothing is typed, or what there is already.
    pub(super) fn expanded(&self, bought: &SelectionFile) -> Option<SelectionFile> {
        let mut expanded = SelectionFile { term: None, ..bought.clone() };
        for (key, typed) in &self.more {
            if let (Some(n), Some(quantity)) = (number(typed), expanded.quantities.get_mut(key)) {
                // What no number of it can be is refused like any other that is too many.
                *quantity = u32::try_from(n).unwrap_or(u32::MAX);
            }
        }
        (expanded.quantities != bought.quantities).then_some(expanded)
    }
}

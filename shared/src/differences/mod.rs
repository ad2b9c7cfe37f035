//! What a change of a sales configuration means: in sentences, in the totals of typical selections, in the price curve.
//!
//! Everything here compares two valid offers, `before` and `after`; nothing is tried out at random, and no clock is read.

mod align;
mod charges;
mod curves;
mod editions;
mod prices;
mod rules;
#[cfg(test)]
mod tests;
mod typical;
mod words;

pub use curves::{Curves, curves};
use serde::Serialize;
pub use typical::{Row, Typical, typical};

use crate::catalog::{Edition, Offer};
use words::Both;

/// One thing that is different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// A JSON pointer into the configuration after; of what is gone, to the list that it was in.
    pub at: String,
    /// The edition that it is about; absent where it is about the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<OfEdition>,
    /// What changed, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// An edition that something is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfEdition {
    /// Its code.
    pub code: String,
    /// Its name after the change; before it where it is gone.
    pub name: String,
}

/// Everything that is different between two configurations, in the order of the file after: the product's own rules
/// last. Nothing exactly where they are equal.
pub fn differences(before: &Offer, after: &Offer) -> Vec<Change> {
    let mut changes = Changes { found: Vec::new(), edition: None };
    editions::compare(&before.editions, &after.editions, &mut changes);
    rules::compare(before, after, &mut changes);
    changes.found
}

/// What was found so far, and which edition is being looked at.
struct Changes {
    found: Vec<Change>,
    edition: Option<OfEdition>,
}

impl Changes {
    /// Notes a change at a JSON pointer, in both languages.
    fn add(&mut self, at: impl Into<String>, (zh, en): Both) {
        self.found.push(Change { at: at.into(), edition: self.edition.clone(), zh, en });
    }

    /// Notes that something was one thing and is another.
    fn turned(&mut self, at: impl Into<String>, (zh, en): Both, before: Both, after: Both) {
        self.add(at, (format!("{zh}：{} → {}", before.0, after.0), format!("{en}: {} → {}", before.1, after.1)));
    }

    /// Looks at an edition from now on.
    fn about(&mut self, edition: Option<&Edition>) {
        self.edition = edition.map(|edition| OfEdition { code: edition.code.clone(), name: edition.name.clone() });
    }
}

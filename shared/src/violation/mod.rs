//! What is wrong with an input: a stable code, a JSON pointer to the place, and a sentence in both languages (rule S18).
//!
//! Readers collect into a [`Report`], so that a person sees everything at once.

mod problem;
mod sentences;

use serde::{Deserialize, Serialize};

pub use problem::{Expected, Problem};

use crate::json::At;

/// One thing that is wrong, as outsiders see it (contract).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The stable code, see [`Problem::code`].
    pub code: String,
    /// A JSON pointer into the request or file.
    pub at: String,
    /// What is wrong and what to do, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl Violation {
    /// `problem` at the JSON pointer `at`.
    pub fn new(at: impl ToString, problem: &Problem) -> Self {
        let (zh, en) = problem.sentences();
        Self { code: problem.code().to_owned(), at: at.to_string(), zh, en }
    }
}

/// Everything found wrong so far.
#[derive(Debug, Default)]
pub struct Report {
    violations: Vec<Violation>,
}

impl Report {
    /// Notes `problem` at `at`.
    pub fn add(&mut self, at: &At<'_>, problem: Problem) {
        self.violations.push(Violation::new(at, &problem));
    }

    /// How much is wrong so far; compare two counts to see whether a step found something.
    pub fn count(&self) -> usize {
        self.violations.len()
    }

    /// Everything found, in the order of the document.
    pub fn into_violations(self) -> Vec<Violation> {
        self.violations
    }

    /// `value`, if nothing is wrong.
    pub fn unless_any<T>(self, value: Option<T>) -> Result<T, Vec<Violation>> {
        match value {
            Some(value) if self.violations.is_empty() => Ok(value),
            _ => Err(self.violations),
        }
    }
}

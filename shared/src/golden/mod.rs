//! Golden cases (contract, `quotient check`): what selections must cost, kept beside a sales configuration.
//!
//! A case is a request to the evaluator without its configuration, and what is expected of the answer. The same cases are
//! checked in the editor at every keystroke, by the server before it publishes, and by an ISV's own machines.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::catalog::Offer;
use crate::eval;

/// So many cases are checked before publishing, at most.
pub const MOST: usize = 200;

/// A configuration with its cases: what is exported, imported and checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The sales configuration.
    pub config: Box<RawValue>,
    /// Its cases.
    #[serde(default)]
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// By which people know it.
    pub name: String,
    /// An evaluator's request without its `config`.
    pub request: Map<String, Value>,
    /// Fields of the good answer, or the violations' `codes` in any order.
    pub expect: Map<String, Value>,
}

/// Where an answer is not what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A field of the answer.
    Field {
        /// Its name.
        field: String,
        /// What the case expects.
        expected: Value,
        /// What the answer has; `null` where it has no such field.
        found: Value,
    },
    /// It was to be refused, and is not, or with other codes; both are sorted.
    Codes {
        /// What the case expects.
        expected: Vec<String>,
        /// What the answer has.
        found: Vec<String>,
    },
    /// It is refused with these codes, and was not to be.
    Refused(Vec<String>),
}

/// What is different in each of the cases under `config`, a configuration's JSON text; nothing where one is good.
pub fn check(config: &str, cases: &[Case]) -> Vec<Vec<Difference>> {
    match Offer::parse(config) {
        Ok(offer) => check_offer(&Arc::new(offer), cases),
        Err(_) => cases.iter().map(|case| case.differences(config, eval::answer)).collect(),
    }
}

/// The same under a configuration that was read before.
pub fn check_offer(offer: &Arc<Offer>, cases: &[Case]) -> Vec<Vec<Difference>> {
    // What stands there is not looked at.
    cases.iter().map(|case| case.differences("null", |line| eval::answer_about(offer, line))).collect()
}

impl Case {
    fn differences(&self, config: &str, answer: impl Fn(&str) -> String) -> Vec<Difference> {
        let request = Value::Object(self.request.clone()).to_string();
        // The credit of a subscription follows from the subscription alone.
        let line = match (self.request.get("op"), request.strip_suffix('}')) {
            (Some(Value::String(op)), _) if op == "credit" => request,
            (_, Some(open)) => {
                let comma = if self.request.is_empty() { "" } else { "," };
                [open, comma, r#""config":"#, config, "}"].concat()
            }
            (_, None) => request,
        };
        let answer: Value = serde_json::from_str(&answer(&line)).unwrap_or_default();
        let found = codes(&answer);
        match self.expect.get("codes") {
            Some(expected) => {
                let expected = expected.as_array().into_iter().flatten();
                let mut expected: Vec<String> = expected.filter_map(|code| code.as_str().map(str::to_owned)).collect();
                expected.sort();
                if found == expected { Vec::new() } else { vec![Difference::Codes { expected, found }] }
            }
            None if !found.is_empty() => vec![Difference::Refused(found)],
            None => self
                .expect
                .iter()
                .filter_map(|(field, expected)| {
                    let found = answer["ok"].get(field);
                    (found != Some(expected)).then(|| Difference::Field {
                        field: field.clone(),
                        expected: expected.clone(),
                        found: found.cloned().unwrap_or_default(),
                    })
                })
                .collect(),
        }
    }
}

impl Difference {
    /// What is different, in Chinese and in English.
    pub fn sentences(&self) -> (String, String) {
        let list = |codes: &[String]| if codes.is_empty() { "—".to_owned() } else { codes.join(", ") };
        match self {
            Self::Field { field, expected, found } => {
                let (expected, found) = (plain(expected), plain(found));
                (
                    format!("{field} 应为 {expected}，实际为 {found}。"),
                    format!("{field} should be {expected} and is {found}."),
                )
            }
            Self::Codes { expected, found } => (
                format!("应被拒绝：{}；实际：{}。", list(expected), list(found)),
                format!("It should be refused with {}; it is with {}.", list(expected), list(found)),
            ),
            Self::Refused(codes) => (
                format!("不应被拒绝，却得到 {}。", list(codes)),
                format!("It should not be refused, and is with {}.", list(codes)),
            ),
        }
    }
}

/// A value as a person reads it: a text without its quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "—".to_owned(),
        other => other.to_string(),
    }
}

/// The codes of an answer's violations, sorted.
fn codes(answer: &Value) -> Vec<String> {
    let violations = answer.pointer("/err/violations").and_then(Value::as_array);
    let code = |violation: &Value| violation["code"].as_str().map(str::to_owned);
    let mut codes: Vec<String> = violations.into_iter().flatten().filter_map(code).collect();
    codes.sort();
    codes
}

//! Values of one type, or a complaint.

use super::{At, Node, Seen};
use crate::violation::{Expected, Problem, Report};

/// The items of a list; `None` and a `malformed` where it is none. An absent or empty list is empty (rule S20).
pub fn list<'n, 'a>(node: Option<&'n Node<'a>>, at: &At<'_>, report: &mut Report) -> Option<&'n [Node<'a>]> {
    match node {
        None => Some(&[]),
        Some(Node::List(items)) => Some(items),
        Some(_) => {
            report.add(at, Problem::Malformed(Expected::List));
            None
        }
    }
}

/// The string at `at`; `None` and a `malformed` where it is none.
pub fn text<'n>(node: &'n Node<'_>, at: &At<'_>, report: &mut Report) -> Option<&'n str> {
    let Node::Text(text) = node else {
        report.add(at, Problem::Malformed(Expected::Text));
        return None;
    };
    Some(text)
}

/// The whole number at `at`, clamped to `i64`; `None` and a `malformed` where it is none.
pub fn int(node: &Node<'_>, at: &At<'_>, report: &mut Report) -> Option<i64> {
    match node {
        Node::Int(n) => Some(*n),
        Node::Huge { negative } => Some(if *negative { i64::MIN } else { i64::MAX }),
        _ => {
            report.add(at, Problem::Malformed(Expected::WholeNumber));
            None
        }
    }
}

/// The boolean at `at`; `None` and a `malformed` where it is none.
pub fn boolean(node: &Node<'_>, at: &At<'_>, report: &mut Report) -> Option<bool> {
    let Node::Bool(value) = node else {
        report.add(at, Problem::Malformed(Expected::Boolean));
        return None;
    };
    Some(*value)
}

/// The item of `choices` that the string at `at` names; `None` and a `malformed` where it names none.
pub fn choice<T: Copy>(node: &Node<'_>, choices: &[(&'static str, T)], at: &At<'_>, report: &mut Report) -> Option<T> {
    let text = text(node, at, report)?;
    let found = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
    if found.is_none() {
        let names = choices.iter().map(|(name, _)| *name).collect();
        report.add(at, Problem::Malformed(Expected::OneOf(names)));
    }
    found
}

/// The value that the string at `at` parses to; `None` and `malformed` where it is none.
pub fn parsed<T: core::str::FromStr>(
    node: &Node<'_>,
    expected: Expected,
    at: &At<'_>,
    report: &mut Report,
) -> Option<T> {
    let value = text(node, at, report)?.parse().ok();
    if value.is_none() {
        report.add(at, Problem::Malformed(expected));
    }
    value
}

/// The entries of an object whose keys are data; repeated keys are `malformed` and dropped.
pub fn entries<'n, 'a>(
    node: Option<&'n Node<'a>>,
    at: &At<'_>,
    report: &mut Report,
) -> Option<Vec<(&'n str, &'n Node<'a>)>> {
    let items = match node {
        None => return Some(Vec::new()),
        Some(Node::Object(items)) => items,
        Some(_) => {
            report.add(at, Problem::Malformed(Expected::Object));
            return None;
        }
    };
    let mut seen = Seen::default();
    let mut kept = Vec::with_capacity(items.len());
    for (key, value) in items {
        if seen.first_time(key) {
            kept.push((&**key, value));
        } else {
            report.add(&at.key(key), Problem::Malformed(Expected::Once));
        }
    }
    Some(kept)
}

//! Reading JSON that anyone may have written: a tree that keeps repeated fields, and a place in it for each complaint.
//!
//! `serde`'s derived readers stop at the first thing that is wrong; a person mending a configuration wants to see all
//! of it (rule S18). So a document becomes a [`Node`] first, and the readers walk it with an [`At`] in hand.

use core::fmt;
use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::violation::{Expected, Problem, Report};

/// A JSON value as it was written: fields in order, repeated ones kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Node<'a> {
    /// `null`: the same as an absent field wherever a field may be left out (rule S20).
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number beyond `i64`, or one so large that it was written with an exponent.
    Huge {
        /// Below zero.
        negative: bool,
    },
    /// A number with a fraction.
    Fraction,
    /// A string.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Node<'a>>),
    /// An object.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// Parses one JSON document; the error says where it stops being JSON.
    pub fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Whether the field counts as left out.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Node<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(i64::try_from(value).map_or(Node::Huge { negative: false }, Node::Int))
    }

    /// Only the kind of number is kept: no amount ever comes from a float.
    fn visit_f64<E>(self, value: f64) -> Result<Node<'de>, E> {
        const BEYOND_I64: f64 = 9.3e18;
        Ok(if value.abs() >= BEYOND_I64 { Node::Huge { negative: value.is_sign_negative() } } else { Node::Fraction })
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some((Key(key), value)) = map.next_entry()? {
            fields.push((key, value));
        }
        Ok(Node::Object(fields))
    }
}

/// An object's key, borrowed from the text where it holds no escape (a plain `Cow` would always be copied).
struct Key<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(NodeVisitor)? {
            Node::Text(text) => Ok(Self(text)),
            _ => Ok(Self(Cow::Borrowed(""))),
        }
    }
}

/// A place in a document. Costs nothing until it is printed, as a JSON pointer (RFC 6901).
#[derive(Clone, Copy, Debug)]
pub struct At<'p> {
    parent: Option<&'p At<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

impl<'p> At<'p> {
    /// The whole document.
    pub const ROOT: Self = Self { parent: None, step: Step::Root };

    /// The field `key` of this place.
    pub const fn key(&'p self, key: &'p str) -> At<'p> {
        At { parent: Some(self), step: Step::Key(key) }
    }

    /// The item `index` of this place.
    pub const fn index(&'p self, index: usize) -> At<'p> {
        At { parent: Some(self), step: Step::Index(index) }
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Index(index) => write!(f, "/{index}"),
            Step::Key(key) if key.contains(['~', '/']) => write!(f, "/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Key(key) => write!(f, "/{key}"),
        }
    }
}

/// The fields of an object whose names are known beforehand.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'n, 'a> {
    items: &'n [(Cow<'a, str>, Node<'a>)],
}

impl<'n, 'a> Fields<'n, 'a> {
    /// `node` as an object with no other fields than `known`, none of them twice; everything else is `malformed`.
    pub fn read(node: &'n Node<'a>, known: &[&str], at: &At<'_>, report: &mut Report) -> Option<Self> {
        let fields = Self::any(node);
        match fields {
            Some(fields) => fields.only(known, at, report),
            None => report.add(at, Problem::Malformed(Expected::Object)),
        }
        fields
    }

    /// The fields of `node`, whatever they are; `None` where it is no object.
    pub fn any(node: &'n Node<'a>) -> Option<Self> {
        match node {
            Node::Object(items) => Some(Self { items }),
            _ => None,
        }
    }

    /// Reports every field that is not among `known`, and those of them that are repeated. Linear in the fields, however
    /// often a hostile document repeats them.
    pub fn only(&self, known: &[&str], at: &At<'_>, report: &mut Report) {
        // One bit for each known field; no object has as many as 64.
        let mut seen: u64 = 0;
        for (key, _) in self.items {
            match known.iter().position(|name| name == key) {
                None => report.add(&at.key(key), Problem::Malformed(Expected::NoSuchField)),
                Some(field) if seen & (1 << field) != 0 => {
                    report.add(&at.key(key), Problem::Malformed(Expected::Once));
                }
                Some(field) => seen |= 1 << field,
            }
        }
    }

    /// The field's value; `None` where it is absent or `null`.
    pub fn get(&self, name: &str) -> Option<&'n Node<'a>> {
        self.items.iter().find(|(key, _)| key == name).map(|(_, node)| node).filter(|node| !node.is_null())
    }

    /// The field's value; `malformed` where it is absent or `null`.
    pub fn required(&self, name: &str, at: &At<'_>, report: &mut Report) -> Option<&'n Node<'a>> {
        let node = self.get(name);
        if node.is_none() {
            report.add(&at.key(name), Problem::Malformed(Expected::Present));
        }
        node
    }
}

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

/// Tells what was there before. A short list is searched from end to end, which beats any set; a long one, which only a
/// hostile document has, becomes a set.
#[derive(Debug, Default)]
pub(crate) struct Seen<'n> {
    few: Vec<&'n str>,
    many: BTreeSet<&'n str>,
}

impl<'n> Seen<'n> {
    const FEW: usize = 32;

    /// Whether `text` was not there before; from now on it was.
    pub(crate) fn first_time(&mut self, text: &'n str) -> bool {
        if self.few.contains(&text) {
            return false;
        }
        if self.few.len() < Self::FEW {
            self.few.push(text);
            return true;
        }
        self.many.insert(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_escape_as_rfc_6901_says() {
        let root = At::ROOT;
        let (options, index) = (root.key("options"), 3);
        assert_eq!(options.key("a/b~c").index(index).to_string(), "/options/a~1b~0c/3");
        assert_eq!(root.to_string(), "");
    }

    #[test]
    fn numbers_keep_only_what_is_exact() {
        let parse = |text| Node::parse(text).expect(text);
        assert_eq!(parse("12"), Node::Int(12));
        assert_eq!(parse("18446744073709551615"), Node::Huge { negative: false });
        assert_eq!(parse("-99999999999999999999999"), Node::Huge { negative: true });
        assert_eq!(parse("1.0"), Node::Fraction);
        for text in ["NaN", "1e999", "[1", "{\"a\":1,}", "\u{feff}1", ""] {
            assert!(Node::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn repeated_and_unknown_fields_are_told_apart() {
        let node = Node::parse(r#"{"a":1,"b":2,"a":3}"#).expect("JSON");
        let mut report = Report::default();
        assert!(Fields::read(&node, &["a"], &At::ROOT, &mut report).is_some());
        let places: Vec<_> = report.into_violations().into_iter().map(|v| v.at).collect();
        assert_eq!(places, ["/b", "/a"]);
    }
}

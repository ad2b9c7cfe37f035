//! Objects with known fields.

use std::borrow::Cow;

use super::{At, Node};
use crate::violation::{Expected, Problem, Report};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_and_unknown_fields_are_told_apart() {
        let node = Node::parse(r#"{"a":1,"b":2,"a":3}"#).expect("JSON");
        let mut report = Report::default();
        assert!(Fields::read(&node, &["a"], &At::ROOT, &mut report).is_some());
        let places: Vec<_> = report.into_violations().into_iter().map(|v| v.at).collect();
        assert_eq!(places, ["/b", "/a"]);
    }
}

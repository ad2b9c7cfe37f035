//! Reading what the server sends, by hand and from one tree.
//!
//! Deserializers derived for these types would make the page a third larger than it is: each type brings a copy of the
//! whole parser. Here JSON is parsed once, by [`Node`], and read field by field. The tests hold every reader against what
//! the types of [`shared::api`] write.

mod products;
mod quotations;
mod refusals;
#[cfg(test)]
mod tests;

use core::str::FromStr;
use std::borrow::Cow;

use shared::json::Node;
use shared::money::Fen;

pub use products::{cards, published};
pub use quotations::{document, id, keys, quotation_data, sealed};
pub use refusals::refusal;

/// An object's fields; none of what is no object.
#[derive(Clone, Copy)]
pub struct Fields<'n, 'a>(&'n [(Cow<'a, str>, Node<'a>)]);

impl<'n, 'a> Fields<'n, 'a> {
    /// The fields of `node`.
    pub fn of(node: &'n Node<'a>) -> Self {
        match node {
            Node::Object(fields) => Self(fields),
            _ => Self(&[]),
        }
    }

    /// The value of a field that is there and not null.
    pub fn get(self, name: &str) -> Option<&'n Node<'a>> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value).filter(|value| !value.is_null())
    }

    fn text(self, name: &str) -> Option<String> {
        self.get(name).and_then(text)
    }

    fn int<T: TryFrom<i64>>(self, name: &str) -> Option<T> {
        match self.get(name)? {
            Node::Int(n) => T::try_from(*n).ok(),
            _ => None,
        }
    }

    fn parsed<T: FromStr>(self, name: &str) -> Option<T> {
        match self.get(name)? {
            Node::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    fn amount(self, name: &str) -> Option<Fen> {
        let Node::Text(text) = self.get(name)? else { return None };
        match text.strip_prefix('-') {
            Some(digits) => digits.parse().ok().map(|amount: Fen| -amount),
            None => text.parse().ok(),
        }
    }

    fn list(self, name: &str) -> &'n [Node<'a>] {
        self.get(name).map_or(&[], items)
    }

    fn texts(self, name: &str) -> Vec<String> {
        self.list(name).iter().filter_map(text).collect()
    }

    /// Every field of the object in a field.
    fn entries(self, name: &str) -> &'n [(Cow<'a, str>, Node<'a>)] {
        self.get(name).map_or(&[], |node| Self::of(node).0)
    }
}

fn text(node: &Node<'_>) -> Option<String> {
    match node {
        Node::Text(text) => Some(text.clone().into_owned()),
        _ => None,
    }
}

fn items<'n, 'a>(node: &'n Node<'a>) -> &'n [Node<'a>] {
    match node {
        Node::List(items) => items,
        _ => &[],
    }
}

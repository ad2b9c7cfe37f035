//! Products as a buyer sees them.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::calendar::{Term, Timestamp};
use crate::money::Fen;

/// The published products in the order of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductList {
    /// One for each.
    pub products: Vec<ProductCard>,
}

/// What a card in the store says of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductCard {
    /// Its address in the store.
    pub slug: String,
    /// What its vendor says of it.
    #[serde(flatten)]
    pub text: ProductText,
    /// What it costs at least.
    pub from: FromPrice,
    /// The longest trial that an edition offers, in days.
    pub trial_days: Option<u32>,
}

/// The least that a new buyer can spend: the cheapest purchase of one instance among all that are for sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromPrice {
    /// The amount.
    pub price: Fen,
    /// The term that it buys; `None` for a one-time product.
    pub term: Option<Term>,
}

/// A product's words (rulebook P3, as far as the store shows them).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductText {
    /// Its name.
    pub name: String,
    /// At most 100 characters.
    pub intro: String,
    /// Who sells it.
    pub vendor: String,
    /// The store's category.
    pub category: String,
    /// Paragraphs of the details.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
    /// Steps of the tutorial.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tutorial: Vec<String>,
    /// Success stories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stories: Vec<String>,
    /// When support answers.
    #[serde(default)]
    pub support: String,
    /// The version of its agreement that holds; checkout records which one was accepted (rule O1).
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub agreement: u32,
    /// How many enterprises have an active paid service (rule O6).
    #[serde(default)]
    pub users: u32,
    /// Mean of the first reviews with one decimal (rule O6); none yet where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<String>,
}

const fn first() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_first(version: &u32) -> bool {
    *version == first()
}

/// One product with its published configuration.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Product {
    /// Its address in the store.
    pub slug: String,
    /// What its vendor says of it.
    #[serde(flatten)]
    pub text: ProductText,
    /// The number of the published configuration; it rises with every change.
    pub revision: u32,
    /// The configuration, to be read by [`crate::catalog::Offer::parse`].
    pub config: Box<RawValue>,
    /// The server's time, in the marketplace's offset: what a price shown now begins at.
    pub now: Timestamp,
}

//! Products.

use shared::api::{FromPrice, ProductCard, ProductText};
use shared::catalog::Offer;
use shared::json::{At, Node};
use shared::violation::Report;

use super::Fields;
use crate::storefront::product::model::Published;

/// A [`shared::api::ProductList`].
pub fn cards(node: &Node<'_>) -> Option<Vec<ProductCard>> {
    let products = Fields::of(node).get("products")?;
    super::items(products).iter().map(|node| card(Fields::of(node))).collect()
}

fn card(fields: Fields<'_, '_>) -> Option<ProductCard> {
    let from = Fields::of(fields.get("from")?);
    Some(ProductCard {
        slug: fields.text("slug")?,
        text: words(fields)?,
        from: FromPrice { price: from.amount("price")?, term: from.parsed("term") },
        trial_days: fields.int("trial_days"),
    })
}

/// A [`shared::api::Product`] with a valid configuration.
pub fn published(node: &Node<'_>) -> Option<Published> {
    let fields = Fields::of(node);
    let mut report = Report::default();
    let offer = Offer::read(fields.get("config")?, &At::ROOT, &mut report)?;
    Some(Published {
        slug: fields.text("slug")?,
        text: words(fields)?,
        revision: fields.int("revision")?,
        offer,
        now: fields.parsed("now")?,
    })
}

fn words(fields: Fields<'_, '_>) -> Option<ProductText> {
    Some(ProductText {
        name: fields.text("name")?,
        intro: fields.text("intro")?,
        vendor: fields.text("vendor")?,
        category: fields.text("category")?,
        details: fields.texts("details"),
        tutorial: fields.texts("tutorial"),
        stories: fields.texts("stories"),
        support: fields.text("support").unwrap_or_default(),
        agreement: fields.int("agreement").unwrap_or(1),
        users: fields.int("users").unwrap_or_default(),
        rating: fields.text("rating"),
    })
}

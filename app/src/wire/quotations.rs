//! Quotations: the signed text, what it says, and the keys.

use std::collections::BTreeMap;

use shared::api::{ChargeName, Names, VerifyKey, VerifyKeys};
use shared::catalog::{Charged, Per, PriceKind};
use shared::json::Node;
use shared::lifecycle::ChangeMode;
use shared::money::Rate;
use shared::orders::Intent;
use shared::pricing::{Line, LineKind, Part, PricePair, SelectionFile, Why};

use super::Fields;
use crate::page_data::QuotationData;
use crate::storefront::quotation::document::Document;
use crate::storefront::quotation::seal::Sealed;

/// The signed part of a [`shared::api::Signed`].
pub fn sealed(node: &Node<'_>) -> Option<Sealed> {
    let fields = Fields::of(node);
    Some(Sealed {
        document: fields.text("document")?,
        signature: fields.text("signature")?,
        key_id: fields.text("key_id")?,
    })
}

/// The id of a [`shared::api::Signed`].
pub fn id(node: &Node<'_>) -> Option<String> {
    Fields::of(node).text("id")
}

/// A [`VerifyKeys`].
pub fn keys(node: &Node<'_>) -> Option<VerifyKeys> {
    let key = |node| {
        let fields = Fields::of(node);
        Some(VerifyKey {
            kty: fields.text("kty")?,
            crv: fields.text("crv")?,
            x: fields.text("x")?,
            kid: fields.text("kid")?,
            alg: fields.text("alg")?,
            usage: fields.text("use")?,
        })
    };
    Some(VerifyKeys { keys: Fields::of(node).list("keys").iter().filter_map(key).collect() })
}

/// A [`QuotationData`].
pub fn quotation_data(node: &Node<'_>) -> Option<QuotationData> {
    let fields = Fields::of(node);
    Some(QuotationData {
        sealed: sealed(fields.get("sealed")?)?,
        keys: keys(fields.get("keys")?)?,
        now: fields.parsed("now")?,
    })
}

/// The text of a [`shared::api::Confirmed`].
pub fn document(text: &str) -> Option<Document> {
    let node = Node::parse(text).ok()?;
    let fields = Fields::of(&node);
    let names = Fields::of(fields.get("names")?);
    let charge = |node| {
        let fields = Fields::of(node);
        Some(ChargeName { key: fields.text("key")?, name: fields.text("name")?, unit: fields.text("unit")? })
    };
    Some(Document {
        id: fields.text("id")?,
        product: fields.text("product")?,
        product_name: fields.text("product_name")?,
        vendor: fields.text("vendor")?,
        selection: selection(Fields::of(fields.get("selection")?))?,
        lines: fields.list("lines").iter().map(|node| line(Fields::of(node))).collect::<Option<_>>()?,
        instance_price: fields.amount("instance_price")?,
        count: fields.int("count")?,
        total: fields.amount("total")?,
        forfeited: fields.amount("forfeited")?,
        due: fields.amount("due")?,
        on: match fields.get("on") {
            Some(node) => Some(on(Fields::of(node))?),
            None => None,
        },
        renewal_total: fields.amount("renewal_total"),
        gift_days: fields.int("gift_days")?,
        end: fields.parsed("end"),
        names: Names {
            edition: names.text("edition")?,
            charges: names.list("charges").iter().map(charge).collect::<Option<_>>()?,
        },
        issued_at: fields.parsed("issued_at")?,
        expires_at: fields.parsed("expires_at")?,
    })
}

fn on(fields: Fields<'_, '_>) -> Option<(String, Intent)> {
    let intent = match (fields.text("intent")?.as_str(), fields.text("mode").as_deref()) {
        ("renew", _) => Intent::Renew,
        ("change", Some("co_term")) => Intent::Change { mode: ChangeMode::CoTerm },
        ("change", Some("re_term")) => Intent::Change { mode: ChangeMode::ReTerm },
        _ => return None,
    };
    Some((fields.text("service")?, intent))
}

fn selection(fields: Fields<'_, '_>) -> Option<SelectionFile> {
    let mut file = SelectionFile {
        edition: fields.text("edition")?,
        term: fields.parsed("term"),
        quantities: BTreeMap::new(),
        options: BTreeMap::new(),
        count: fields.int("count")?,
    };
    // One by one: to collect them would bring a whole sort along, for each of the two.
    for (key, node) in fields.entries("quantities") {
        let Node::Int(n) = node else { return None };
        file.quantities.insert(key.clone().into_owned(), u32::try_from(*n).ok()?);
    }
    for (key, node) in fields.entries("options") {
        file.options.insert(key.clone().into_owned(), super::text(node)?);
    }
    Some(file)
}

fn line(fields: Fields<'_, '_>) -> Option<Line> {
    let kind = match fields.text("kind")?.as_str() {
        "edition" => LineKind::Edition,
        "quantity" => LineKind::Quantity,
        "option" => LineKind::Option,
        "discount" => LineKind::Discount,
        "cap" => LineKind::Cap,
        "difference" => LineKind::Difference,
        "credit" => LineKind::Credit,
        _ => return None,
    };
    let why = why(Fields::of(fields.get("why")?))?;
    Some(Line { kind, key: fields.text("key")?, amount: fields.amount("amount")?, why })
}

fn why(fields: Fields<'_, '_>) -> Option<Why> {
    let months_of_year = fields.int("months_of_year");
    Some(match fields.text("rule")?.as_str() {
        "price" => Why::Price { charged: charged(fields)?, months_of_year },
        "tiers" => Why::Tiers {
            quantity: fields.int("quantity")?,
            parts: fields.list("parts").iter().map(|node| part(Fields::of(node))).collect::<Option<_>>()?,
            months_of_year,
        },
        "discount" => Why::Discount { list: fields.amount("list")?, rate: Rate::parse(&fields.text("rate")?)? },
        "cap" => Why::Cap { before: fields.amount("before")?, cap: fields.amount("cap")? },
        "difference" => Why::Difference {
            term: fields.parsed("term")?,
            left_seconds: fields.int("left_seconds")?,
            term_seconds: fields.int("term_seconds")?,
            prices: fields.list("prices").iter().map(|node| pair(Fields::of(node))).collect::<Option<_>>()?,
        },
        "credit" => Why::Credit {
            paid: fields.amount("paid")?,
            left_seconds: fields.int("left_seconds")?,
            length_seconds: fields.int("length_seconds")?,
        },
        _ => return None,
    })
}

fn pair(fields: Fields<'_, '_>) -> Option<PricePair> {
    let kind = match fields.text("kind")?.as_str() {
        "new" => PriceKind::New,
        "renew" => PriceKind::Renew,
        _ => return None,
    };
    Some(PricePair { kind, new: fields.amount("new")?, old: fields.amount("old")? })
}

fn part(fields: Fields<'_, '_>) -> Option<Part> {
    Some(Part {
        from: fields.int("from")?,
        to: fields.int("to"),
        units: fields.int("units")?,
        flat: matches!(fields.get("flat")?, Node::Bool(true)),
        charged: charged(fields)?,
    })
}

fn charged(fields: Fields<'_, '_>) -> Option<Charged> {
    let per = match fields.text("per")?.as_str() {
        "once" => Per::Once,
        "month" => Per::Month,
        "year" => Per::Year,
        _ => return None,
    };
    Some(Charged { price: fields.amount("price")?, per, multiple: fields.int("multiple")? })
}

//! Price sets (rules S7, S20).

use super::Reading;
use crate::catalog::{PriceSet, Prices};
use crate::json::{At, Fields, Node, text};
use crate::money::Fen;
use crate::violation::Problem;

/// A price at `at`.
fn price(node: &Node<'_>, at: &At<'_>, reading: &mut Reading<'_>) -> Option<Fen> {
    let text = text(node, at, reading.report)?;
    let price = Fen::parse_price(text).ok();
    if price.is_none() {
        reading.add(at, Problem::PriceInvalid { price: text.to_owned() });
    }
    price
}

/// The price set at `at`; `months` says that the edition sells a term of months.
pub(super) fn price_set(
    node: Option<&Node<'_>>,
    months: bool,
    at: &At<'_>,
    reading: &mut Reading<'_>,
) -> Option<PriceSet> {
    let fields = match node {
        Some(node) => Some(Fields::read(node, &["new", "renew"], at, reading.report)?),
        None => None,
    };
    let field = |name| fields.and_then(|fields| fields.get(name));
    let new = kind(field("new"), months, &at.key("new"), reading);
    let renew_node = field("renew");
    reading.only_subscription(renew_node.is_some(), &at.key("renew"));
    let renew = if renew_node.is_some() || reading.subscription() {
        kind(renew_node, months, &at.key("renew"), reading)
    } else {
        None
    };
    if reading.one_time() {
        return new?.once.map(PriceSet::Once);
    }
    Some(PriceSet::Recurring { new: new?.prices, renew: renew?.prices })
}

/// What one kind of price gives, by period.
struct Given {
    once: Option<Fen>,
    prices: Prices,
}

fn kind(node: Option<&Node<'_>>, months: bool, at: &At<'_>, reading: &mut Reading<'_>) -> Option<Given> {
    let Some(node) = node else {
        reading.add(at, Problem::PriceMissing);
        return None;
    };
    let fields = Fields::read(node, &["month", "year", "once"], at, reading.report)?;
    let [month, year, once] = ["month", "year", "once"].map(|name| fields.get(name));
    for (name, node) in [("month", month), ("year", year)] {
        reading.only_subscription(node.is_some(), &at.key(name));
    }
    if once.is_some() && reading.subscription() {
        reading.add(&at.key("once"), Problem::SaleModeMismatch { one_time: false });
    }
    if reading.subscription() {
        if month.is_none() && year.is_none() {
            reading.add(at, Problem::PriceMissing);
        } else if month.is_none() && months {
            reading.add(&at.key("month"), Problem::MonthPriceMissing);
        }
    } else if reading.one_time() && once.is_none() {
        reading.add(&at.key("once"), Problem::PriceMissing);
    }
    let mut read = |name, node: Option<&Node<'_>>| node.and_then(|node| price(node, &at.key(name), reading));
    let prices = Prices { month: read("month", month), year: read("year", year) };
    Some(Given { once: read("once", once), prices })
}

//! Charges: quantities with tiers, options with values (rules S9–S12).

use std::collections::BTreeMap;

use super::{Reading, items, price};
use crate::catalog::{Charge, ChargeKind, MAX_QUANTITY, OptionValue, Quantity, Tier, TierMode, TierPrice};
use crate::json::{At, Fields, Node, Seen, choice, int, text};
use crate::violation::{Expected, Problem};

/// Names of the provisioning protocol, which a charge's parameter would overwrite (rule S9).
const RESERVED_KEYS: [&str; 11] = [
    "action",
    "token",
    "aliUid",
    "orderBizId",
    "orderId",
    "productCode",
    "skuId",
    "trial",
    "expiredOn",
    "instanceId",
    "isRefund",
];
const MOST_VALUES: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Quantity,
    Option,
}

/// What a charge's key stands for in every edition that has it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Definition<'n> {
    edition: usize,
    kind: Option<Kind>,
    name: Option<&'n str>,
    unit: Option<&'n str>,
}

impl Definition<'_> {
    /// Whether what both say is the same; what one of them could not say was complained about already.
    fn agrees_with(&self, other: &Self) -> bool {
        fn same<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
            a.is_none() || b.is_none() || a == b
        }
        same(self.kind, other.kind) && same(self.name, other.name) && same(self.unit, other.unit)
    }
}

/// The charges of the edition at index `edition`; `months` says that it sells a term of months.
pub(super) fn read_all<'n>(
    node: Option<&'n Node<'_>>,
    edition: usize,
    months: bool,
    defined: &mut BTreeMap<&'n str, Definition<'n>>,
    at: &At<'_>,
    reading: &mut Reading<'_>,
) -> Option<Vec<Charge>> {
    let nodes = items(node, at, reading)?;
    let mut keys = Seen::default();
    let mut charges = Vec::with_capacity(nodes.len());
    for (i, node) in nodes.iter().enumerate() {
        let here = at.index(i);
        let Some((charge, key, mut definition)) = charge(node, months, &here, reading) else { continue };
        charges.extend(charge);
        let Some(key) = key else { continue };
        definition.edition = edition;
        if !keys.first_time(key) {
            reading.add(&here.key("key"), Problem::ChargeKeyDuplicate { key: key.to_owned() });
        }
        let first = defined.entry(key).or_insert(definition);
        if first.edition < edition && !first.agrees_with(&definition) {
            reading.add(&here, Problem::ChargeMismatch { key: key.to_owned() });
        }
    }
    Some(charges)
}

fn charge<'n>(
    node: &'n Node<'_>,
    months: bool,
    at: &At<'_>,
    reading: &mut Reading<'_>,
) -> Option<(Option<Charge>, Option<&'n str>, Definition<'n>)> {
    let kind = kind_of(node, at, reading)?;
    let known: &[&str] = match kind {
        Some(Kind::Quantity) => &["kind", "key", "name", "unit", "max", "tier_mode", "tiers"],
        Some(Kind::Option) => &["kind", "key", "name", "values"],
        None => &["kind", "key", "name", "unit", "max", "tier_mode", "tiers", "values"],
    };
    let fields = Fields::read(node, known, at, reading.report)?;
    let key = key(fields, at, reading);
    let name =
        bounded_text(fields.get("name"), 30, |name| Problem::ChargeNameInvalid { name }, &at.key("name"), reading);
    let (unit, kind_data) = match kind {
        Some(Kind::Quantity) => {
            let unit =
                bounded_text(fields.get("unit"), 10, |unit| Problem::UnitInvalid { unit }, &at.key("unit"), reading);
            (unit, quantity_charge(fields, unit, months, at, reading).map(ChargeKind::Quantity))
        }
        Some(Kind::Option) => {
            (None, values(fields.get("values"), months, &at.key("values"), reading).map(ChargeKind::Option))
        }
        None => (None, None),
    };
    let definition = Definition { edition: 0, kind, name, unit };
    let charge = match (key, name, kind_data) {
        (Some(key), Some(name), Some(kind)) => Some(Charge { key: key.to_owned(), name: name.to_owned(), kind }),
        _ => None,
    };
    Some((charge, key, definition))
}

/// The charge's kind; `Some(None)` where it is not said properly, `None` where there is no object at all.
fn kind_of(node: &Node<'_>, at: &At<'_>, reading: &mut Reading<'_>) -> Option<Option<Kind>> {
    let Node::Object(items) = node else {
        reading.add(at, Problem::Malformed(Expected::Object));
        return None;
    };
    let here = at.key("kind");
    let kind = items.iter().find(|(key, _)| key == "kind").filter(|(_, node)| !node.is_null());
    let Some((_, node)) = kind else {
        reading.add(&here, Problem::Malformed(Expected::Present));
        return Some(None);
    };
    Some(choice(node, &[("quantity", Kind::Quantity), ("option", Kind::Option)], &here, reading.report))
}

fn key<'n>(fields: Fields<'n, '_>, at: &At<'_>, reading: &mut Reading<'_>) -> Option<&'n str> {
    let here = at.key("key");
    let key = text(fields.required("key", at, reading.report)?, &here, reading.report)?;
    let allowed = |b: u8| b.is_ascii_alphabetic() || b == b'_';
    if !(1..=64).contains(&key.len()) || !key.bytes().all(allowed) || RESERVED_KEYS.contains(&key) {
        reading.add(&here, Problem::ChargeKeyInvalid { key: key.to_owned() });
    }
    Some(key)
}

/// A string of 1 to `most` characters; an absent one counts as empty.
fn bounded_text<'n>(
    node: Option<&'n Node<'_>>,
    most: usize,
    problem: impl Fn(String) -> Problem,
    at: &At<'_>,
    reading: &mut Reading<'_>,
) -> Option<&'n str> {
    let text = match node {
        Some(node) => text(node, at, reading.report)?,
        None => "",
    };
    if !(1..=most).contains(&text.chars().count()) {
        reading.add(at, problem(text.to_owned()));
    }
    Some(text)
}

fn quantity_charge(
    fields: Fields<'_, '_>,
    unit: Option<&str>,
    months: bool,
    at: &At<'_>,
    reading: &mut Reading<'_>,
) -> Option<Quantity> {
    let tier_mode = match fields.get("tier_mode") {
        None => Some(TierMode::Volume),
        Some(node) => {
            let choices = [("volume", TierMode::Volume), ("graduated", TierMode::Graduated)];
            choice(node, &choices, &at.key("tier_mode"), reading.report)
        }
    };
    let tiers = tiers(fields.get("tiers"), months, &at.key("tiers"), reading);
    let max_at = at.key("max");
    let max = fields.get("max").map(|node| quantity(node, MAX_QUANTITY, &max_at, reading));
    if let (Some(Some(max)), Some(last)) = (max, tiers.as_ref().and_then(|tiers| tiers.last()))
        && max < last.from
    {
        reading.add(&max_at, Problem::MaxBelowLastTier { max: max.into(), last: last.from.into() });
    }
    Some(Quantity { unit: unit?.to_owned(), max: max.flatten(), tier_mode: tier_mode?, tiers: tiers? })
}

/// A whole number from 0 to `most` (rule S20), else `malformed`.
pub(super) fn quantity(node: &Node<'_>, most: u32, at: &At<'_>, reading: &mut Reading<'_>) -> Option<u32> {
    let n = int(node, at, reading.report)?;
    let valid = u32::try_from(n).ok().filter(|n| *n <= most);
    if valid.is_none() {
        reading.add(at, Problem::Malformed(Expected::Between(0, i64::from(most))));
    }
    valid
}

fn tiers(node: Option<&Node<'_>>, months: bool, at: &At<'_>, reading: &mut Reading<'_>) -> Option<Vec<Tier>> {
    let nodes = items(node, at, reading)?;
    if nodes.is_empty() {
        reading.add(at, Problem::TiersMissing);
    }
    let mut previous = None;
    let mut tiers = Vec::with_capacity(nodes.len());
    for (i, node) in nodes.iter().enumerate() {
        let here = at.index(i);
        let Some(fields) = Fields::read(node, &["from", "unit", "flat"], &here, reading.report) else { continue };
        let from_at = here.key("from");
        let from = fields
            .required("from", &here, reading.report)
            .and_then(|node| quantity(node, MAX_QUANTITY, &from_at, reading));
        if let (Some(from), Some(previous)) = (from, previous)
            && from <= previous
        {
            let problem = Problem::TiersNotRising { from: from.into(), previous: previous.into() };
            reading.add(&from_at, problem);
        }
        previous = from.or(previous);
        let price = tier_price(fields, months, &here, reading);
        tiers.extend(from.zip(price).map(|(from, price)| Tier { from, price }));
    }
    Some(tiers)
}

fn tier_price(fields: Fields<'_, '_>, months: bool, at: &At<'_>, reading: &mut Reading<'_>) -> Option<TierPrice> {
    let [unit, flat] = ["unit", "flat"].map(|name| fields.get(name));
    if unit.is_some() == flat.is_some() {
        reading.add(at, Problem::TierPriceShape);
    }
    let mut read = |name, node: Option<&Node<'_>>| {
        node.and_then(|node| price::price_set(Some(node), months, &at.key(name), reading))
    };
    let (unit, flat) = (read("unit", unit), read("flat", flat));
    unit.map(TierPrice::Unit).or(flat.map(TierPrice::Flat))
}

fn values(node: Option<&Node<'_>>, months: bool, at: &At<'_>, reading: &mut Reading<'_>) -> Option<Vec<OptionValue>> {
    let nodes = items(node, at, reading)?;
    if nodes.is_empty() || nodes.len() > MOST_VALUES {
        reading.add(at, Problem::OptionValuesCount { given: nodes.len() });
    }
    let mut seen = Seen::default();
    let mut values = Vec::with_capacity(nodes.len());
    for (i, node) in nodes.iter().enumerate() {
        let here = at.index(i);
        let Some(fields) = Fields::read(node, &["value", "price"], &here, reading.report) else { continue };
        let value_at = here.key("value");
        let value =
            bounded_text(fields.get("value"), 30, |value| Problem::OptionValueInvalid { value }, &value_at, reading);
        if let Some(value) = value
            && !seen.first_time(value)
        {
            reading.add(&value_at, Problem::OptionValueDuplicate { value: value.to_owned() });
        }
        let price = price::price_set(fields.get("price"), months, &here.key("price"), reading);
        values.extend(value.zip(price).map(|(value, price)| OptionValue { value: value.to_owned(), price }));
    }
    Some(values)
}

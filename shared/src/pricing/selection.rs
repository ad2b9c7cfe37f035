//! What a buyer asks for: raw as it arrives, [`Selection`] once it fits the offer (rules Q1, Q5).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::Term;
use crate::catalog::{Charge, ChargeKind, Edition, Offer, Quantity};
use crate::json::{At, Fields, Node, entries, int, text};
use crate::violation::{Problem, Report};

/// A selection that fits its offer: indexes instead of names, so that pricing it cannot fail but by overflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Index into [`Offer::editions`].
    pub edition: usize,
    /// The term; `None` exactly for one-time products.
    pub term: Option<Term>,
    /// One for every charge of the edition, in order.
    pub picks: Vec<Pick>,
    /// How many instances, 1 to 100.
    pub count: u8,
}

/// What was chosen for one charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// So many units.
    Quantity(u32),
    /// The value at this index.
    Value(usize),
}

/// A selection as outsiders write it (contract): names instead of indexes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectionFile {
    /// The edition's code.
    pub edition: String,
    /// The term; `None` exactly for one-time products.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub term: Option<Term>,
    /// By charge key.
    pub quantities: BTreeMap<String, u32>,
    /// By charge key.
    pub options: BTreeMap<String, String>,
    /// How many instances.
    pub count: u8,
}

/// A selection as it arrives, not yet held against an offer.
///
/// A `Some(None)`, or a `None` inside a list, stands for a value of a wrong type that was complained about already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawSelection<'a> {
    /// The edition's code.
    pub edition: Option<&'a str>,
    /// The term's text.
    pub term: Option<Option<&'a str>>,
    /// Charge key and quantity.
    pub quantities: Vec<(&'a str, Option<i64>)>,
    /// Charge key and value.
    pub options: Vec<(&'a str, Option<&'a str>)>,
    /// How many instances.
    pub count: Option<Option<i64>>,
}

impl<'a> RawSelection<'a> {
    /// Reads a selection whose fields are among `known`; wrong types are reported and left open.
    pub fn read<'n: 'a>(node: &'n Node<'_>, known: &[&str], at: &At<'_>, report: &mut Report) -> Option<Self> {
        let fields = Fields::read(node, known, at, report)?;
        let edition = fields.required("edition", at, report);
        let edition = edition.and_then(|node| text(node, &at.key("edition"), report));
        let term = fields.get("term").map(|node| text(node, &at.key("term"), report));
        let count = fields.get("count").map(|node| int(node, &at.key("count"), report));
        let (quantities, options) = read_picks(fields, at, report);
        Some(Self { edition, term, quantities, options, count })
    }
}

/// Chosen values by charge key; `None` is a value of a wrong type, reported already.
type Chosen<'n, T> = Vec<(&'n str, Option<T>)>;

/// The fields `quantities` and `options` of a selection or a subscription.
pub(crate) fn read_picks<'n>(
    fields: Fields<'n, '_>,
    at: &At<'_>,
    report: &mut Report,
) -> (Chosen<'n, i64>, Chosen<'n, &'n str>) {
    let here = at.key("quantities");
    let quantities = entries(fields.get("quantities"), &here, report).unwrap_or_default();
    let quantities = quantities.into_iter().map(|(key, node)| (key, int(node, &here.key(key), report))).collect();
    let here = at.key("options");
    let options = entries(fields.get("options"), &here, report).unwrap_or_default();
    let options = options.into_iter().map(|(key, node)| (key, text(node, &here.key(key), report))).collect();
    (quantities, options)
}

/// How a raw selection is checked.
#[derive(Clone, Copy, Debug)]
pub struct SelectionRules<'p> {
    /// Where the selection stands.
    pub at: &'p At<'p>,
    /// Where its term stands; `None`: the selection has no term, and what it may say is not looked at.
    pub term_at: Option<&'p At<'p>>,
    /// Hidden editions are allowed: they renew (rule L3).
    pub hidden_allowed: bool,
    /// Quantities are held against minimum and maximum.
    pub limits: bool,
}

impl Selection {
    /// Holds `raw` against `offer`; `None` exactly where something was reported, and everything wrong is.
    pub fn check(
        offer: &Offer,
        raw: &RawSelection<'_>,
        rules: SelectionRules<'_>,
        report: &mut Report,
    ) -> Option<Self> {
        let before = report.count();
        let edition = check_edition(offer, raw, rules, report);
        let found = edition.map(|edition| {
            let term = rules.term_at.and_then(|at| check_term(&offer.editions[edition], raw.term, at, report));
            (edition, term, check_picks(&offer.editions[edition], raw, rules, report))
        });
        let count = check_count(raw.count, rules.at, report);
        let (edition, term, picks) = found?;
        (report.count() == before).then_some(())?;
        Some(Self { edition, term, picks: picks?, count: count? })
    }

    /// The selection with names, as it is written outside.
    pub fn to_file(&self, offer: &Offer) -> SelectionFile {
        let edition = &offer.editions[self.edition];
        let (quantities, options) = named_picks(edition, &self.picks);
        SelectionFile { edition: edition.code.clone(), term: self.term, quantities, options, count: self.count }
    }
}

/// Picks by the charges' keys.
pub(crate) fn named_picks(edition: &Edition, picks: &[Pick]) -> (BTreeMap<String, u32>, BTreeMap<String, String>) {
    let (mut quantities, mut options) = (BTreeMap::new(), BTreeMap::new());
    for (charge, pick) in edition.charges.iter().zip(picks) {
        match (&charge.kind, pick) {
            (ChargeKind::Quantity(_), Pick::Quantity(n)) => {
                quantities.insert(charge.key.clone(), *n);
            }
            (ChargeKind::Option(values), Pick::Value(index)) => {
                options.insert(charge.key.clone(), values[*index].value.clone());
            }
            _ => {}
        }
    }
    (quantities, options)
}

impl SelectionFile {
    /// The same, to be held against an offer again.
    pub fn as_raw(&self) -> RawSelection<'_> {
        RawSelection {
            edition: Some(&self.edition),
            term: self.term.map(|term| Some(term.as_str())),
            quantities: self.quantities.iter().map(|(key, n)| (key.as_str(), Some(i64::from(*n)))).collect(),
            options: self.options.iter().map(|(key, value)| (key.as_str(), Some(value.as_str()))).collect(),
            count: Some(Some(self.count.into())),
        }
    }
}

fn check_edition(
    offer: &Offer,
    raw: &RawSelection<'_>,
    rules: SelectionRules<'_>,
    report: &mut Report,
) -> Option<usize> {
    let code = raw.edition?;
    let index = offer.edition_index(code);
    let hidden = index.is_some_and(|index| offer.editions[index].hidden);
    if index.is_none() || (hidden && !rules.hidden_allowed) {
        report.add(&rules.at.key("edition"), Problem::EditionNotForSale { edition: code.to_owned(), hidden });
    }
    index
}

fn check_term(edition: &Edition, raw: Option<Option<&str>>, at: &At<'_>, report: &mut Report) -> Option<Term> {
    let text = match raw {
        Some(None) => return None,
        Some(Some(text)) => Some(text),
        None if edition.terms.is_empty() => return None,
        None => None,
    };
    let term = text.and_then(|text| text.parse().ok()).filter(|term| edition.terms.contains(term));
    if term.is_none() {
        report.add(at, Problem::TermNotSold { term: text.map(str::to_owned), sold: edition.terms.clone() });
    }
    term
}

fn check_picks(
    edition: &Edition,
    raw: &RawSelection<'_>,
    rules: SelectionRules<'_>,
    report: &mut Report,
) -> Option<Vec<Pick>> {
    let (quantities_at, options_at) = (rules.at.key("quantities"), rules.at.key("options"));
    let mut picks = Some(Vec::with_capacity(edition.charges.len()));
    for charge in &edition.charges {
        let pick = match &charge.kind {
            ChargeKind::Quantity(quantity) => {
                let here = quantities_at.key(&charge.key);
                given(&raw.quantities, charge, &here, report)
                    .and_then(|n| check_quantity(quantity, charge, n, rules.limits, &here, report))
            }
            ChargeKind::Option(values) => {
                let here = options_at.key(&charge.key);
                given(&raw.options, charge, &here, report).and_then(|value| {
                    let index = values.iter().position(|known| known.value == value);
                    if index.is_none() {
                        report
                            .add(&here, Problem::OptionUnknown { name: charge.name.clone(), value: value.to_owned() });
                    }
                    index.map(Pick::Value)
                })
            }
        };
        picks = picks.zip(pick).map(|(mut picks, pick)| {
            picks.push(pick);
            picks
        });
    }
    let is = |key: &str, quantity: bool| {
        let matches = |charge: &Charge| charge.key == key && matches!(charge.kind, ChargeKind::Quantity(_)) == quantity;
        edition.charges.iter().any(matches)
    };
    let unknown_quantities = raw.quantities.iter().map(|(key, _)| *key).filter(|key| !is(key, true));
    for key in unknown_quantities {
        report.add(&quantities_at.key(key), Problem::ChargeUnknown { key: key.to_owned() });
    }
    for key in raw.options.iter().map(|(key, _)| *key).filter(|key| !is(key, false)) {
        report.add(&options_at.key(key), Problem::ChargeUnknown { key: key.to_owned() });
    }
    picks
}

/// What was chosen for `charge`; reports `charge_missing` where nothing was.
fn given<T: Copy>(chosen: &[(&str, Option<T>)], charge: &Charge, at: &At<'_>, report: &mut Report) -> Option<T> {
    let found = chosen.iter().find(|(key, _)| *key == charge.key);
    if found.is_none() {
        report.add(at, Problem::ChargeMissing { name: charge.name.clone() });
    }
    found.and_then(|(_, value)| *value)
}

fn check_quantity(
    quantity: &Quantity,
    charge: &Charge,
    n: i64,
    limits: bool,
    at: &At<'_>,
    report: &mut Report,
) -> Option<Pick> {
    let (name, unit) = (|| charge.name.clone(), || quantity.unit.clone());
    let minimum = if limits { quantity.minimum() } else { 0 };
    let maximum = if limits { quantity.maximum() } else { crate::catalog::MAX_QUANTITY };
    if n < i64::from(minimum) {
        report.add(at, Problem::QuantityBelowMinimum { name: name(), unit: unit(), minimum });
        return None;
    }
    let valid = u32::try_from(n).ok().filter(|n| *n <= maximum);
    if valid.is_none() {
        report.add(at, Problem::QuantityAboveMaximum { name: name(), unit: unit(), maximum });
    }
    valid.map(Pick::Quantity)
}

fn check_count(raw: Option<Option<i64>>, at: &At<'_>, report: &mut Report) -> Option<u8> {
    let count = raw.unwrap_or(Some(1))?;
    let valid = u8::try_from(count).ok().filter(|count| (1..=100).contains(count));
    if valid.is_none() {
        report.add(&at.key("count"), Problem::CountOutOfRange);
    }
    valid
}

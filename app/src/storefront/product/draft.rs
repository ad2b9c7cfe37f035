//! What is chosen so far, as it stands in the fields: a quantity is the text that was typed, valid or not.

use shared::calendar::Term;
use shared::catalog::{Charge, ChargeKind, Edition, Offer, Quantity};
use shared::json::At;
use shared::pricing::{RawSelection, Selection, SelectionRules};
use shared::violation::{Expected, Problem, Report, Violation};

use crate::typed::narrow;

/// The fields of the configurator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Index into the offer's editions; a visible one.
    pub edition: usize,
    /// The term; `None` exactly for one-time products.
    pub term: Option<Term>,
    /// One for every charge of the edition, in order.
    pub picks: Vec<DraftPick>,
    /// How many instances, as typed.
    pub count: String,
}

/// What stands in a charge's field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftPick {
    /// A quantity, as typed.
    Quantity(String),
    /// The value at this index.
    Value(usize),
}

impl Draft {
    /// What a buyer sees first: the first visible edition, at its smallest.
    pub fn first(offer: &Offer) -> Self {
        Self::smallest(offer, offer.editions.iter().position(|edition| !edition.hidden).unwrap_or(0))
    }

    /// An edition for a year, or the longest term it sells, with its smallest quantities and first values.
    pub fn smallest(offer: &Offer, edition: usize) -> Self {
        let sold = &offer.editions[edition];
        let picks = sold.charges.iter().map(|charge| first_pick(&charge.kind)).collect();
        Self { edition, term: default_term(sold), picks, count: "1".to_owned() }
    }

    /// The same wishes for another edition: what it has too is kept, quantities within its limits.
    pub fn in_edition(&self, offer: &Offer, edition: usize) -> Self {
        let (old, new) = (&offer.editions[self.edition], &offer.editions[edition]);
        let picks = new.charges.iter().map(|charge| {
            let before = old.charges.iter().zip(&self.picks).find(|(other, _)| other.key == charge.key);
            before.and_then(|(other, pick)| carried(other, pick, charge)).unwrap_or_else(|| first_pick(&charge.kind))
        });
        let term = term_in(new, self.term);
        Self { edition, term, picks: picks.collect(), count: self.count.clone() }
    }

    /// The selection, or everything that is wrong, at pointers below `/selection`.
    pub fn check(&self, offer: &Offer) -> Result<Selection, Vec<Violation>> {
        let edition = &offer.editions[self.edition];
        let mut report = Report::default();
        let at = At::ROOT;
        let at = at.key("selection");
        let (mut quantities, mut options) = (Vec::new(), Vec::new());
        for (charge, pick) in edition.charges.iter().zip(&self.picks) {
            match (pick, &charge.kind) {
                (DraftPick::Quantity(typed), _) => {
                    let here = at.key("quantities");
                    quantities.push((charge.key.as_str(), typed_number(typed, &here.key(&charge.key), &mut report)));
                }
                (DraftPick::Value(index), ChargeKind::Option(values)) => {
                    options.push((charge.key.as_str(), values.get(*index).map(|value| value.value.as_str())));
                }
                (DraftPick::Value(_), ChargeKind::Quantity(_)) => {}
            }
        }
        let count = typed_number(&self.count, &at.key("count"), &mut report);
        let term = self.term.map(|term| Some(term.as_str()));
        let raw = RawSelection { edition: Some(&edition.code), term, quantities, options, count: Some(count) };
        let term_at = at.key("term");
        let rules = SelectionRules { at: &at, term_at: Some(&term_at), hidden_allowed: false, limits: true };
        let selection = Selection::check(offer, &raw, rules, &mut report);
        report.unless_any(selection)
    }
}

/// The wished term where the edition sells it, else the one it starts with.
pub fn term_in(edition: &Edition, wished: Option<Term>) -> Option<Term> {
    wished.filter(|term| edition.terms.contains(term)).or_else(|| default_term(edition))
}

/// A year where it is sold, else the longest term.
fn default_term(edition: &Edition) -> Option<Term> {
    let year = edition.terms.iter().find(|term| **term == Term::YEAR);
    year.or_else(|| edition.terms.iter().max()).copied()
}

/// The number in a field; digits may be full-width, as Chinese keyboards write them.
pub fn number(typed: &str) -> Option<i64> {
    let text: String = typed.trim().chars().map(narrow).collect();
    let digits = text.strip_prefix('-').unwrap_or(&text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Past i64 it is past every limit too: the ends of the range are refused for the same reason.
    Some(text.parse().unwrap_or(if text.starts_with('-') { i64::MIN } else { i64::MAX }))
}

fn typed_number(typed: &str, at: &At<'_>, report: &mut Report) -> Option<i64> {
    let number = number(typed);
    if number.is_none() {
        report.add(at, Problem::Malformed(Expected::WholeNumber));
    }
    number
}

fn first_pick(kind: &ChargeKind) -> DraftPick {
    match kind {
        ChargeKind::Quantity(quantity) => DraftPick::Quantity(quantity.minimum().to_string()),
        ChargeKind::Option(_) => DraftPick::Value(0),
    }
}

/// `quantity` within the limits of a charge.
pub fn within(limits: &Quantity, quantity: i64) -> u32 {
    let (low, high) = (limits.minimum(), limits.maximum());
    u32::try_from(quantity.clamp(low.into(), high.into())).unwrap_or(low)
}

/// A pick in the same charge of another edition, where it can be had.
fn carried(old: &Charge, pick: &DraftPick, new: &Charge) -> Option<DraftPick> {
    match (pick, &old.kind, &new.kind) {
        (DraftPick::Quantity(typed), _, ChargeKind::Quantity(limits)) => {
            Some(DraftPick::Quantity(within(limits, number(typed)?).to_string()))
        }
        (DraftPick::Value(index), ChargeKind::Option(values), ChargeKind::Option(others)) => {
            let value = &values.get(*index)?.value;
            others.iter().position(|other| other.value == *value).map(DraftPick::Value)
        }
        _ => None,
    }
}

//! What is allowed in a sales configuration and yet probably not meant (rule S19).
//!
//! A [`Warning`] refuses nothing. It names a place, brings a witness in data, and says in words what happens and what to
//! do. Nothing is tried out at random: a quantity line is a straight line within each tier, so whatever goes wrong, goes
//! wrong at the end of a tier, at a value, in a term, or where the cap is crossed, and is found there.
//!
//! Every file here begins with the definition of what it finds, exact enough to be checked by trying out everything; the
//! tests do that. What all of them share:
//! - Quantities run from the minimum to the maximum, or to 10^9 where there is none. What nobody can buy because a line is
//!   past its limit (`amount_overflow`) does not count.
//! - "Purchase and renewal prices" are looked at apart; a one-time product has the former only.
//! - Hidden editions are looked at like the others, since they renew and can be shown again. But nobody can change from or
//!   to a hidden edition (rule L11), so that whatever is about changes is about visible editions only.

mod cap;
mod changes;
mod finding;
mod known;
mod negative;
mod pieces;
mod prices;
mod sentences;
mod year;

use serde::{Deserialize, Serialize};

pub use known::Known;

pub use finding::{
    CapAcrossTerms, CapBelowMinimum, CappedFrom, CappedTerms, DearerPrice, DifferentCharges, Finding, Inverted,
    Quantities, RenewDearer, ShortTerm, TierInversion, UpgradeLoop, UpgradeNegative, YearDearer,
};

use crate::calendar::{Period, Term};
use crate::catalog::{Basis, Edition, Offer, Per, PriceKind};
use crate::json::At;

/// One thing that is allowed and probably not meant (contract).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What it is, with its witness: `code` and `witness`.
    #[serde(flatten)]
    pub finding: Finding,
    /// A JSON pointer to the place.
    pub at: String,
    /// What happens and what to do, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// Every warning about a configuration that stands at `at` in a larger document, in the order of S19.
pub fn warnings(offer: &Offer, at: &At<'_>) -> Vec<Warning> {
    Known::default().warnings(offer, at)
}

/// What was found so far.
struct Found<'a> {
    offer: &'a Offer,
    root: &'a str,
    /// Only this edition is looked at, for what is about one edition.
    only: Option<usize>,
    warnings: Vec<Warning>,
}

impl<'a> Found<'a> {
    /// Notes `finding` at `place`, a JSON pointer into the configuration; `sentences` in Chinese and in English.
    fn add(&mut self, place: &str, finding: Finding, (zh, en): (String, String)) {
        self.warnings.push(Warning { finding, at: format!("{}{place}", self.root), zh, en });
    }

    fn editions(&self) -> impl Iterator<Item = (usize, &'a Edition)> + use<'a> {
        let only = self.only;
        self.offer.editions.iter().enumerate().filter(move |(e, _)| only.is_none_or(|only| only == *e))
    }
}

/// The kinds of price that there are.
fn kinds(offer: &Offer) -> &'static [PriceKind] {
    match offer.subscription_rules() {
        Some(_) => &[PriceKind::New, PriceKind::Renew],
        None => &[PriceKind::New],
    }
}

/// The periods that a buyer of this edition is charged for: `once`, `month` where a term of months is sold, `year` where one
/// of years is. Each with what one of it is priced on.
fn periods(edition: &Edition, kind: PriceKind) -> Vec<(Per, Basis)> {
    const MONTH: Option<Term> = Term::new(Period::Month, 1);
    if edition.terms.is_empty() {
        return vec![(Per::Once, Basis::Once)];
    }
    let sold = |period| edition.terms.iter().any(|term| term.period() == period);
    let month = MONTH.filter(|_| sold(Period::Month)).map(|month| (Per::Month, Basis::Term(kind, month)));
    let year = sold(Period::Year).then_some((Per::Year, Basis::Term(kind, Term::YEAR)));
    month.into_iter().chain(year).collect()
}

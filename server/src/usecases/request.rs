//! Reading what was asked: all that is wrong with it is found at once, each with its place.

use shared::calendar::Timestamp;
use shared::json::{At, Fields, Node, int, parsed, text};
use shared::lifecycle::{self, Quote};
use shared::money::{Fen, Overflow};
use shared::pricing::{RawSelection, Selection, SelectionFile, SelectionRules};
use shared::violation::{Expected, Problem, Report, Violation};

use super::market::Market;
use crate::catalogue::Published;
use crate::failure::Failure;
use std::sync::Arc;

const SELECTION: [&str; 5] = ["edition", "term", "quantities", "options", "count"];

/// What was asked for, priced.
pub(super) struct Priced {
    pub(super) product: Arc<Published>,
    pub(super) selection: Selection,
    pub(super) quote: Quote,
    /// The total that the buyer was shown.
    pub(super) expected_total: Option<Fen>,
    /// The revision that the buyer was shown.
    pub(super) revision: Option<i64>,
}

/// A body as JSON.
pub(super) fn json(body: &[u8]) -> Result<Node<'_>, Failure> {
    let body = str::from_utf8(body).map_err(|_| Failure::malformed(Expected::Json))?;
    Node::parse(body).map_err(|_| Failure::malformed(Expected::Json))
}

impl Market {
    /// Prices what a body asks for at `now`; it may have the fields `known`.
    pub(super) fn priced(&self, node: &Node<'_>, known: &[&str], now: Timestamp) -> Result<Priced, Failure> {
        let (root, mut report) = (At::ROOT, Report::default());
        let Some(fields) = Fields::read(node, known, &root, &mut report) else {
            return Err(Failure::refused(report.into_violations()));
        };
        let slug = fields.required("product", &root, &mut report);
        let slug = slug.and_then(|node| text(node, &root.key("product"), &mut report));
        let expected_total = fields.get("expected_total");
        let expected_total =
            expected_total.and_then(|node| parsed(node, Expected::Amount, &root.key("expected_total"), &mut report));
        let revision = fields.get("revision").and_then(|node| int(node, &root.key("revision"), &mut report));

        let selection_at = root.key("selection");
        let raw = fields.required("selection", &root, &mut report);
        let raw = raw.and_then(|node| RawSelection::read(node, &SELECTION, &selection_at, &mut report));
        let product = slug.map(|slug| self.published(slug));
        let selection = match (&product, raw) {
            (Some(Ok(product)), Some(raw)) => check(&product.offer, &raw, &selection_at, &mut report),
            _ => None,
        };
        // A product that does not exist is worth saying only once the rest is right in itself.
        if report.count() == 0 && matches!(product, Some(Err(_))) {
            return Err(Failure::ProductNotFound);
        }
        let found = product.and_then(Result::ok).zip(selection);
        let (product, selection) = report.unless_any(found).map_err(Failure::refused)?;
        let quote = lifecycle::purchase(&product.offer, &selection, now, None)
            .map_err(|Overflow| Failure::refused(vec![Violation::new(selection_at, &Problem::AmountOverflow)]))?;
        Ok(Priced { product, selection, quote, expected_total, revision })
    }
}

/// The quote of a selection that was read before.
pub(super) fn quote_of(
    offer: &shared::catalog::Offer,
    selection: &SelectionFile,
    now: Timestamp,
) -> Result<Quote, Failure> {
    let (root, mut report) = (At::ROOT, Report::default());
    let at = root.key("selection");
    let selection = check(offer, &selection.as_raw(), &at, &mut report);
    let selection = report.unless_any(selection).map_err(Failure::refused)?;
    lifecycle::purchase(offer, &selection, now, None)
        .map_err(|Overflow| Failure::refused(vec![Violation::new(at, &Problem::AmountOverflow)]))
}

fn check(
    offer: &shared::catalog::Offer,
    raw: &RawSelection<'_>,
    at: &At<'_>,
    report: &mut Report,
) -> Option<Selection> {
    let term_at = at.key("term");
    let rules = SelectionRules { at, term_at: Some(&term_at), hidden_allowed: false, limits: true };
    Selection::check(offer, raw, rules, report)
}

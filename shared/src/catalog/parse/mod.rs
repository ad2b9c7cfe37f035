//! A configuration file → an [`Offer`] or every violation (rule S18).
//!
//! Invariant: an [`Offer`] is returned exactly when nothing was reported. The readers therefore return placeholders
//! freely after a complaint; none of them gets out.

mod charge;
mod edition;
mod price;
mod rules;

use super::{Offer, Sale};
use crate::calendar::DayCount;
use crate::json::{At, Fields, Node, choice, list};
use crate::violation::{Expected, Problem, Report, Violation};

const FIELDS: [&str; 7] =
    ["sale_mode", "day_count", "editions", "upgrades", "change_modes", "term_offers", "price_cap"];

/// How the product says that it is sold; `None` where it does not say so properly, which skips what depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SaleMode {
    OneTime,
    Subscription,
}

/// What every reader needs: the way of selling, and where complaints go.
struct Reading<'r> {
    mode: Option<SaleMode>,
    report: &'r mut Report,
}

impl Reading<'_> {
    fn add(&mut self, at: &At<'_>, problem: Problem) {
        self.report.add(at, problem);
    }

    fn one_time(&self) -> bool {
        self.mode == Some(SaleMode::OneTime)
    }

    fn subscription(&self) -> bool {
        self.mode == Some(SaleMode::Subscription)
    }

    /// Complains about a field that only a subscription has, where it is given on a one-time product (rule S20).
    fn only_subscription(&mut self, given: bool, at: &At<'_>) {
        if given && self.one_time() {
            self.add(at, Problem::SaleModeMismatch { one_time: true });
        }
    }
}

impl Offer {
    /// Parses a configuration from its JSON text, alone in its file.
    pub fn parse(text: &str) -> Result<Self, Vec<Violation>> {
        let mut report = Report::default();
        let offer = match Node::parse(text) {
            Ok(node) => Self::read(&node, &At::ROOT, &mut report),
            Err(_) => {
                report.add(&At::ROOT, Problem::Malformed(Expected::Json));
                None
            }
        };
        report.unless_any(offer)
    }

    /// Reads a configuration that stands at `at` in a larger document.
    ///
    /// `None` exactly where something was added to the report.
    pub fn read(node: &Node<'_>, at: &At<'_>, report: &mut Report) -> Option<Self> {
        let before = report.count();
        let offer = read_offer(node, at, report);
        offer.filter(|_| report.count() == before)
    }
}

fn read_offer(node: &Node<'_>, at: &At<'_>, report: &mut Report) -> Option<Offer> {
    let fields = Fields::read(node, &FIELDS, at, report)?;
    let modes = [("subscription", SaleMode::Subscription), ("one_time", SaleMode::OneTime)];
    let mode =
        fields.required("sale_mode", at, report).and_then(|node| choice(node, &modes, &at.key("sale_mode"), report));
    let mut reading = Reading { mode, report };

    let day_count = read_day_count(fields, at, &mut reading);
    let editions = edition::read_all(fields.get("editions"), &at.key("editions"), &mut reading);
    let codes: Option<Vec<&str>> = editions.as_ref().map(|found| found.codes.clone());
    let upgrades = rules::upgrades(fields.get("upgrades"), codes.as_deref(), &at.key("upgrades"), &mut reading);
    let change_modes = rules::change_modes(fields.get("change_modes"), &at.key("change_modes"), &mut reading);
    let term_offers = rules::term_offers(fields.get("term_offers"), &at.key("term_offers"), &mut reading);
    let price_cap = match fields.get("price_cap") {
        None => None,
        Some(node) => Some(rules::price_cap(node, &at.key("price_cap"), &mut reading)?),
    };

    let sale = match mode? {
        SaleMode::OneTime => Sale::OneTime,
        SaleMode::Subscription => Sale::Subscription(super::SubscriptionRules {
            day_count: day_count?,
            change_modes: change_modes?,
            upgrades: upgrades?,
            term_offers: term_offers?,
        }),
    };
    Some(Offer { sale, editions: editions?.editions, price_cap })
}

fn read_day_count(fields: Fields<'_, '_>, at: &At<'_>, reading: &mut Reading<'_>) -> Option<DayCount> {
    let here = at.key("day_count");
    let node = fields.get("day_count");
    reading.only_subscription(node.is_some(), &here);
    match node {
        Some(node) => {
            let choices = [("calendar", DayCount::Calendar), ("fixed", DayCount::Fixed)];
            choice(node, &choices, &here, reading.report)
        }
        None => {
            if reading.subscription() {
                reading.add(&here, Problem::Malformed(Expected::Present));
            }
            None
        }
    }
}

/// The items of a list, or none after a complaint.
fn items<'n, 'a>(node: Option<&'n Node<'a>>, at: &At<'_>, reading: &mut Reading<'_>) -> Option<&'n [Node<'a>]> {
    list(node, at, reading.report)
}

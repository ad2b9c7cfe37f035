//! The evaluator: a request line → an answer line (contract, `quotient eval`). A pure function, and the reference for
//! anyone who embeds the pricing.

mod known;

use std::sync::Arc;

use serde::Serialize;

use self::known::{Known, config_of};
use crate::calendar::{Offset, Timestamp};
use crate::catalog::Offer;
use crate::json::{At, Fields, Node, choice, parsed, text};
use crate::lifecycle::{self, ChangeMode, Quote, Subscription};
use crate::money::{Fen, Overflow};
use crate::pricing::{RawSelection, Selection, SelectionRules};
use crate::violation::{Expected, Problem, Report, Violation};
use crate::warnings::{Warning, warnings};

/// The answer line to a request line, without a line break.
pub fn answer(line: &str) -> String {
    written(evaluate(line, None).0)
}

/// The same with this offer in the place of the line's configuration, which is not looked at.
pub fn answer_about(offer: &Arc<Offer>, line: &str) -> String {
    written(evaluate(line, Some(Arc::clone(offer))).0)
}

fn written(outcome: Result<Outcome, Vec<Violation>>) -> String {
    let answer = match outcome {
        Ok(ok) => Answer::Ok(ok),
        Err(violations) => Answer::Err(Failure { violations }),
    };
    // Serialising these types cannot fail: no map has other keys than strings.
    serde_json::to_string(&answer).unwrap_or_default()
}

/// Answers one line after the other. An answer depends on its line alone; what is kept in between is the last valid
/// configuration, since golden cases ask one configuration many things.
#[derive(Debug, Default)]
pub struct Evaluator {
    known: Option<Known>,
}

impl Evaluator {
    /// The answer line to a request line, without a line break.
    pub fn answer(&mut self, line: &str) -> String {
        written(self.evaluate(line))
    }

    fn evaluate(&mut self, line: &str) -> Result<Outcome, Vec<Violation>> {
        let Some(place) = config_of(line) else { return evaluate(line, None).0 };
        if let Some(known) = &self.known
            && let Some(shorter) = known.without(line, &place)
        {
            return evaluate(&shorter, Some(Arc::clone(&known.offer))).0;
        }
        let (outcome, offer) = evaluate(line, None);
        if let Some(offer) = offer {
            self.known = Some(Known::new(line, place, offer));
        }
        outcome
    }
}

/// What a request is answered with.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Ok(Outcome),
    Err(Failure),
}

#[derive(Serialize)]
struct Failure {
    violations: Vec<Violation>,
}

/// A good answer, by the kind of request.
#[derive(Serialize)]
#[serde(untagged)]
enum Outcome {
    Valid { warnings: Vec<Warning> },
    Quote(Box<Quote>),
    Credit { credit: Fen },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Op {
    Validate,
    Purchase,
    Renew,
    Change,
    Credit,
}

const OPS: [(&str, Op); 5] = [
    ("validate", Op::Validate),
    ("purchase", Op::Purchase),
    ("renew", Op::Renew),
    ("change", Op::Change),
    ("credit", Op::Credit),
];

impl Op {
    /// The fields of its request.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Validate => &["op", "offset", "config"],
            Self::Purchase => &["op", "offset", "config", "selection", "at", "paid"],
            Self::Renew => &["op", "offset", "config", "subscription", "term", "at", "paid"],
            Self::Change => &["op", "offset", "config", "subscription", "selection", "mode", "at", "paid"],
            Self::Credit => &["op", "offset", "subscription", "at"],
        }
    }
}

/// The outcome of a line, and the offer that was read from its configuration. With an offer given, the line's
/// configuration is not looked at.
fn evaluate(line: &str, offer: Option<Arc<Offer>>) -> (Result<Outcome, Vec<Violation>>, Option<Arc<Offer>>) {
    let root = At::ROOT;
    let malformed = |at: At<'_>, expected| (Err(vec![Violation::new(at, &Problem::Malformed(expected))]), None);
    let Ok(node) = Node::parse(line) else { return malformed(root, Expected::Json) };
    let Some(fields) = Fields::any(&node) else { return malformed(root, Expected::Object) };
    let Some(op) = fields.get("op") else { return malformed(root.key("op"), Expected::Present) };
    let mut report = Report::default();
    let Some(op) = choice(op, &OPS, &root.key("op"), &mut report) else { return (Err(report.into_violations()), None) };
    fields.only(op.fields(), &root, &mut report);
    let mut request = Request { fields, report, offer };
    (request.run(op), request.offer)
}

/// A request's fields, read one after the other; everything wrong is collected before anything is computed.
struct Request<'n, 'a> {
    fields: Fields<'n, 'a>,
    report: Report,
    /// The configuration's offer, once it is known.
    offer: Option<Arc<Offer>>,
}

impl<'n> Request<'n, '_> {
    fn run(&mut self, op: Op) -> Result<Outcome, Vec<Violation>> {
        match op {
            Op::Validate => {
                self.offset();
                let offer = self.offer();
                let offer = self.done().unless_any(offer)?;
                Ok(Outcome::Valid { warnings: warnings(&offer, &At::ROOT.key("config")) })
            }
            Op::Purchase => self.purchase(),
            Op::Renew => self.renew(),
            Op::Change => self.change(),
            Op::Credit => {
                let at = self.at();
                let subscription = self.subscription();
                let (at, subscription) = self.done().unless_any(at.zip(subscription))?;
                let overflow = |Overflow| vec![Violation::new(At::ROOT.key("subscription"), &Problem::AmountOverflow)];
                subscription.credit(at).map(|credit| Outcome::Credit { credit }).map_err(overflow)
            }
        }
    }

    /// The report, once everything is read.
    fn done(&mut self) -> Report {
        core::mem::take(&mut self.report)
    }

    fn required<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&'n Node<'_>, &At<'_>, &mut Report) -> Option<T>,
    ) -> Option<T> {
        let node = self.fields.required(name, &At::ROOT, &mut self.report)?;
        read(node, &At::ROOT.key(name), &mut self.report)
    }

    fn offset(&mut self) -> Option<Offset> {
        match self.fields.get("offset") {
            None => Some(Offset::CHINA),
            Some(node) => parsed(node, Expected::Offset, &At::ROOT.key("offset"), &mut self.report),
        }
    }

    /// The instant asked for, written in the offset asked for.
    fn at(&mut self) -> Option<Timestamp> {
        let offset = self.offset();
        let at: Option<Timestamp> = self.required("at", |node, at, report| parsed(node, Expected::Instant, at, report));
        let written = at?.in_offset(offset?);
        if written.is_none() {
            self.report.add(&At::ROOT.key("at"), Problem::Malformed(Expected::Instant));
        }
        written
    }

    fn offer(&mut self) -> Option<Arc<Offer>> {
        if self.offer.is_none() {
            self.offer = self.required("config", Offer::read).map(Arc::new);
        }
        self.offer.clone()
    }

    fn subscription(&mut self) -> Option<Subscription> {
        self.required("subscription", Subscription::read)
    }

    /// `Some(None)` where it is left out.
    fn paid(&mut self) -> Option<Option<Fen>> {
        match self.fields.get("paid") {
            None => Some(None),
            Some(node) => parsed(node, Expected::Amount, &At::ROOT.key("paid"), &mut self.report).map(Some),
        }
    }

    fn selection(&mut self, known: &[&str]) -> Option<RawSelection<'n>> {
        self.required("selection", |node, at, report| RawSelection::read(node, known, at, report))
    }

    fn purchase(&mut self) -> Result<Outcome, Vec<Violation>> {
        let at = self.at();
        let paid = self.paid();
        let offer = self.offer();
        let raw = self.selection(&["edition", "term", "quantities", "options", "count"]);
        let selection_at = At::ROOT.key("selection");
        let term_at = selection_at.key("term");
        let rules = SelectionRules { at: &selection_at, term_at: Some(&term_at), hidden_allowed: false, limits: true };
        let selection =
            offer.as_ref().zip(raw).and_then(|(offer, raw)| Selection::check(offer, &raw, rules, &mut self.report));
        let ((offer, selection), (at, paid)) = self.done().unless_any(offer.zip(selection).zip(at.zip(paid)))?;
        let quote = lifecycle::purchase(&offer, &selection, at, paid);
        quote.map(quoted).map_err(|Overflow| vec![Violation::new(selection_at, &Problem::AmountOverflow)])
    }

    fn renew(&mut self) -> Result<Outcome, Vec<Violation>> {
        let at = self.at();
        let paid = self.paid();
        let offer = self.offer();
        let subscription = self.subscription();
        let term = self.required("term", text);
        let asked = offer.zip(subscription).zip(at.zip(paid)).zip(term);
        let (((offer, subscription), (at, paid)), term) = self.done().unless_any(asked)?;
        lifecycle::renew(&offer, &subscription, Some(term), at, paid).map(quoted)
    }

    fn change(&mut self) -> Result<Outcome, Vec<Violation>> {
        let at = self.at();
        let paid = self.paid();
        let offer = self.offer();
        let subscription = self.subscription();
        let modes = [("co_term", ChangeMode::CoTerm), ("re_term", ChangeMode::ReTerm)];
        let mode = self.required("mode", |node, at, report| choice(node, &modes, at, report));
        let known: &[&str] = match mode {
            Some(ChangeMode::CoTerm) => &["edition", "quantities", "options"],
            _ => &["edition", "term", "quantities", "options"],
        };
        let selection = self.selection(known);
        let asked = offer.zip(subscription).zip(at.zip(paid)).zip(mode.zip(selection));
        let (((offer, subscription), (at, paid)), (mode, selection)) = self.done().unless_any(asked)?;
        lifecycle::change(&offer, &subscription, &selection, mode, at, paid).map(quoted)
    }
}

fn quoted(quote: Quote) -> Outcome {
    Outcome::Quote(Box::new(quote))
}

//! A subscription as it stands, and what is left of it (rules L1, L6, M6).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use crate::calendar::{Term, Timestamp};
use crate::catalog::PriceKind;
use crate::json::{At, Fields, Node, boolean, choice, int, list, parsed};
use crate::money::{Fen, Overflow, Rounding, mul_div};
use crate::pricing::{RawSelection, read_picks};
use crate::violation::{Expected, Problem, Report};

/// A bought instance (业务): what it has, and the stretches of time that were paid for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The edition's code.
    pub edition: String,
    /// By charge key.
    pub quantities: BTreeMap<String, u32>,
    /// By charge key.
    pub options: BTreeMap<String, String>,
    /// A trial, which neither renews nor changes.
    pub trial: bool,
    /// The day of the month that its terms are anchored to (rule M4).
    pub anchor_day: u8,
    /// In order of time, not overlapping. Of those that have ended at most the last is needed.
    pub segments: Vec<Segment>,
}

/// One paid stretch of a subscription.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "SegmentFile")]
pub struct Segment {
    /// Its first second.
    pub start: Timestamp,
    /// The second after its last.
    pub end: Timestamp,
    /// What was really paid in for it.
    pub paid: Fen,
    /// What it was bought as.
    pub kind: SegmentKind,
    /// Days that came on top of its term.
    pub gift_days: u32,
    /// Its length in seconds when it was bought, gift days included; a change cuts the front off a segment (rule L7).
    pub term_seconds: i64,
}

/// What a segment was bought as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    /// A term, at the prices of a kind.
    Paid(PriceKind, Term),
    /// A trial.
    Trial,
}

impl Segment {
    /// Seconds left at `at`; a segment not begun counts in full (rule M6).
    pub fn left(&self, at: Timestamp) -> i64 {
        self.end.since(at.max(self.start)).max(0)
    }

    /// Its length in seconds, above zero.
    pub fn length(&self) -> i64 {
        self.end.since(self.start)
    }

    /// paid × left / length, rounded down (rule L6).
    pub fn credit(&self, at: Timestamp) -> Fen {
        Fen::new(mul_div(self.paid.fen(), self.left(at), self.length(), Rounding::Down))
    }

    /// What it costs that its term's price rises by `rise` (below zero where it falls): rise × left / `term_seconds`, rounded
    /// up, nothing where that is below zero (rule L7).
    pub fn difference(&self, rise: Fen, at: Timestamp) -> Fen {
        Fen::new(mul_div(rise.fen(), self.left(at), self.term_seconds, Rounding::Up).max(0))
    }

    /// Its rest from `at` on, for which `added` was paid on top of what is left of it (rule L9).
    pub(crate) fn rest(&self, at: Timestamp, added: Fen) -> Result<Self, Overflow> {
        Ok(Self { start: self.start.max(at), paid: self.credit(at).plus(added)?, ..self.clone() })
    }
}

impl Subscription {
    /// What is left of it at `at`, in money: the sum of its segments' credits (rule L6).
    pub fn credit(&self, at: Timestamp) -> Result<Fen, Overflow> {
        self.segments.iter().try_fold(Fen::ZERO, |sum, segment| sum.plus(segment.credit(at)))
    }

    /// The end of its last segment.
    pub fn end(&self) -> Option<Timestamp> {
        self.segments.last().map(|segment| segment.end)
    }

    /// The segments that have time left at `at`.
    pub fn remaining(&self, at: Timestamp) -> impl Iterator<Item = &Segment> {
        self.segments.iter().filter(move |segment| segment.end > at)
    }

    /// Whether the service runs at `at`.
    pub fn active(&self, at: Timestamp) -> bool {
        self.segments.iter().any(|segment| segment.start <= at && at < segment.end)
    }

    /// What it has, to be held against an offer.
    pub fn as_raw(&self) -> RawSelection<'_> {
        RawSelection {
            edition: Some(&self.edition),
            term: None,
            quantities: self.quantities.iter().map(|(key, n)| (key.as_str(), Some(i64::from(*n)))).collect(),
            options: self.options.iter().map(|(key, value)| (key.as_str(), Some(value.as_str()))).collect(),
            count: None,
        }
    }

    /// Reads a subscription from a larger document; `None` exactly where something was reported.
    pub fn read(node: &Node<'_>, at: &At<'_>, report: &mut Report) -> Option<Self> {
        let before = report.count();
        let known = ["edition", "quantities", "options", "trial", "anchor_day", "segments"];
        let fields = Fields::read(node, &known, at, report)?;
        let edition = fields.required("edition", at, report);
        let edition = edition.and_then(|node| crate::json::text(node, &at.key("edition"), report));
        let (quantities, options) = read_picks(fields, at, report);
        let trial = fields.required("trial", at, report);
        let trial = trial.and_then(|node| boolean(node, &at.key("trial"), report));
        let anchor_day = fields.required("anchor_day", at, report);
        let anchor_day = anchor_day.and_then(|node| between(node, 1, 31, &at.key("anchor_day"), report));
        let segments = read_segments(fields.get("segments"), trial, &at.key("segments"), report);
        let mut stored = BTreeMap::new();
        for (key, n) in quantities {
            let here = at.key("quantities");
            let Some(n) = n else { continue };
            match u32::try_from(n).ok().filter(|n| *n <= crate::catalog::MAX_QUANTITY) {
                Some(n) => {
                    stored.insert(key.to_owned(), n);
                }
                None => report.add(&here.key(key), Problem::Malformed(MOST_QUANTITY)),
            }
        }
        let options =
            options.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned()))).collect();
        (report.count() == before).then_some(())?;
        Some(Self {
            edition: edition?.to_owned(),
            quantities: stored,
            options,
            trial: trial?,
            anchor_day: u8::try_from(anchor_day?).ok()?,
            segments: segments?,
        })
    }
}

const MOST_QUANTITY: Expected = Expected::Between(0, crate::catalog::MAX_QUANTITY as i64);

fn between(node: &Node<'_>, low: i64, high: i64, at: &At<'_>, report: &mut Report) -> Option<i64> {
    let n = int(node, at, report)?;
    let valid = (low..=high).contains(&n).then_some(n);
    if valid.is_none() {
        report.add(at, Problem::Malformed(Expected::Between(low, high)));
    }
    valid
}

fn read_segments(
    node: Option<&Node<'_>>,
    trial: Option<bool>,
    at: &At<'_>,
    report: &mut Report,
) -> Option<Vec<Segment>> {
    let nodes = list(node, at, report)?;
    let mut segments: Vec<Segment> = Vec::with_capacity(nodes.len() + 1);
    for (i, node) in nodes.iter().enumerate() {
        let here = at.index(i);
        let Some(segment) = read_segment(node, &here, report) else { continue };
        if segment.kind == SegmentKind::Trial && trial == Some(false) {
            report.add(&here.key("kind"), Problem::Malformed(Expected::TrialSegments));
        }
        let follows = segments.last().is_none_or(|last| last.end <= segment.start);
        if !follows || segment.end <= segment.start {
            report.add(&here, Problem::Malformed(Expected::SegmentsInOrder));
        }
        segments.push(segment);
    }
    Some(segments)
}

#[derive(Clone, Copy)]
enum KindName {
    New,
    Renew,
    Trial,
}

fn read_segment(node: &Node<'_>, at: &At<'_>, report: &mut Report) -> Option<Segment> {
    let known = ["start", "end", "paid", "kind", "term", "gift_days", "term_seconds"];
    let fields = Fields::read(node, &known, at, report)?;
    let instant = |name, report: &mut Report| {
        parsed(fields.required(name, at, report)?, Expected::Instant, &at.key(name), report)
    };
    let (start, end) = (instant("start", report), instant("end", report));
    let paid = fields.required("paid", at, report);
    let paid = paid.and_then(|node| parsed(node, Expected::Amount, &at.key("paid"), report));
    let kinds = [("new", KindName::New), ("renew", KindName::Renew), ("trial", KindName::Trial)];
    let name = fields.required("kind", at, report);
    let name = name.and_then(|node| choice(node, &kinds, &at.key("kind"), report));
    let term_given = fields.get("term");
    let term = term_given.and_then(|node| parsed(node, Expected::Term, &at.key("term"), report));
    let kind = match (name, term_given.is_some()) {
        (Some(KindName::Trial), false) => Some(SegmentKind::Trial),
        (Some(KindName::New), true) => term.map(|term| SegmentKind::Paid(PriceKind::New, term)),
        (Some(KindName::Renew), true) => term.map(|term| SegmentKind::Paid(PriceKind::Renew, term)),
        (Some(_), _) => {
            report.add(&at.key("term"), Problem::Malformed(Expected::TrialSegments));
            None
        }
        (None, _) => None,
    };
    let days = fields.required("gift_days", at, report);
    let days = days.and_then(|node| between(node, 0, MOST_DAYS, &at.key("gift_days"), report));
    let seconds = fields.required("term_seconds", at, report);
    let seconds = seconds.and_then(|node| between(node, 1, MOST_SECONDS, &at.key("term_seconds"), report));
    Some(Segment {
        start: start?,
        end: end?,
        paid: paid?,
        kind: kind?,
        gift_days: u32::try_from(days?).ok()?,
        term_seconds: seconds?,
    })
}

/// Longer than any term with its gift, and than the calendar: bounds that only keep arithmetic safe.
const MOST_DAYS: i64 = 3_652_425;
const MOST_SECONDS: i64 = MOST_DAYS * crate::calendar::DAY;

/// A segment as it is written outside (contract).
#[derive(Serialize, Deserialize)]
struct SegmentFile {
    start: Timestamp,
    end: Timestamp,
    paid: Fen,
    kind: String,
    term: Option<Term>,
    gift_days: u32,
    term_seconds: i64,
}

impl Serialize for Segment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, term) = match self.kind {
            SegmentKind::Paid(PriceKind::New, term) => ("new", Some(term)),
            SegmentKind::Paid(PriceKind::Renew, term) => ("renew", Some(term)),
            SegmentKind::Trial => ("trial", None),
        };
        let Self { start, end, paid, gift_days, term_seconds, .. } = *self;
        SegmentFile { start, end, paid, kind: kind.to_owned(), term, gift_days, term_seconds }.serialize(serializer)
    }
}

impl TryFrom<SegmentFile> for Segment {
    type Error = &'static str;

    fn try_from(file: SegmentFile) -> Result<Self, Self::Error> {
        let kind = match (file.kind.as_str(), file.term) {
            ("new", Some(term)) => SegmentKind::Paid(PriceKind::New, term),
            ("renew", Some(term)) => SegmentKind::Paid(PriceKind::Renew, term),
            ("trial", None) => SegmentKind::Trial,
            _ => return Err("no kind of segment"),
        };
        let SegmentFile { start, end, paid, gift_days, term_seconds, .. } = file;
        Ok(Self { start, end, paid, kind, gift_days, term_seconds })
    }
}

//! A service on its way, and the steps from it, reckoned as the lifecycle reckons them.

use super::Action;
use super::grid::{Grid, NodeIndex};
use crate::calendar::{DAY, Span, Term, Timestamp, span};
use crate::catalog::PriceKind;
use crate::lifecycle::{GRACE_SECONDS, Segment, SegmentKind, Subscription};
use crate::money::Fen;

/// How far ahead a renewal may reach (rule L3).
const MOST_AHEAD_SECONDS: i64 = 1827 * DAY;

/// A step, and where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) action: Action,
    pub(super) at: Timestamp,
    pub(super) node: NodeIndex,
    /// None for a `co_term` change.
    pub(super) term: Option<Term>,
}

/// A service as the steps so far left it.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) node: NodeIndex,
    /// When the last step was made.
    pub(super) at: Timestamp,
    pub(super) anchor_day: u8,
    /// Those that have not ended; of a service that has, its last.
    pub(super) segments: Vec<Segment>,
    /// What was due so far.
    pub(super) cost: Fen,
    /// It came of a purchase, renewals and `co_term` changes, all of them now.
    pub(super) plain: bool,
}

impl State {
    /// A service that there is, as it stands now.
    pub(super) fn of(service: &Subscription, grid: &Grid<'_>, now: Timestamp) -> Option<Self> {
        let known: Vec<&Segment> = service.remaining(now).collect();
        let known = if known.is_empty() { service.segments.last().into_iter().collect() } else { known };
        let rewrite = |segment: &Segment| {
            let (start, end) = (segment.start.in_offset(now.offset())?, segment.end.in_offset(now.offset())?);
            Some(Segment { start, end, ..segment.clone() })
        };
        let segments = known.into_iter().map(rewrite).collect::<Option<Vec<_>>>()?;
        Some(Self {
            node: grid.held?,
            at: now,
            anchor_day: service.anchor_day,
            segments,
            cost: Fen::ZERO,
            plain: false,
        })
    }

    /// A term bought for a service that has nothing else: a purchase, or what a `re_term` change makes (rules L2, L8).
    pub(super) fn fresh(grid: &Grid<'_>, made: Made, cost: Fen) -> Self {
        let Made { node, term, kind, price, span } = made;
        let segment = Segment {
            start: span.start,
            end: span.end,
            paid: price,
            kind: SegmentKind::Paid(kind, term),
            gift_days: grid.offer.gift_days(term),
            term_seconds: span.end.since(span.start),
        };
        Self { node, at: span.start, anchor_day: span.anchor_day, segments: vec![segment], cost, plain: false }
    }

    /// Whether it might as well have been bought and renewed as `to` (in no more steps, and for no more).
    ///
    /// While everything happens now, each segment has been paid in with at least the price of what the service has (rules L7,
    /// L9), so that nothing is cheaper than buying that to begin with, where the edition sells those terms.
    pub(super) fn could_have_been(&self, grid: &Grid<'_>, to: NodeIndex, at: Timestamp) -> bool {
        let sold = |segment: &Segment| match segment.kind {
            SegmentKind::Paid(_, term) => grid.edition(to).terms.contains(&term),
            SegmentKind::Trial => false,
        };
        self.plain && at == self.at && self.segments.iter().all(sold)
    }

    /// When its last segment ends.
    pub(super) fn end(&self) -> Timestamp {
        self.segments.last().map_or(self.at, |segment| segment.end)
    }

    /// Whether it runs from `at` to its end without a break.
    fn unbroken(&self, at: Timestamp) -> bool {
        let begun = self.segments.iter().any(|segment| segment.start <= at && at < segment.end);
        begun && self.segments.windows(2).all(|pair| pair[0].end == pair[1].start)
    }

    /// Whether it is what was wanted, until then.
    pub(super) fn arrived(&self, grid: &Grid<'_>, until: Timestamp) -> bool {
        grid.has_wanted(self.node) && self.end() >= until && self.unbroken(self.at)
    }

    /// The instants at which the next step may be made: this one, and the last second of a service that has what is wanted.
    pub(super) fn instants(&self, grid: &Grid<'_>) -> impl Iterator<Item = Timestamp> + use<> {
        let last = self.end().plus_seconds(-1);
        let waits = grid.has_wanted(self.node) && self.unbroken(self.at);
        let last = last.filter(|last| waits && *last > self.at);
        core::iter::once(self.at).chain(last)
    }

    /// Whether changes are possible at `at` (rule L12).
    pub(super) fn active(&self, at: Timestamp) -> bool {
        self.segments.iter().any(|segment| segment.start <= at && at < segment.end)
    }

    fn remaining(&self, at: Timestamp) -> impl Iterator<Item = &Segment> {
        self.segments.iter().filter(move |segment| segment.end > at)
    }

    /// What is left of it (rule L6).
    pub(super) fn credit(&self, at: Timestamp) -> Fen {
        self.remaining(at).fold(Fen::ZERO, |sum, segment| sum + segment.credit(at))
    }

    /// Where a renewal for `term` would begin and end; `None` where it is refused (rule L3).
    pub(super) fn renewal(&self, grid: &Grid<'_>, term: Term, at: Timestamp) -> Option<Span> {
        let end = self.end();
        let late = at > end;
        if at.since(end) > GRACE_SECONDS {
            return None;
        }
        let (start, anchor) = if late { (at, None) } else { (end, Some(self.anchor_day)) };
        let span = span(start, anchor, term, grid.offer.gift_days(term), grid.rules.day_count)?;
        (span.end.since(at) <= MOST_AHEAD_SECONDS).then_some(span)
    }

    /// Itself renewed.
    pub(super) fn renewed(&self, grid: &Grid<'_>, term: Term, at: Timestamp, span: Span, price: Fen) -> Self {
        let segment = Segment {
            start: span.start,
            end: span.end,
            paid: price,
            kind: SegmentKind::Paid(PriceKind::Renew, term),
            gift_days: grid.offer.gift_days(term),
            term_seconds: span.end.since(span.start),
        };
        let segments = self.remaining(at).cloned().chain([segment]).collect();
        let plain = self.plain && at == self.at;
        Self { node: self.node, at, anchor_day: span.anchor_day, segments, cost: self.cost + price, plain }
    }

    /// What a `co_term` change to `to` costs for each segment (rule L7); `None` where it is refused.
    pub(super) fn differences(
        &self,
        grid: &Grid<'_>,
        to: NodeIndex,
        at: Timestamp,
        each: &mut Vec<Fen>,
    ) -> Option<Fen> {
        each.clear();
        let mut sum = Fen::ZERO;
        for segment in self.remaining(at) {
            let SegmentKind::Paid(kind, term) = segment.kind else { return None };
            let (old, new) = (grid.price(self.node, term)?, grid.price(to, term)?);
            if !grid.options_hold(self.node, to, term) {
                return None;
            }
            let as_new = segment.difference(new.new - old.new, at);
            let difference = match kind {
                PriceKind::New => as_new,
                PriceKind::Renew => as_new.max(segment.difference(new.renew - old.renew, at)),
            };
            sum = sum.plus(difference.within_limit().ok()?).ok()?;
            each.push(difference);
        }
        Some(sum)
    }

    /// Itself with the differences paid (rule L9).
    pub(super) fn changed(&self, to: NodeIndex, at: Timestamp, differences: &[Fen]) -> Option<Self> {
        let rest = |(segment, added): (&Segment, &Fen)| segment.rest(at, *added).ok();
        let segments = self.remaining(at).zip(differences).map(rest).collect::<Option<Vec<_>>>()?;
        let cost = differences.iter().fold(self.cost, |sum, difference| sum + *difference);
        Some(Self { node: to, at, anchor_day: self.anchor_day, segments, cost, plain: self.plain && at == self.at })
    }

    /// Where a term of a `re_term` change would begin and end (rule L8).
    pub(super) fn new_term(&self, grid: &Grid<'_>, term: Term, at: Timestamp) -> Option<Span> {
        span(at, Some(self.anchor_day), term, grid.offer.gift_days(term), grid.rules.day_count)
    }
}

/// A term that was just bought.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made {
    pub(super) node: NodeIndex,
    pub(super) term: Term,
    pub(super) kind: PriceKind,
    /// What the new segment has been paid with, credit included.
    pub(super) price: Fen,
    pub(super) span: Span,
}

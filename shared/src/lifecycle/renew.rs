//! Renewing (rule L3).

use super::{Quote, Segment, SegmentKind, Subscription};
use crate::calendar::{DAY, Timestamp, span};
use crate::catalog::{Offer, PriceKind, SubscriptionRules};
use crate::json::At;
use crate::money::{Fen, Overflow};
use crate::pricing::{RawSelection, Selection, SelectionRules, lines};
use crate::violation::{Problem, Report, Violation};

/// For how long after its end a service can still be renewed.
pub const GRACE_SECONDS: i64 = 7 * DAY;
/// How far ahead of now a renewal may reach.
const MOST_AHEAD_SECONDS: i64 = 1827 * DAY;

/// The quote for renewing `subscription` for `term` at `at`, written in the marketplace's offset.
///
/// `paid` is what is really paid, after repricing; without it, what is due. Violations stand at the evaluator's
/// request: `/subscription/…`, `/term`, `/at`.
pub fn renew(
    offer: &Offer,
    subscription: &Subscription,
    term: Option<&str>,
    at: Timestamp,
    paid: Option<Fen>,
) -> Result<Quote, Vec<Violation>> {
    renew_as_placed(offer, subscription, term, at, at, paid)
}

/// The same for what was ordered at `placed` and is paid at `at`: ordered in time, it is in time (rule O2).
pub fn renew_as_placed(
    offer: &Offer,
    subscription: &Subscription,
    term: Option<&str>,
    placed: Timestamp,
    at: Timestamp,
    paid: Option<Fen>,
) -> Result<Quote, Vec<Violation>> {
    let root = At::ROOT;
    let refuse = |place: &At<'_>, problem| Err(vec![Violation::new(place, &problem)]);
    let subscription_at = root.key("subscription");
    let Some(rules) = offer.subscription_rules() else {
        return refuse(&subscription_at, Problem::RenewalNotOffered { trial: false });
    };
    if subscription.trial {
        return refuse(&subscription_at.key("trial"), Problem::RenewalNotOffered { trial: true });
    }
    let Some(end) = subscription.end() else {
        return refuse(&subscription_at, Problem::SubscriptionNotActive);
    };
    if placed.since(end) > GRACE_SECONDS {
        return refuse(&root.key("at"), Problem::RenewalTooLate);
    }
    let mut report = Report::default();
    let raw = RawSelection { term: Some(term), ..subscription.as_raw() };
    let term_at = root.key("term");
    let checked = SelectionRules { at: &subscription_at, term_at: Some(&term_at), hidden_allowed: true, limits: true };
    let selection = Selection::check(offer, &raw, checked, &mut report);
    let selection = report.unless_any(selection)?;
    let quote = quote(offer, rules, subscription, &selection, end, at, paid);
    let quote = quote.or_else(|Overflow| refuse(&subscription_at, Problem::AmountOverflow))?;
    match quote.end {
        Some(end) if end.since(at) > MOST_AHEAD_SECONDS => refuse(&term_at, Problem::RenewalTooFar),
        _ => Ok(quote),
    }
}

fn quote(
    offer: &Offer,
    rules: &SubscriptionRules,
    subscription: &Subscription,
    selection: &Selection,
    end: Timestamp,
    at: Timestamp,
    paid: Option<Fen>,
) -> Result<Quote, Overflow> {
    let term = selection.term.ok_or(Overflow)?;
    let edition = &offer.editions[selection.edition];
    let table = selection.table(offer, PriceKind::Renew);
    let instance = table.instance(&selection.picks)?;
    let gift_days = offer.gift_days(term);
    // Late: nobody pays for days on which access was cut, and the chain begins anew.
    let late = at > end;
    let start = if late { at } else { end.in_offset(at.offset()).ok_or(Overflow)? };
    let anchor = (!late).then_some(subscription.anchor_day);
    let span = span(start, anchor, term, gift_days, rules.day_count).ok_or(Overflow)?;
    let segment = Segment {
        start: span.start,
        end: span.end,
        paid: paid.unwrap_or(instance.price),
        kind: SegmentKind::Paid(PriceKind::Renew, term),
        gift_days,
        term_seconds: span.end.since(span.start),
    };
    let mut after = subscription.at(at).ok_or(Overflow)?;
    after.anchor_day = span.anchor_day;
    after.segments.push(segment);
    Ok(Quote {
        lines: lines(edition, selection.basis(PriceKind::Renew), &table, &selection.picks, &instance)?,
        instance_price: instance.price,
        count: 1,
        total: instance.price,
        credit: Fen::ZERO,
        forfeited: Fen::ZERO,
        due: instance.price,
        renewal_total: Some(instance.price),
        gift_days,
        start: span.start,
        end: Some(span.end),
        after: vec![after],
    })
}

impl Subscription {
    /// Itself without the segments that have ended at `at`, written in the offset of `at`.
    pub(super) fn at(&self, at: Timestamp) -> Option<Self> {
        let rewrite = |segment: &Segment| {
            let (start, end) = (segment.start.in_offset(at.offset())?, segment.end.in_offset(at.offset())?);
            Some(Segment { start, end, ..segment.clone() })
        };
        let segments = self.remaining(at).map(rewrite).collect::<Option<Vec<_>>>()?;
        Some(Self { segments, ..self.clone() })
    }
}

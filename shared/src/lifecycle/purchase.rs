//! Buying anew (rules Q1–Q6, L2).

use super::{Quote, Segment, SegmentKind, Subscription};
use crate::calendar::{Timestamp, span};
use crate::catalog::{Offer, PriceKind};
use crate::money::{Fen, Overflow, share};
use crate::pricing::{Selection, lines, named_picks, total};

/// The quote for buying `selection` at `at`, written in the marketplace's offset.
///
/// `paid` is what is really paid in all, after repricing; without it, what is due.
pub fn purchase(offer: &Offer, selection: &Selection, at: Timestamp, paid: Option<Fen>) -> Result<Quote, Overflow> {
    let edition = &offer.editions[selection.edition];
    let basis = selection.basis(PriceKind::New);
    let table = selection.table(offer, PriceKind::New);
    let instance = table.instance(&selection.picks)?;
    let due = instance.price.times_small(selection.count)?;
    let mut quote = Quote {
        lines: lines(edition, basis, &table, &selection.picks, &instance)?,
        instance_price: instance.price,
        count: selection.count,
        total: due,
        credit: Fen::ZERO,
        forfeited: Fen::ZERO,
        due,
        renewal_total: None,
        gift_days: 0,
        start: at,
        end: None,
        after: Vec::new(),
    };
    let (Some(term), Some(rules)) = (selection.term, offer.subscription_rules()) else { return Ok(quote) };
    quote.renewal_total = Some(total(offer, selection, PriceKind::Renew)?);
    quote.gift_days = offer.gift_days(term);
    let span = span(at, None, term, quote.gift_days, rules.day_count).ok_or(Overflow)?;
    quote.end = Some(span.end);
    let (quantities, options) = named_picks(edition, &selection.picks);
    let subscription = Subscription {
        edition: edition.code.clone(),
        quantities,
        options,
        trial: false,
        anchor_day: span.anchor_day,
        segments: vec![Segment {
            start: span.start,
            end: span.end,
            paid: Fen::ZERO,
            kind: SegmentKind::Paid(PriceKind::New, term),
            gift_days: quote.gift_days,
            term_seconds: span.end.since(span.start),
        }],
    };
    let shares = share(paid.unwrap_or(due), &vec![1; selection.count.into()]);
    quote.after = shares.into_iter().map(|paid| subscription.with_paid(paid)).collect();
    Ok(quote)
}

impl Subscription {
    /// The same with `paid` on its first segment.
    fn with_paid(&self, paid: Fen) -> Self {
        let mut subscription = self.clone();
        if let Some(segment) = subscription.segments.first_mut() {
            segment.paid = paid;
        }
        subscription
    }
}

//! What a service will cost over the years: trial, purchase, an expansion on the way, renewals, each with its date and what
//! it costs at today's prices. A buyer sees before the purchase that a renewal costs ten times as much.
//!
//! A plan is carried out by the lifecycle, one step after the other: every row is the quote that would be made that day.

use serde::{Deserialize, Serialize};

use crate::calendar::{DAY, Term, Timestamp};
use crate::catalog::Offer;
use crate::json::At;
use crate::lifecycle::{self, ChangeMode, Quote, Subscription};
use crate::money::{Fen, Overflow};
use crate::pricing::{RawSelection, Selection};
use crate::violation::{Problem, Violation};

/// What a buyer means to do.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    /// What is bought, for which term, and how many of it.
    pub selection: &'a Selection,
    /// The edition's trial comes first, if it has one.
    pub trial: bool,
    /// Every instance is expanded on the way.
    pub expansion: Option<Expansion<'a>>,
    /// The term of the renewals, and how many there are; each is made at the second at which the service ends.
    pub renewals: (Term, u8),
}

/// A change on the way: the difference is paid, the end stays (补差价).
#[derive(Clone, Debug)]
pub struct Expansion<'a> {
    /// So many seconds after the purchase.
    pub after_seconds: i64,
    /// Edition, quantities and options from then on.
    pub to: RawSelection<'a>,
}

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event,
    /// What it costs for all instances.
    pub due: Fen,
    /// Until when the service lasts then; `None` for a one-time purchase.
    pub end: Option<Timestamp>,
    /// How it comes about, for one instance but at the purchase; none for a trial, which is free.
    pub quote: Option<Quote>,
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The trial begins.
    Trial,
    /// It is bought.
    Purchase,
    /// More of it is had.
    Expansion,
    /// Another term.
    Renewal,
}

/// What happens if all goes as planned from `now` on, in order of time, at today's prices. A violation stands where the
/// lifecycle puts it for the step that is refused.
pub fn lifetime(offer: &Offer, plan: &Plan<'_>, now: Timestamp) -> Result<Vec<Row>, Vec<Violation>> {
    let overflow = |Overflow| vec![Violation::new(At::ROOT.key("selection"), &Problem::AmountOverflow)];
    let mut rows: Vec<Row> = trial(offer, plan, now).into_iter().collect();
    let bought_at = rows.first().and_then(|row| row.end).unwrap_or(now);
    let purchase = lifecycle::purchase(offer, plan.selection, bought_at, None).map_err(overflow)?;
    // The instances are alike, and live alike.
    let mut service = purchase.after.first().cloned();
    rows.push(row(Event::Purchase, bought_at, 1, purchase).map_err(overflow)?);
    let mut expansion = plan.expansion.as_ref().and_then(|expansion| {
        let at = bought_at.plus_seconds(expansion.after_seconds)?;
        Some((at, expansion))
    });
    let (term, renewals) = plan.renewals;
    for left in (0..=renewals).rev() {
        let Some((before, end)) = service.as_ref().and_then(|service| Some((service.clone(), service.end()?))) else {
            break;
        };
        if let Some((at, wanted)) = expansion.take_if(|(at, _)| *at < end) {
            let quote = lifecycle::change(offer, &before, &wanted.to, ChangeMode::CoTerm, at, None)?;
            service = quote.after.first().cloned();
            rows.push(row(Event::Expansion, at, plan.selection.count, quote).map_err(overflow)?);
        }
        if let Some(before) = service.as_ref().filter(|_| left > 0) {
            let quote = renewal(offer, before, term, end)?;
            service = quote.after.first().cloned();
            rows.push(row(Event::Renewal, end, plan.selection.count, quote).map_err(overflow)?);
        }
    }
    Ok(rows)
}

fn renewal(offer: &Offer, service: &Subscription, term: Term, at: Timestamp) -> Result<Quote, Vec<Violation>> {
    lifecycle::renew(offer, service, Some(term.as_str()), at, None)
}

fn trial(offer: &Offer, plan: &Plan<'_>, now: Timestamp) -> Option<Row> {
    let trial = offer.editions[plan.selection.edition].trial.filter(|_| plan.trial)?;
    let end = now.plus_seconds(i64::from(trial.days) * DAY)?;
    Some(Row { at: now, event: Event::Trial, due: Fen::ZERO, end: Some(end), quote: None })
}

fn row(event: Event, at: Timestamp, instances: u8, quote: Quote) -> Result<Row, Overflow> {
    Ok(Row { at, event, due: quote.due.times_small(instances)?, end: quote.end, quote: Some(quote) })
}

//! Trials (rule L13).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Segment, SegmentKind, Subscription};
use crate::calendar::{DAY, Timestamp};
use crate::catalog::{ChargeKind, Offer};
use crate::json::At;
use crate::money::Fen;
use crate::pricing::{RawSelection, Selection, SelectionRules, named_picks};
use crate::violation::{Report, Violation};

/// What a trial was begun with: as promised then, whatever the offer says later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialTerms {
    /// For how many days it runs once it is opened.
    pub days: u32,
    /// The extra trial.
    pub extra: ExtraTrial,
}

/// The extra trial, which can be taken once after the trial's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ExtraTrial {
    /// There is none.
    NotOffered,
    /// It can be taken.
    Offered {
        /// For how many days.
        days: u32,
    },
    /// It has been taken.
    Taken,
}

/// Why there is no trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoTrial {
    /// What was picked cannot be tried: everything wrong with it, at `/selection/…`.
    Selection(Vec<Violation>),
    /// The edition has none.
    NotOffered,
}

/// A trial of `edition` with `options`, every quantity at its minimum, as it stands before it is opened: without
/// segments. `at` is when it is asked for, in the marketplace's offset.
pub fn trial(
    offer: &Offer,
    edition: &str,
    options: &BTreeMap<String, String>,
    at: Timestamp,
) -> Result<(Subscription, TrialTerms), NoTrial> {
    let index = offer.edition_index(edition);
    let charges = index.map(|index| offer.editions[index].charges.as_slice()).unwrap_or_default();
    let minimum = |kind: &ChargeKind| match kind {
        ChargeKind::Quantity(quantity) => Some(Some(i64::from(quantity.minimum()))),
        ChargeKind::Option(_) => None,
    };
    let raw = RawSelection {
        edition: Some(edition),
        quantities: charges.iter().filter_map(|charge| Some((charge.key.as_str(), minimum(&charge.kind)?))).collect(),
        options: options.iter().map(|(key, value)| (key.as_str(), Some(value.as_str()))).collect(),
        ..RawSelection::default()
    };
    let root = At::ROOT;
    let rules = SelectionRules { at: &root.key("selection"), term_at: None, hidden_allowed: false, limits: true };
    let mut report = Report::default();
    let selection = Selection::check(offer, &raw, rules, &mut report);
    let selection = report.unless_any(selection).map_err(NoTrial::Selection)?;
    let edition = &offer.editions[selection.edition];
    let terms = edition.trial.ok_or(NoTrial::NotOffered)?;
    let (quantities, options) = named_picks(edition, &selection.picks);
    let subscription = Subscription {
        edition: edition.code.clone(),
        quantities,
        options,
        trial: true,
        anchor_day: at.day(),
        segments: Vec::new(),
    };
    let extra = terms.extra_days.map_or(ExtraTrial::NotOffered, |days| ExtraTrial::Offered { days });
    Ok((subscription, TrialTerms { days: terms.days, extra }))
}

/// The trial with `days` more, from `at` on: its first days when it is opened, its extra days later. `None` past the
/// year 9999.
pub fn extended(trial: &Subscription, days: u32, at: Timestamp) -> Option<Subscription> {
    let term_seconds = i64::from(days) * DAY;
    let end = at.plus_seconds(term_seconds)?;
    let segment = Segment { start: at, end, paid: Fen::ZERO, kind: SegmentKind::Trial, gift_days: 0, term_seconds };
    let mut trial = trial.clone();
    trial.segments.push(segment);
    Some(trial)
}

//! Editions, their terms and trials (rules S2–S8).

use std::collections::BTreeMap;

use super::{Reading, charge, items, price};
use crate::calendar::{Period, Term};
use crate::catalog::{Edition, PriceSet, Trial, han};
use crate::json::{At, Fields, Node, Seen, boolean, int, text};
use crate::money::Fen;
use crate::violation::Problem;

const FIELDS: [&str; 8] = ["code", "name", "hidden", "terms", "price", "trial_days", "extra_trial_days", "charges"];
const MOST_EDITIONS: usize = 20;

/// The editions, and the codes of all that say one (also of editions that are otherwise wrong).
pub(super) struct Editions<'n> {
    pub(super) editions: Vec<Edition>,
    pub(super) codes: Vec<&'n str>,
}

/// Names and codes so far, and each charge as the first edition that has it defines it.
#[derive(Default)]
struct EditionsSeen<'n> {
    names: Seen<'n>,
    codes: Seen<'n>,
    charges: BTreeMap<&'n str, charge::Definition<'n>>,
}

pub(super) fn read_all<'n>(node: Option<&'n Node<'_>>, at: &At<'_>, reading: &mut Reading<'_>) -> Option<Editions<'n>> {
    let nodes = items(node, at, reading)?;
    if nodes.is_empty() || nodes.len() > MOST_EDITIONS {
        reading.add(at, Problem::EditionCount { given: nodes.len() });
    }
    let mut seen = EditionsSeen::default();
    let mut codes = Vec::with_capacity(nodes.len());
    let mut any_visible = nodes.is_empty();
    let mut editions = Vec::with_capacity(nodes.len());
    for (i, node) in nodes.iter().enumerate() {
        let Some(read) = edition(node, i, &mut seen, &at.index(i), reading) else { continue };
        codes.extend(read.code);
        any_visible |= read.hidden != Some(true);
        editions.extend(read.edition);
    }
    if !any_visible && !editions.is_empty() {
        reading.add(at, Problem::NoVisibleEdition);
    }
    Some(Editions { editions, codes })
}

/// What could be read of an edition.
struct Read<'n> {
    code: Option<&'n str>,
    hidden: Option<bool>,
    edition: Option<Edition>,
}

fn edition<'n>(
    node: &'n Node<'_>,
    index: usize,
    seen: &mut EditionsSeen<'n>,
    at: &At<'_>,
    reading: &mut Reading<'_>,
) -> Option<Read<'n>> {
    let fields = Fields::read(node, &FIELDS, at, reading.report)?;
    let code = code(fields, &mut seen.codes, at, reading);
    let name = name(fields, &mut seen.names, at, reading);
    let hidden = match fields.get("hidden") {
        None => Some(false),
        Some(node) => boolean(node, &at.key("hidden"), reading.report),
    };
    let terms = terms(fields.get("terms"), &at.key("terms"), reading);
    let months = terms.iter().any(|term| term.period() == Period::Month);
    let price = price::price_set(fields.get("price"), months, &at.key("price"), reading);
    let trial = trial(fields, at, reading);
    let charges =
        charge::read_all(fields.get("charges"), index, months, &mut seen.charges, &at.key("charges"), reading);
    // Placeholders only after a complaint, see the module above.
    let edition = Edition {
        code: code.unwrap_or_default().to_owned(),
        name: name.unwrap_or_default().to_owned(),
        hidden: hidden.unwrap_or_default(),
        terms,
        price: price.unwrap_or(PriceSet::Once(Fen::ZERO)),
        trial,
        charges: charges.unwrap_or_default(),
    };
    Some(Read { code, hidden, edition: Some(edition) })
}

fn code<'n>(fields: Fields<'n, '_>, seen: &mut Seen<'n>, at: &At<'_>, reading: &mut Reading<'_>) -> Option<&'n str> {
    let here = at.key("code");
    let code = text(fields.required("code", at, reading.report)?, &here, reading.report)?;
    if !is_code(code) {
        reading.add(&here, Problem::EditionCodeInvalid { code: code.to_owned() });
    }
    if !seen.first_time(code) {
        reading.add(&here, Problem::EditionCodeDuplicate { code: code.to_owned() });
    }
    Some(code)
}

/// `^[a-z0-9][a-z0-9-]{0,31}$` (rule S4).
fn is_code(code: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=32).contains(&code.len()) && !code.starts_with('-') && code.bytes().all(allowed)
}

fn name<'n>(fields: Fields<'n, '_>, seen: &mut Seen<'n>, at: &At<'_>, reading: &mut Reading<'_>) -> Option<&'n str> {
    let here = at.key("name");
    let name = text(fields.required("name", at, reading.report)?, &here, reading.report)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || han::is_han(c);
    if !(1..=20).contains(&name.chars().count()) || !name.chars().all(allowed) {
        reading.add(&here, Problem::EditionNameInvalid { name: name.to_owned() });
    }
    if !seen.first_time(name) {
        reading.add(&here, Problem::EditionNameDuplicate { name: name.to_owned() });
    }
    Some(name)
}

fn terms(node: Option<&Node<'_>>, at: &At<'_>, reading: &mut Reading<'_>) -> Vec<Term> {
    let Some(nodes) = items(node, at, reading) else { return Vec::new() };
    if reading.one_time() {
        reading.only_subscription(!nodes.is_empty(), at);
        return Vec::new();
    }
    if nodes.is_empty() && reading.subscription() {
        reading.add(at, Problem::TermsMissing);
    }
    let mut seen = Seen::default();
    let mut terms = Vec::with_capacity(nodes.len());
    for (i, node) in nodes.iter().enumerate() {
        let here = at.index(i);
        let Some(text) = text(node, &here, reading.report) else { continue };
        match text.parse() {
            Ok(term) => terms.push(term),
            Err(_) => reading.add(&here, Problem::TermInvalid { term: text.to_owned() }),
        }
        if !seen.first_time(text) {
            reading.add(&here, Problem::TermDuplicate { term: text.to_owned() });
        }
    }
    terms
}

fn trial(fields: Fields<'_, '_>, at: &At<'_>, reading: &mut Reading<'_>) -> Option<Trial> {
    let [days_at, extra_at] = [at.key("trial_days"), at.key("extra_trial_days")];
    let [days, extra] = ["trial_days", "extra_trial_days"].map(|name| fields.get(name));
    if reading.one_time() {
        reading.only_subscription(days.is_some(), &days_at);
        reading.only_subscription(extra.is_some(), &extra_at);
        return None;
    }
    let read_days = trial_days(days, |days| Problem::TrialDaysOutOfRange { days }, &days_at, reading);
    let extra_days = trial_days(extra, |days| Problem::ExtraTrialDaysOutOfRange { days }, &extra_at, reading);
    if extra.is_some() && days.is_none() {
        reading.add(&extra_at, Problem::ExtraTrialWithoutTrial);
    }
    read_days.map(|days| Trial { days, extra_days })
}

fn trial_days(
    node: Option<&Node<'_>>,
    out_of_range: impl Fn(i64) -> Problem,
    at: &At<'_>,
    reading: &mut Reading<'_>,
) -> Option<u32> {
    let days = int(node?, at, reading.report)?;
    let valid = u32::try_from(days).ok().filter(|days| (1..=180).contains(days));
    if valid.is_none() {
        reading.add(at, out_of_range(days));
    }
    valid
}

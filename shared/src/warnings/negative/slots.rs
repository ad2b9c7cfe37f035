//! From two editions to what a change between them can do to each charge (rule L10).

use std::collections::BTreeMap;

use super::super::pieces::Piece;
use super::Compiled;
use super::moves::{Run, Side, Slot};
use crate::catalog::{ChargeKind, OptionValue};
use crate::pricing::Pick;

/// A slot for each charge of either edition; one for both where they share a quantity charge.
pub(super) fn slots(old: &Compiled<'_>, new: &Compiled<'_>, same: bool) -> Vec<Slot> {
    let mut of_new: BTreeMap<&str, usize> =
        new.edition.charges.iter().enumerate().map(|(j, charge)| (charge.key.as_str(), j)).collect();
    let mut slots = Vec::with_capacity(old.lines.len() + new.lines.len());
    for (i, charge) in old.edition.charges.iter().enumerate() {
        let slot = match &charge.kind {
            ChargeKind::Option(values) if same => {
                of_new.remove(charge.key.as_str());
                // Within an edition a value only changes to one that is not cheaper: to stay gains as much at every price.
                let stay = |amount, pick| Run::point(0, Side::Fixed(pick, amount), Side::Fixed(pick, amount));
                Slot { old: Some(i), new: Some(i), runs: values_of(old, i, values).map(|(a, p)| stay(a, p)).collect() }
            }
            ChargeKind::Option(values) => {
                let give_up = |amount, pick| Run::point(0, Side::Fixed(pick, amount), Side::Nothing);
                Slot { old: Some(i), new: None, runs: values_of(old, i, values).map(|(a, p)| give_up(a, p)).collect() }
            }
            ChargeKind::Quantity(_) => {
                let partner = of_new.remove(charge.key.as_str());
                let runs = partner.map_or_else(
                    || old.lines[i].iter().map(given_up).collect(),
                    |j| not_shrinking(&old.lines[i], &new.lines[j]),
                );
                Slot { old: Some(i), new: partner, runs }
            }
        };
        slots.push(slot);
    }
    for j in of_new.into_values() {
        let cheapest = match &new.edition.charges[j].kind {
            ChargeKind::Option(values) => values_of(new, j, values).min_by_key(|(amount, _)| *amount),
            ChargeKind::Quantity(_) => {
                let first = |piece: &Piece| (piece.amount(piece.from), Pick::Quantity(piece.from));
                new.lines[j].iter().map(first).min_by_key(|(amount, _)| *amount)
            }
        };
        let take = |(amount, pick)| Run::point(0, Side::Nothing, Side::Fixed(pick, amount));
        slots.push(Slot { old: None, new: Some(j), runs: cheapest.map(take).into_iter().collect() });
    }
    slots
}

/// A quantity that the new edition has no charge for.
fn given_up(piece: &Piece) -> Run {
    Run { from: piece.from, to: piece.to, old: Side::Along(*piece), new: Side::Nothing }
}

/// The values of an option charge, with what they cost.
fn values_of<'a>(
    compiled: &'a Compiled<'_>,
    charge: usize,
    values: &'a [OptionValue],
) -> impl Iterator<Item = (i64, Pick)> + use<'a> {
    let value = move |index| {
        let pick = Pick::Value(index);
        Some((compiled.table.charge(charge, pick).ok()?.fen(), pick))
    };
    (0..values.len()).filter_map(value)
}

/// The runs of a quantity charge that both editions have: for every new quantity that an old one may become, the dearest of
/// those; where that stays the same over some new quantities, only the first of these, which is the cheapest.
fn not_shrinking(old: &[Piece], new: &[Piece]) -> Vec<Run> {
    let mut runs = Vec::new();
    let Some(minimum) = old.first().map(|piece| piece.from) else { return runs };
    // The dearest old quantity below the piece at hand: a piece is dearest at its end.
    let mut dearest: Option<(i64, u32)> = None;
    let mut old = old.iter().peekable();
    for piece in new.iter().filter(|piece| piece.to >= minimum) {
        let mut at = piece.from.max(minimum);
        loop {
            while let Some(passed) = old.next_if(|old| old.to < at) {
                let end = passed.amount(passed.to);
                if dearest.is_none_or(|(known, _)| end > known) {
                    dearest = Some((end, passed.to));
                }
            }
            let ahead = old.peek().copied();
            let here = ahead.filter(|old| old.from <= at);
            let last = match (here, ahead) {
                (Some(here), _) => here.to.min(piece.to),
                (None, Some(ahead)) => (ahead.from - 1).min(piece.to),
                (None, None) => piece.to,
            };
            let dearer_here = here.and_then(|here| {
                let first = dearest.map_or(Some(at), |(known, _)| here.first_above(known))?.max(at);
                (first <= last).then_some((here, first))
            });
            if let Some((amount, n)) = dearest.filter(|_| dearer_here.is_none_or(|(_, first)| first > at)) {
                let old = Side::Fixed(Pick::Quantity(n), amount);
                let new = Side::Fixed(Pick::Quantity(at), piece.amount(at));
                runs.push(Run::point(at, old, new));
            }
            if let Some((here, first)) = dearer_here {
                runs.push(Run { from: first, to: last, old: Side::Along(*here), new: Side::Along(*piece) });
            }
            if last == piece.to {
                break;
            }
            at = last + 1;
        }
    }
    runs
}

//! The direct way: exactly what is wanted, then renewals.

use std::collections::BTreeMap;

use super::Action;
use super::explore::Way;
use super::grid::Grid;
use super::state::{Made, Move, State};
use crate::calendar::{Timestamp, span};
use crate::catalog::PriceKind;
use crate::money::Fen;

/// The cheapest direct way that reaches `until`.
pub(super) fn cheapest(grid: &Grid<'_>, start: Option<&State>, now: Timestamp, until: Timestamp) -> Option<Way> {
    let begun = match start {
        None => purchases(grid, now),
        Some(start) => changes(grid, start),
    };
    let mut best: Option<Way> = None;
    // What a renewal costs depends on nothing but the selection; where it leads, on the end and the anchor so far.
    let mut places: BTreeMap<(i64, u8), (State, Vec<Move>)> = BTreeMap::new();
    for (state, moves) in begun {
        keep(&mut places, state, moves);
    }
    while let Some((_, (state, moves))) = places.pop_first() {
        if best.as_ref().is_some_and(|best| best.cost <= state.cost) {
            continue;
        }
        if state.arrived(grid, until) {
            best = Some(Way { cost: state.cost, moves });
            continue;
        }
        if !grid.has_wanted(state.node) || !grid.renewable(state.node) {
            continue;
        }
        for &term in &grid.edition(state.node).terms {
            // As soon as may be: not more than five years ahead.
            let renewed = state.instants(grid).find_map(|at| Some((at, state.renewal(grid, term, at)?)));
            let Some(((at, span), price)) = renewed.zip(grid.price(state.node, term)) else { continue };
            let step = Move { action: Action::Renew, at, node: state.node, term: Some(term) };
            let moves = moves.iter().copied().chain([step]).collect();
            keep(&mut places, state.renewed(grid, term, at, span, price.renew), moves);
        }
    }
    best
}

/// Keeps the cheaper of two ways to the same place, of equally cheap ones the shorter.
fn keep(places: &mut BTreeMap<(i64, u8), (State, Vec<Move>)>, state: State, moves: Vec<Move>) {
    let place = (state.end().unix(), state.anchor_day);
    let better = places.get(&place).is_none_or(|(known, by)| (state.cost, moves.len()) < (known.cost, by.len()));
    if better {
        places.insert(place, (state, moves));
    }
}

fn purchases(grid: &Grid<'_>, now: Timestamp) -> Vec<(State, Vec<Move>)> {
    let Some(node) = grid.exact.filter(|node| grid.for_sale(*node)) else { return Vec::new() };
    let bought = grid.edition(node).terms.iter().filter_map(|&term| {
        let span = span(now, None, term, grid.offer.gift_days(term), grid.rules.day_count)?;
        let price = grid.price(node, term)?.new;
        let made = Made { node, term, kind: PriceKind::New, price, span };
        let step = Move { action: Action::Purchase, at: now, node, term: Some(term) };
        Some((State::fresh(grid, made, price), vec![step]))
    });
    bought.collect()
}

/// The service as it is, if that is what is wanted, and after each single change to exactly that.
fn changes(grid: &Grid<'_>, start: &State) -> Vec<(State, Vec<Move>)> {
    let at = start.at;
    let mut all = Vec::new();
    if grid.has_wanted(start.node) {
        all.push((start.clone(), Vec::new()));
    }
    let exact = grid.exact.filter(|to| start.active(at) && grid.targets(start.node).contains(to));
    let Some(to) = exact else { return all };
    let mut differences = Vec::new();
    if grid.rules.change_modes.co_term
        && to != start.node
        && start.differences(grid, to, at, &mut differences).is_some()
        && let Some(changed) = start.changed(to, at, &differences)
    {
        all.push((changed, vec![Move { action: Action::CoTerm, at, node: to, term: None }]));
    }
    if grid.rules.change_modes.re_term {
        let credit = start.credit(at);
        let made = grid.edition(to).terms.iter().filter_map(|&term| {
            let (span, pair) = (start.new_term(grid, term, at)?, grid.price(to, term)?);
            let same = grid.same_edition(start.node, to);
            let (kind, price) = if same { pair.dearer() } else { (PriceKind::New, pair.new) };
            let step = Move { action: Action::ReTerm, at, node: to, term: Some(term) };
            let made = Made { node: to, term, kind, price, span };
            let state = State::fresh(grid, made, (price - credit).max(Fen::ZERO));
            grid.options_hold(start.node, to, term).then(|| (state, vec![step]))
        });
        all.extend(made);
    }
    all
}

//! All paths, step by step; what another state dominates is not followed.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::grid::Grid;
use super::state::{Made, Move, State};
use super::{Action, MOST_STEPS, NotSearched};
use crate::calendar::{DAY, DayCount, Span, Term, Timestamp, span};
use crate::catalog::PriceKind;
use crate::lifecycle::{Segment, SegmentKind};
use crate::money::Fen;

/// A way that was found: its moves and what they cost.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) cost: Fen,
    pub(super) moves: Vec<Move>,
}

/// A state, and how it was come to.
struct Reached {
    state: State,
    /// The state before, and the move; none at the start.
    by: Option<(Option<usize>, Move)>,
}

/// A search under way.
pub(super) struct Explorer<'g, 'a> {
    grid: &'g Grid<'a>,
    now: Timestamp,
    until: Timestamp,
    /// A path must cost less than this.
    bound: Option<Fen>,
    best: Option<usize>,
    reached: Vec<Reached>,
    /// By the hash of everything but what was paid and what it cost.
    alike: HashMap<u64, Vec<usize>>,
    /// What a purchase now spans, by the months of its term.
    purchases: Vec<(Term, Span)>,
    tried: u64,
}

/// A step that might be made.
struct Candidate {
    by: (Option<usize>, Move),
    cost: Fen,
    end: Timestamp,
    last: bool,
}

impl<'g, 'a> Explorer<'g, 'a> {
    pub(super) fn new(grid: &'g Grid<'a>, now: Timestamp, until: Timestamp, bound: Option<Fen>) -> Self {
        Self {
            grid,
            now,
            until,
            bound,
            best: None,
            reached: Vec::new(),
            alike: HashMap::new(),
            purchases: Vec::new(),
            tried: 0,
        }
    }

    /// The cheapest path that costs less than the bound.
    pub(super) fn run(mut self, start: Option<&State>) -> Result<Option<Way>, NotSearched> {
        let mut steps = MOST_STEPS;
        if let Some(start) = start {
            self.reached.push(Reached { state: start.clone(), by: None });
        } else {
            self.purchase();
            steps -= 1;
        }
        let mut first = 0;
        for left in (1..=steps).rev() {
            let layer = first..self.reached.len();
            first = layer.end;
            for from in layer {
                self.follow(from, left == 1);
                if self.tried > self.grid.effort.steps {
                    return Err(NotSearched::TooLarge);
                }
            }
        }
        Ok(self.best.map(|best| self.way(best)))
    }

    fn way(&self, best: usize) -> Way {
        let mut moves = Vec::new();
        let mut at = Some(best);
        while let Some(reached) = at.map(|at| &self.reached[at]) {
            at = None;
            if let Some((before, step)) = reached.by {
                moves.push(step);
                at = before;
            }
        }
        moves.reverse();
        Way { cost: self.reached[best].state.cost, moves }
    }

    fn purchase(&mut self) {
        let grid = self.grid;
        for node in (0..grid.nodes.len()).filter(|node| grid.for_sale(*node)) {
            for &term in &grid.edition(node).terms {
                let span = span(self.now, None, term, grid.offer.gift_days(term), grid.rules.day_count);
                let Some((price, span)) = grid.price(node, term).zip(span) else { continue };
                if self.purchases.iter().all(|(known, _)| *known != term) {
                    self.purchases.push((term, span));
                }
                let step = Move { action: Action::Purchase, at: self.now, node, term: Some(term) };
                let candidate = Candidate { by: (None, step), cost: price.new, end: span.end, last: false };
                let made = Made { node, term, kind: PriceKind::New, price: price.new, span };
                self.consider(candidate, || Some(State { plain: true, ..State::fresh(grid, made, price.new) }));
            }
        }
    }

    fn follow(&mut self, from: usize, last: bool) {
        let state = self.reached[from].state.clone();
        if state.arrived(self.grid, self.until) || self.bound.is_some_and(|bound| state.cost >= bound) {
            return;
        }
        for at in state.instants(self.grid) {
            self.renew(from, &state, at, last);
            if state.active(at) {
                if self.grid.rules.change_modes.co_term {
                    self.co_term(from, &state, at, last);
                }
                if self.grid.rules.change_modes.re_term {
                    self.re_term(from, &state, at, last);
                }
            }
        }
    }

    fn renew(&mut self, from: usize, state: &State, at: Timestamp, last: bool) {
        let grid = self.grid;
        // Once the date is reached, a longer service costs more and brings nothing, but for an anchor on a later day.
        let useless = state.end() >= self.until && !self.anchors_matter(at);
        if !grid.renewable(state.node) || useless {
            return;
        }
        for &term in &grid.edition(state.node).terms {
            let Some((price, span)) = grid.price(state.node, term).zip(state.renewal(grid, term, at)) else { continue };
            let step = Move { action: Action::Renew, at, node: state.node, term: Some(term) };
            let candidate = Candidate { by: (Some(from), step), cost: state.cost + price.renew, end: span.end, last };
            self.consider(candidate, || Some(state.renewed(grid, term, at, span, price.renew)));
        }
    }

    /// Whether a term begun at `at` may end later for another anchor: from the last day of a month on (rule M4).
    fn anchors_matter(&self, at: Timestamp) -> bool {
        let next_day = at.plus_seconds(DAY).map_or(1, Timestamp::day);
        self.grid.rules.day_count == DayCount::Calendar && self.grid.rules.change_modes.re_term && next_day == 1
    }

    fn co_term(&mut self, from: usize, state: &State, at: Timestamp, last: bool) {
        let grid = self.grid;
        let end = state.end();
        if last && end < self.until {
            return;
        }
        let mut differences = Vec::new();
        for &to in grid.targets(state.node) {
            if to == state.node || (last && !grid.has_wanted(to)) || state.could_have_been(grid, to, at) {
                continue;
            }
            self.tried += 1;
            let Some(due) = state.differences(grid, to, at, &mut differences) else { continue };
            let step = Move { action: Action::CoTerm, at, node: to, term: None };
            let candidate = Candidate { by: (Some(from), step), cost: state.cost + due, end, last };
            self.consider(candidate, || state.changed(to, at, &differences));
        }
    }

    fn re_term(&mut self, from: usize, state: &State, at: Timestamp, last: bool) {
        let grid = self.grid;
        let credit = state.credit(at);
        let mut terms: Vec<(Term, Span)> = Vec::new();
        for &to in grid.targets(state.node) {
            if last && !grid.has_wanted(to) {
                continue;
            }
            for &term in &grid.edition(to).terms {
                let known = terms.iter().find(|(known, _)| *known == term).copied();
                let Some((_, span)) = known.or_else(|| Some((term, state.new_term(grid, term, at)?))) else { continue };
                if known.is_none() {
                    terms.push((term, span));
                }
                // All that was paid is credited yet: buying this at once makes the same, and costs no more.
                if at == self.now && self.purchases.contains(&(term, span)) {
                    continue;
                }
                self.tried += 1;
                let Some(pair) = grid.price(to, term) else { continue };
                let same = grid.same_edition(state.node, to);
                let (kind, price) = if same { pair.dearer() } else { (PriceKind::New, pair.new) };
                if !grid.options_hold(state.node, to, term) {
                    continue;
                }
                let cost = state.cost + (price - credit).max(Fen::ZERO);
                let step = Move { action: Action::ReTerm, at, node: to, term: Some(term) };
                let made = Made { node: to, term, kind, price, span };
                let candidate = Candidate { by: (Some(from), step), cost, end: span.end, last };
                self.consider(candidate, || Some(State::fresh(grid, made, cost)));
            }
        }
    }

    /// Keeps the state that `make` makes, unless it leads nowhere or another one is as good.
    fn consider(&mut self, candidate: Candidate, make: impl FnOnce() -> Option<State>) {
        if self.bound.is_some_and(|bound| candidate.cost >= bound) {
            return;
        }
        if candidate.last && !(candidate.end >= self.until && self.grid.has_wanted(candidate.by.1.node)) {
            return;
        }
        let Some(state) = make() else { return };
        let arrived = state.arrived(self.grid, self.until);
        if candidate.last && !arrived {
            return;
        }
        if arrived {
            self.bound = Some(state.cost);
            self.best = Some(self.reached.len());
        } else if self.dominated(&state) {
            return;
        }
        self.reached.push(Reached { state, by: Some(candidate.by) });
    }

    /// Whether a state that was reached before, with no more steps, is as good; if not, this one is remembered.
    fn dominated(&mut self, state: &State) -> bool {
        let reached = &self.reached;
        let alike = self.alike.entry(shape_hash(state)).or_default();
        if alike.iter().any(|&known| dominates(&reached[known].state, state)) {
            return true;
        }
        alike.push(reached.len());
        false
    }
}

/// Everything about a segment but what was paid for it.
fn shape(segment: &Segment) -> (Timestamp, Timestamp, SegmentKind, i64) {
    (segment.start, segment.end, segment.kind, segment.term_seconds)
}

fn shape_hash(state: &State) -> u64 {
    let mut hasher = DefaultHasher::new();
    (state.node, state.at.unix(), state.anchor_day).hash(&mut hasher);
    for segment in &state.segments {
        (segment.start.unix(), segment.end.unix()).hash(&mut hasher);
    }
    hasher.finish()
}

/// Whether whatever can be done from `worse` can be done from `better` for no more in all.
fn dominates(better: &State, worse: &State) -> bool {
    let alike = (better.node, better.at, better.anchor_day) == (worse.node, worse.at, worse.anchor_day)
        && better.segments.len() == worse.segments.len();
    let segments = || better.segments.iter().zip(&worse.segments);
    if !alike || better.cost > worse.cost || segments().any(|(a, b)| shape(a) != shape(b)) {
        return false;
    }
    let lacking = segments().fold(Fen::ZERO, |sum, (a, b)| sum + (b.paid - a.paid).max(Fen::ZERO));
    lacking <= worse.cost - better.cost
}

//! One move for each charge, such that the new selection is cheaper.

use super::moves::{Run, Slot};
use super::{Compiled, Steps};
use crate::money::{Fen, Rate};

/// A run's index in its slot, and a quantity of it.
pub(super) type Choice = (usize, u32);

/// What a price's list sum is weighed with, in ten-thousandths, so that offers need no rounding when bounds are computed.
const WHOLE: i64 = 10_000;

/// Sums above this cost more than any that can be bought, offers and all: no need to tell them apart.
const BEYOND: i64 = 4 * Fen::LIMIT.fen();

/// How many sums are kept from one charge to the next.
const MOST_SUMS: usize = 4096;

/// A search among the moves of one change for one term.
pub(super) struct Search {
    pub(super) slots: Vec<Slot>,
    base: Sums,
    old_rate: Option<Rate>,
    new_rate: Option<Rate>,
    cap: i64,
    /// The largest new list sum that is below the cap, or within the limit.
    most: i64,
    /// The smallest new amount of each slot.
    least: Vec<i64>,
}

/// The list sums of old and new selection, in fen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sums {
    new: i64,
    old: i64,
}

impl Sums {
    fn and(self, other: Self) -> Self {
        Self { new: (self.new + other.new).min(BEYOND), old: (self.old + other.old).min(BEYOND) }
    }

    fn without(self, other: Self) -> Self {
        Self { new: self.new - other.new, old: self.old - other.old }
    }
}

/// A sum of some slots' moves.
#[derive(Clone, Copy)]
struct Partial {
    sums: Sums,
    /// Of the partial sum before this one, in the layer before.
    before: usize,
    choice: Choice,
}

/// A list sum after its discount.
fn discounted(rate: Option<Rate>, list: i64) -> i64 {
    rate.map_or(list, |rate| list - rate.taken_off(Fen::new(list)).fen())
}

fn weight(rate: Option<Rate>) -> i64 {
    rate.map_or(WHOLE, |rate| rate.ten_thousandths().into())
}

impl Search {
    /// `None` where no change is possible, or every new selection costs the cap.
    pub(super) fn new(slots: Vec<Slot>, old: &Compiled<'_>, new: &Compiled<'_>, cap: Option<Fen>) -> Option<Self> {
        let least: Option<Vec<i64>> =
            slots.iter().map(|slot| slot.runs.iter().map(|run| run.new.amount(run.from)).min()).collect();
        let cap = cap.map_or(i64::MAX, Fen::fen);
        let base = Sums { new: new.table.base().fen(), old: old.table.base().fen() };
        let mut search =
            Self { slots, base, old_rate: old.rate, new_rate: new.rate, cap, most: 0, least: least?.clone() };
        search.most = search.most_below_cap()?;
        let room = search.least.iter().try_fold(search.most - base.new, |room, least| room.checked_sub(*least))?;
        if room < 0 {
            return None;
        }
        // What cannot be below the cap even with all else at its smallest is never part of a witness.
        for (slot, least) in search.slots.iter_mut().zip(&search.least) {
            slot.runs.retain_mut(|run| cut(run, least + room));
        }
        Some(search)
    }

    fn most_below_cap(&self) -> Option<i64> {
        let below = |list: i64| discounted(self.new_rate, list) < self.cap;
        if !below(0) {
            return None;
        }
        let (mut low, mut high) = (0, Fen::LIMIT.fen());
        while low < high {
            let middle = low + (high - low + 1) / 2;
            if below(middle) { low = middle } else { high = middle - 1 }
        }
        Some(low)
    }

    /// A witness, as small as it gets.
    pub(super) fn run(&self, steps: &mut Steps) -> Option<Vec<Choice>> {
        let best: Vec<Choice> = self.slots.iter().map(|slot| self.heaviest(slot)).collect::<Option<_>>()?;
        let most_gain = self.gain(self.total(&best));
        // Rounding moves a price by half a fen at most: a gain of nothing stays nothing.
        if most_gain <= 0 {
            return None;
        }
        let found = if self.negative(self.total(&best)) { Some(best) } else { self.one_move() };
        found.or_else(|| self.among_sums(steps)).map(|found| self.smallest(found))
    }

    /// A witness in which all charges but one are at their smallest.
    fn one_move(&self) -> Option<Vec<Choice>> {
        let least: Vec<Choice> = self.slots.iter().map(Self::cheapest).collect::<Option<_>>()?;
        self.slots.iter().enumerate().find_map(|(index, slot)| {
            let mut choices = least.clone();
            let mut ends = slot.runs.iter().enumerate().flat_map(|(i, run)| run.ends().map(move |n| (i, n)));
            let rest = self.total(&least).without(Self::of(&slot.runs[least[index].0], least[index].1));
            choices[index] = ends.find(|(run, n)| self.negative(rest.and(Self::of(&slot.runs[*run], *n))))?;
            Some(choices)
        })
    }

    /// The move that costs the least, the one that gains the most of several.
    fn cheapest(slot: &Slot) -> Option<Choice> {
        let least = slot.runs.iter().enumerate().map(|(i, run)| (i, run.from));
        least.min_by_key(|(i, n)| {
            let sums = Self::of(&slot.runs[*i], *n);
            (sums.new, -sums.old)
        })
    }

    /// Old less new, each after its discount, in ten-thousandths of a fen, unrounded.
    fn gain(&self, sums: Sums) -> i128 {
        i128::from(weight(self.old_rate)) * i128::from(sums.old)
            - i128::from(weight(self.new_rate)) * i128::from(sums.new)
    }

    /// Whether the new selection is really cheaper.
    fn negative(&self, sums: Sums) -> bool {
        let new = discounted(self.new_rate, sums.new);
        sums.new <= self.most && new < self.cap && new < discounted(self.old_rate, sums.old)
    }

    fn of(run: &Run, n: u32) -> Sums {
        Sums { new: run.new.amount(n), old: run.old.amount(n) }
    }

    fn total(&self, choices: &[Choice]) -> Sums {
        let moves = self.slots.iter().zip(choices).map(|(slot, (run, n))| Self::of(&slot.runs[*run], *n));
        moves.fold(self.base, Sums::and)
    }

    /// The move that gains the most, the cheapest of several.
    fn heaviest(&self, slot: &Slot) -> Option<Choice> {
        let ends = slot.runs.iter().enumerate().flat_map(|(i, run)| run.ends().map(move |n| (i, n)));
        ends.min_by_key(|(i, n)| {
            let sums = Self::of(&slot.runs[*i], *n);
            (-self.gain(sums), sums.new)
        })
    }

    /// Sums of moves, charge by charge, first only the best of them, then all.
    fn among_sums(&self, steps: &mut Steps) -> Option<Vec<Choice>> {
        let found = self.sums(true, steps);
        // Without rounding a sum that gains more for less is always as good.
        let rounds = |rate: Option<Rate>| weight(rate) != WHOLE;
        if found.is_some() || !rounds(self.old_rate) || !rounds(self.new_rate) {
            return found;
        }
        self.sums(false, steps)
    }

    fn sums(&self, best_only: bool, steps: &mut Steps) -> Option<Vec<Choice>> {
        let order = self.order();
        let (gain_after, least_after) = self.bounds(&order);
        let mut layers: Vec<Vec<Partial>> = vec![vec![Partial { sums: self.base, before: 0, choice: (0, 0) }]];
        for (depth, &slot) in order.iter().enumerate() {
            let slot = &self.slots[slot];
            let known = layers.last()?;
            let moves = self.moves(slot, best_only);
            let last = depth + 1 == order.len();
            let long: Vec<(usize, &Run)> =
                slot.runs.iter().enumerate().filter(|(_, run)| last && run.is_long()).collect();
            if !steps.spend(known.len() * (moves.len() + 32 * long.len())) {
                return None;
            }
            let mut next: Vec<Partial> = Vec::new();
            for (before, partial) in known.iter().enumerate() {
                let mut add = |run: usize, n: u32| {
                    let sums = partial.sums.and(Self::of(&slot.runs[run], n));
                    let hopeful = sums.new <= self.most - least_after[depth] && self.gain(sums) + gain_after[depth] > 0;
                    if hopeful {
                        next.push(Partial { sums, before, choice: (run, n) });
                    }
                };
                for &(run, n) in &moves {
                    add(run, n);
                }
                // The last charge is fitted to what the others leave below the cap.
                for &(i, run) in &long {
                    let mut fitted = *run;
                    if cut(&mut fitted, self.most - partial.sums.new) {
                        let (_, high) = run.around(fitted.to);
                        (high..=fitted.to).for_each(|n| add(i, n));
                    }
                }
                if next.len() > 16 * MOST_SUMS {
                    self.prune(&mut next, best_only);
                }
            }
            self.prune(&mut next, best_only);
            layers.push(next);
        }
        let found = layers.last()?.iter().position(|partial| self.negative(partial.sums))?;
        Some(self.trace(&layers, &order, found))
    }

    /// The slots by index; one with a long run last.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.slots.len()).collect();
        order.sort_by_key(|&slot| self.slots[slot].runs.iter().any(Run::is_long));
        order
    }

    /// For each slot in order: what the later ones can gain at most, and cost at least.
    fn bounds(&self, order: &[usize]) -> (Vec<i128>, Vec<i64>) {
        let (mut gain, mut least) = (0, 0);
        let mut bounds: Vec<(i128, i64)> = Vec::with_capacity(order.len());
        for &slot in order.iter().rev() {
            bounds.push((gain, least));
            let heaviest = self.heaviest(&self.slots[slot]);
            gain += heaviest.map_or(0, |(run, n)| self.gain(Self::of(&self.slots[slot].runs[run], n)));
            least += self.least[slot];
        }
        bounds.into_iter().rev().unzip()
    }

    /// The moves to try; `best_only` leaves out what costs no less and gains no more than another.
    fn moves(&self, slot: &Slot, best_only: bool) -> Vec<Choice> {
        let all = slot.runs.iter().enumerate().flat_map(|(i, run)| run.quantities().map(move |n| (i, n)));
        let mut all: Vec<(Sums, Choice)> =
            all.map(|choice| (Self::of(&slot.runs[choice.0], choice.1), choice)).collect();
        self.keep_best(&mut all, best_only, |(sums, _)| *sums);
        all.into_iter().map(|(_, choice)| choice).collect()
    }

    fn prune(&self, partials: &mut Vec<Partial>, best_only: bool) {
        self.keep_best(partials, best_only, |partial| partial.sums);
        if partials.len() > MOST_SUMS {
            let every = partials.len().div_ceil(MOST_SUMS);
            let mut index = 0;
            partials.retain(|_| {
                index += 1;
                index % every == 0
            });
        }
    }

    /// Sorts by the new sum; keeps each pair of sums once, or only those that gain more than all that cost less.
    fn keep_best<T>(&self, items: &mut Vec<T>, best_only: bool, sums: impl Fn(&T) -> Sums) {
        items.sort_by_key(|item| (sums(item).new, -sums(item).old));
        if best_only {
            let mut most = None;
            items.retain(|item| {
                let gain = self.gain(sums(item));
                let better = most.is_none_or(|most| gain > most);
                if better {
                    most = Some(gain);
                }
                better
            });
        } else {
            items.dedup_by_key(|item| sums(item));
        }
    }

    fn trace(&self, layers: &[Vec<Partial>], order: &[usize], found: usize) -> Vec<Choice> {
        let mut choices = vec![(0, 0); self.slots.len()];
        let mut index = found;
        for (layer, &slot) in layers[1..].iter().zip(order).rev() {
            choices[slot] = layer[index].choice;
            index = layer[index].before;
        }
        choices
    }

    /// The same witness with everything that is not needed for it at its smallest, and no quantity larger than it must be.
    fn smallest(&self, mut choices: Vec<Choice>) -> Vec<Choice> {
        for (index, slot) in self.slots.iter().enumerate() {
            let mut smaller = choices.clone();
            smaller[index] = Self::cheapest(slot).unwrap_or(choices[index]);
            if self.negative(self.total(&smaller)) {
                choices = smaller;
            }
        }
        for index in 0..choices.len() {
            let (run, most) = choices[index];
            let mut with = |n: u32| {
                choices[index].1 = n;
                self.negative(self.total(&choices))
            };
            let (mut low, mut high) = (self.slots[index].runs[run].from, most);
            while low < high {
                let middle = low + (high - low) / 2;
                if with(middle) { high = middle } else { low = middle + 1 }
            }
            choices[index].1 = low;
        }
        choices
    }
}

/// Cuts off the quantities whose new amount is above `most`; whether some are left.
fn cut(run: &mut Run, most: i64) -> bool {
    if run.new.amount(run.from) > most {
        return false;
    }
    if run.new.amount(run.to) > most
        && let super::moves::Side::Along(piece) = &run.new
    {
        run.to = piece.last_within(most).unwrap_or(run.from).min(run.to);
    }
    true
}

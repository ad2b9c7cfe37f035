//! What a change does to one charge.

use super::super::pieces::Piece;
use crate::pricing::Pick;

/// What a change can do to one charge: exactly one of its runs, at one of its quantities.
pub(super) struct Slot {
    /// The charge's index in the old edition.
    pub(super) old: Option<usize>,
    /// The charge's index in the new edition.
    pub(super) new: Option<usize>,
    /// What it can do; without any the change is not possible.
    pub(super) runs: Vec<Run>,
}

/// Neighbouring quantities over which neither side's cost falls.
#[derive(Clone, Copy)]
pub(super) struct Run {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) old: Side,
    pub(super) new: Side,
}

/// What one side of a change has of the charge, and what that costs in fen.
#[derive(Clone, Copy)]
pub(super) enum Side {
    /// Nothing: the edition does not have the charge, or another slot speaks for it.
    Nothing,
    /// The same for the whole run.
    Fixed(Pick, i64),
    /// The run's quantity.
    Along(Piece),
}

impl Side {
    pub(super) fn amount(&self, n: u32) -> i64 {
        match self {
            Self::Nothing => 0,
            Self::Fixed(_, amount) => *amount,
            Self::Along(piece) => piece.amount(n),
        }
    }

    pub(super) fn pick(&self, n: u32) -> Option<Pick> {
        match self {
            Self::Nothing => None,
            Self::Fixed(pick, _) => Some(*pick),
            Self::Along(_) => Some(Pick::Quantity(n)),
        }
    }

    fn rounded(&self) -> bool {
        matches!(self, Self::Along(piece) if piece.rounded())
    }
}

/// Longer runs are not tried out quantity by quantity.
pub(super) const SHORT: u32 = 64;

impl Run {
    /// A run of one.
    pub(super) fn point(n: u32, old: Side, new: Side) -> Self {
        Self { from: n, to: n, old, new }
    }

    pub(super) fn is_long(&self) -> bool {
        self.to - self.from >= SHORT
    }

    /// Every quantity of a short run; of a long one, those that [`Run::ends`] gives.
    pub(super) fn quantities(&self) -> impl Iterator<Item = u32> + use<> {
        let (low, high) = if self.is_long() { self.around(self.to) } else { (self.to, self.to) };
        (self.from..=low).chain(high.max(low.saturating_add(1))..=self.to)
    }

    /// The quantities that the extremes of any weighing of both sides are among: on straight lines the two ends. What is
    /// rounded from a year's price is a straight line over every twelfth quantity, so then twelve at each end.
    pub(super) fn ends(&self) -> impl Iterator<Item = u32> + use<> {
        let (low, high) = self.around(self.to);
        (self.from..=low).chain(high.max(low.saturating_add(1))..=self.to)
    }

    /// The last quantity to look at from the run's beginning, and the first to look at up to `last`.
    pub(super) fn around(&self, last: u32) -> (u32, u32) {
        let more = if self.old.rounded() || self.new.rounded() { 11 } else { 0 };
        (self.from.saturating_add(more).min(last), last.saturating_sub(more).max(self.from))
    }
}

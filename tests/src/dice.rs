//! Where random choices come from.
//!
//! Every choice is a number below a bound, and 0 is always the simplest. So a tape of numbers that proptest shrinks
//! (shorter, smaller) shrinks whatever was built from it, without a strategy for each thing; and a seed gives the same
//! things without proptest.

use proptest::prelude::{ProptestConfig, Strategy, any};

/// A source of choices.
#[derive(Clone, Debug)]
pub struct Dice {
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    /// Endless numbers (splitmix64).
    Seed(u64),
    /// These numbers, then zeros.
    Tape { rolls: Vec<u32>, next: usize },
}

/// Dice that proptest rolls and shrinks.
pub fn dice() -> impl Strategy<Value = Dice> {
    proptest::collection::vec(any::<u32>(), 0..1500).prop_map(Dice::from_tape)
}

/// How proptest runs here: `PROPTEST_CASES` sets how often. Nothing is written into the tree: a failure prints its tape,
/// which [`Dice::from_tape`] takes in a test of its own.
pub fn runs() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

impl Dice {
    /// Dice that always roll the same for the same seed.
    pub fn seeded(seed: u64) -> Self {
        Self { source: Source::Seed(seed) }
    }

    /// Dice that roll what the tape says, and 0 from its end on.
    pub fn from_tape(rolls: Vec<u32>) -> Self {
        Self { source: Source::Tape { rolls, next: 0 } }
    }

    fn roll(&mut self) -> u32 {
        match &mut self.source {
            Source::Seed(state) => {
                *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
                let mut z = *state;
                z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
                u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or(0)
            }
            Source::Tape { rolls, next } => {
                let roll = rolls.get(*next).copied().unwrap_or(0);
                *next += 1;
                roll
            }
        }
    }

    /// A number from 0 to `n − 1`; 0 where `n` is 0.
    pub fn below(&mut self, n: u32) -> u32 {
        let roll = u64::from(self.roll());
        u32::try_from((roll * u64::from(n)) >> 32).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low).saturating_add(1))
    }

    /// Yes in so many of a hundred; no is the simplest.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) >= 100 - percent.min(100)
    }

    /// One of the items; the first is the simplest.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.index(items.len())]
    }

    /// An index into so many items.
    pub fn index(&mut self, len: usize) -> usize {
        self.below(u32::try_from(len).unwrap_or(u32::MAX)) as usize
    }

    /// Some of the items, in their order, at least `least` of them where there are so many.
    pub fn some<T: Clone>(&mut self, items: &[T], least: usize) -> Vec<T> {
        let mut chosen = Vec::new();
        for (i, item) in items.iter().enumerate() {
            let needed = chosen.len() < least && items.len() - i <= least - chosen.len();
            if needed || self.chance(50) {
                chosen.push(item.clone());
            }
        }
        chosen
    }
}

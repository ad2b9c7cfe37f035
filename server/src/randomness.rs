//! The one source of what the market's history is named by: ids of orders, movements, notices and quotations.
//!
//! Secrets (sessions, tokens, passwords' salts, keys) never come from here: they are the system's alone.

use core::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

/// Where ids come from.
#[derive(Debug, Default)]
pub enum Randomness {
    /// The system: cannot be guessed.
    #[default]
    System,
    /// A seed, so that a history can be lived through again, the same ids in the same order. For tests: who knows the seed
    /// knows the ids.
    Seeded {
        /// The seed.
        seed: u64,
        /// How often it was drawn from.
        drawn: AtomicU64,
    },
}

impl Randomness {
    /// Begins anew from a seed.
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded { seed, drawn: AtomicU64::new(0) }
    }

    /// 256 random bits.
    pub fn draw(&self) -> Result<[u8; 32], getrandom::Error> {
        match self {
            Self::System => {
                let mut random = [0; 32];
                getrandom::fill(&mut random)?;
                Ok(random)
            }
            Self::Seeded { seed, drawn } => {
                let nth = drawn.fetch_add(1, Ordering::Relaxed);
                Ok(Sha256::new().chain_update(seed.to_be_bytes()).chain_update(nth.to_be_bytes()).finalize().into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(randomness: &Randomness) -> [[u8; 32]; 3] {
        [(); 3].map(|()| randomness.draw().expect("random"))
    }

    #[test]
    fn a_seed_is_lived_through_again_and_the_system_is_not() {
        let (one, again) = (drawn(&Randomness::seeded(7)), drawn(&Randomness::seeded(7)));
        assert_eq!(one, again);
        assert_ne!(one[0], one[1]);
        assert_ne!(one, drawn(&Randomness::seeded(8)));
        assert_ne!(drawn(&Randomness::System), drawn(&Randomness::System));
    }
}

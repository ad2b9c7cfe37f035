//! What the tests of this crate share: random configurations, selections and instants.

pub mod dice;
pub mod generate;

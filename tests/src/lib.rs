//! What the tests of this crate share: random configurations, selections and instants, and a second, slower opinion on
//! every amount, which shares no code with what it judges.

pub mod chain;
pub mod codes;
pub mod dice;
pub mod document;
pub mod evaluate;
pub mod generate;
pub mod oracle;

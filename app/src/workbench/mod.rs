//! What an ISV works on its products with.

pub mod changes;
pub mod findings;
pub mod preview;

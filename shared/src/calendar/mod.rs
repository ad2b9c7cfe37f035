//! Time: instants with second precision, the marketplace's fixed civil offset, and how long a term lasts (rules M3–M5).
//!
//! Invariant: nothing here reads a clock. An instant is an argument.

mod instant;
mod offset;
mod span;
mod term;

pub use instant::Timestamp;
pub use offset::{NotATime, Offset};
pub use span::{DayCount, Span, span};
pub use term::{NotATerm, Period, Term};

/// Seconds of a day.
pub const DAY: i64 = 86_400;

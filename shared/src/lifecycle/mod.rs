//! Subscriptions: a step takes one as it stands and returns the quote, with the subscription as it will stand once the
//! quote is paid (rulebook section 4, the pure part).
//!
//! Invariant (rule L14): what was paid in is consumed, remaining, refunded or forfeited; no step makes money.

mod change;
mod purchase;
mod quote;
mod renew;
mod subscription;
mod trial;

pub use change::{ChangeMode, change};
pub use purchase::purchase;
pub use quote::Quote;
pub use renew::{GRACE_SECONDS, renew, renew_as_placed};
pub use subscription::{Segment, SegmentKind, Subscription};
pub use trial::{ExtraTrial, NoTrial, TrialTerms, extended, trial};

//! A valid selection → its price, line by line, with how each line came about (rulebook section 3).

mod advice;
mod curve;
mod instance;
mod lines;
mod selection;
mod smallest;

pub use advice::{Advice, advice};
pub use curve::{Curve, CurvePoint, curve};
pub use instance::{Cut, InstancePrice, instance_price, priced_like, total};
pub use lines::{Line, LineKind, Part, PricePair, Why, lines};
pub use selection::{Pick, RawSelection, Selection, SelectionFile, SelectionRules};

pub use smallest::{cheapest, smallest};

pub(crate) use instance::option_amount;
pub(crate) use selection::{named_picks, read_picks};

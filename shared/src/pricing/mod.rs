//! A valid selection → its price, line by line, with how each line came about (rulebook section 3).

mod advice;
mod curve;
mod instance;
mod lines;
mod selection;
mod smallest;
mod table;

pub use advice::{Advice, advice};
pub use curve::{Curve, CurvePoint, curve};
pub use instance::{instance_price, priced_like, total};
pub use lines::{Line, LineKind, Part, PricePair, Why, lines};
pub use selection::{Pick, RawSelection, Selection, SelectionFile, SelectionRules};

pub use smallest::{cheapest, smallest};
pub use table::{Cut, InstancePrice, PriceTable};

pub(crate) use selection::{named_picks, read_picks};

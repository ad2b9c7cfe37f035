//! Random valid configurations, selections and instants; and broken ones by mutation.

mod broken;
mod configuration;
mod moment;
mod repriced;
mod selection;

pub use broken::broken;
pub use configuration::{Configuration, Size};
pub use moment::{instant, later, offset};
pub use repriced::repriced;
pub use selection::{selection, selection_of};

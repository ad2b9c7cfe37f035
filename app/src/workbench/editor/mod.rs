//! The editor: a product's sales configuration as a form, with what a buyer would see of it beside it.
//!
//! A keystroke changes the [`Form`](super::form::Form), which prints as a configuration and is read as one by the same code as
//! on the server: what is wrong, what it costs, what changes all follow from there, and nothing is asked of anybody.

mod bench;
mod checked;
mod history;
mod import;
mod kept;
mod model;
mod msg;
mod part;
mod place;
mod publish;
mod saving;
mod sites;
mod stored;
#[cfg(test)]
mod tests;
mod view;

pub use bench::{Bench, Told};
pub use checked::Checked;
pub use model::Editor;
pub use msg::Msg;
pub use part::{Part, Side};
pub use publish::Publishing;
pub use sites::Sites;
pub use stored::Published;

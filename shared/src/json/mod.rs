//! Reading JSON that anyone may have written: a tree that keeps repeated fields, and a place in it for each complaint.
//!
//! `serde`'s derived readers stop at the first thing that is wrong; a person mending a configuration wants to see all
//! of it (rule S18). So a document becomes a [`Node`] first, and the readers walk it with an [`At`] in hand.

mod at;
mod fields;
mod node;
mod read;
mod seen;

pub use at::At;
pub use fields::Fields;
pub use node::Node;
pub use read::{boolean, choice, entries, int, list, parsed, text};
pub(crate) use seen::Seen;

//! One's own account and what belongs to one's organisation: password, members and invitations, tokens for machines.
//!
//! For everybody who signs in, whatever their organisation does; the role decides what is there.

pub mod members;
pub mod security;
mod tabs;
pub mod tokens;

pub use tabs::{manages, sees_members};

//! Taking up an invitation: who invites, to what; a name and a password, and one is in.

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Invitation, Missing, Msg};

//! The members of one's organisation, and inviting others by link.

mod invite_view;
mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Members, Msg};

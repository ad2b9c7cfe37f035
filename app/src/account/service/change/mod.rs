//! Renewing, expanding, upgrading a service, or beginning a new term: quoted here, live, by the code that the server quotes
//! with, before anything is asked of the server.

mod card;
mod choices;
mod model;
mod picture;
#[cfg(test)]
mod tests;
mod view;
mod wish;
pub mod words;

pub use model::{Change, Desk, Msg};
pub use view::parts;
pub use wish::{Loss, Outcome, What, WhyNot, Wish};

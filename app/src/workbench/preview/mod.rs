//! The draft as buyers would see it: the store's own configurator, and what a running service could do, without a server.

mod case;
mod model;
mod running;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Persona, Preview, Width};

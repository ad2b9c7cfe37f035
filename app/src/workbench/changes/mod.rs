//! What the draft would change: in sentences, in the totals of typical selections, in the price curve, and for the services
//! that run.

mod figure;
mod impact;
mod model;
mod sentences;
mod table;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Changes, Msg};

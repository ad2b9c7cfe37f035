//! What is true on both sides of Quotient: exact pricing and the rules around it.
//!
//! The same crate runs in the page, as the buyer clicks, and on the server, before money moves. It has no I/O, no clock,
//! no randomness and no floats: instants come in as arguments. Modules point one way only:
//!
//! ```text
//! violation, json → money, calendar → catalog → pricing → lifecycle → warnings, paths, lifetime, differences, eval, orders; eval → golden
//! orders → aftersale → settlement → api → impact
//! ```
//!
//! Rule numbers in the documentation (M1, S14, L7 …) are those of `shared/RULES.md`.

pub mod aftersale;
pub mod api;
pub mod calendar;
pub mod catalog;
pub mod differences;
pub mod eval;
pub mod golden;
pub mod impact;
pub mod json;
pub mod lifecycle;
pub mod lifetime;
pub mod mail;
pub mod money;
pub mod orders;
pub mod paths;
pub mod pricing;
pub mod settlement;
pub mod violation;
pub mod warnings;

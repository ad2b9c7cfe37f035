//! What pages are made of.

pub mod chrome;
pub mod radios;
pub mod spin;

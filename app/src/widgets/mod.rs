//! What pages are made of.

pub mod bind;
pub mod chrome;
pub mod radios;
pub mod spin;

//! Orders from placing to the close of their services: the rulebook's tables with numbers, and laws over random runs.
#![cfg(not(target_family = "wasm"))]

mod changes;
mod desk;
mod laws;
mod money;
mod placing;
mod refunds;
mod services;
mod shop;
mod trials;
mod wire;

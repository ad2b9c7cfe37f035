//! The ISV's workbench: a product's sales configuration, edited with everything that follows from it beside it.
//!
//! A wasm of its own, since it carries the store's configurator. `form` is what is typed, `editor` the page around it;
//! what stands beside the form takes an offer and knows nothing of the editor.

pub mod editor;
pub mod form;
pub mod products;
// pub mod revisions;
mod pages;
pub mod route;

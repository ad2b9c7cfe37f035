//! The ISV's workbench: a product's sales configuration, edited with everything that follows from it beside it.
//!
//! A wasm of its own, since it carries the store's configurator. `form` is what is typed, `editor` the page around it;
//! `preview`, `findings` and `changes` stand beside the form: they take an offer and know nothing of the editor.

pub mod changes;
pub mod editor;
pub mod findings;
pub mod form;
mod pages;
pub mod preview;
pub mod products;
pub mod revisions;
pub mod route;

//! What holds the pages of somebody who signs in: the sandbox's clock, the header with the person's menu, the way around.
//!
//! An app is an [`Address`] that says which page it means; [`start`] runs it in the browser, [`shell`] paints it first.

mod address;
mod app;
pub mod model;
pub mod roles;
#[cfg(feature = "ssr")]
mod shell;
mod start;
#[cfg(test)]
mod tests;
mod view;

pub use address::{Address, Opened, Place};
#[cfg(feature = "ssr")]
pub use shell::shell;
pub use start::start;

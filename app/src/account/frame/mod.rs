//! What surrounds the account's pages: the sandbox's clock, the header with the account's menu, the way around.

pub mod model;
#[cfg(test)]
mod tests;
mod view;

pub use view::around;

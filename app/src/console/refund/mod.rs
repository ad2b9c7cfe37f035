//! One refund: the vendor answers it, the operator sends what came by transfer (rule O4).

mod model;
#[cfg(test)]
mod tests;
mod view;

pub use model::{Msg, Refund};

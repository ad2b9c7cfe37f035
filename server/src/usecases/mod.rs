//! What people do in the market. Nothing here knows HTTP: a request is bytes, a refusal a [`crate::failure::Failure`].

mod market;
mod price;
mod quote;
mod request;
mod settings;

pub use market::Market;
pub use quote::Issued;
pub use settings::Settings;

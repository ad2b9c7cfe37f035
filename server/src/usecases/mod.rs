//! What people do in the market. Nothing here knows HTTP: a request is bytes, a refusal a [`crate::failure::Failure`].

mod form;
mod market;
mod people;
mod price;
mod quote;
mod request;
mod settings;

pub use market::Market;
pub use people::{Origin, SignedIn};
pub use quote::Issued;
pub use settings::Settings;

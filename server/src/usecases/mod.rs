//! What people do in the market. Nothing here knows HTTP: a request is bytes, a refusal a [`crate::failure::Failure`].

mod aftersale;
mod audit;
mod concerned;
mod desk;
mod due;
mod form;
mod ids;
mod mail;
mod market;
mod notices;
mod offered;
mod offers;
mod orders;
mod part;
mod payment;
mod people;
mod price;
mod quote;
mod refunds;
mod request;
mod service_quote;
mod services;
mod settings;
mod settlement;
mod workbench;

pub use audit::{Report, audit};
pub use market::Market;
pub use payment::Signed;
pub use people::{Origin, SignedIn, add_organisation};
pub use settings::Settings;
pub use settlement::{Export, Form};

use shared::api::Names;

use crate::catalogue::Published;
use crate::store::words::Words;

/// The product's words for an order of one of its editions.
fn words_of(product: &Published, edition: &str) -> Words {
    let edition = product.offer.editions.iter().find(|it| it.code == edition);
    Words {
        product_name: product.text.name.clone(),
        vendor: product.text.vendor.clone(),
        names: edition.map(Names::of).unwrap_or_default(),
    }
}

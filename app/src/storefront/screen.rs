//! What the store can show at an address.

use leptos::prelude::*;

use super::{home, plain, product, quotation};
use crate::client::Failure;
use crate::i18n::Lang;
use crate::route::Route;

/// What is shown.
#[derive(Clone)]
pub enum Screen {
    /// The home page.
    Home(RwSignal<home::model::Model>),
    /// A product.
    Product(product::Store),
    /// A quotation.
    Quotation(RwSignal<quotation::model::Model>),
    /// What the address means is on its way.
    Loading(Route),
    /// It could not be had.
    Failed(Failure),
}

impl Screen {
    /// For `<title>`.
    pub fn title(&self, lang: Lang) -> String {
        match self {
            Self::Home(_) => home::title(lang),
            Self::Product(store) => store.model.with_untracked(|model| product::title(&model.text)),
            Self::Quotation(model) => model.with_untracked(|model| quotation::title(model, lang)),
            Self::Loading(_) | Self::Failed(_) => "Quotient".to_owned(),
        }
    }

    /// The content of the page.
    pub fn view(&self, lang: Lang) -> AnyView {
        match self {
            Self::Home(model) => home::view::view(*model, lang),
            Self::Product(store) => product::view::view(*store, lang),
            Self::Quotation(model) => quotation::view::view(*model, lang),
            Self::Loading(route) => plain::loading(route, lang),
            Self::Failed(failure) => plain::failed(failure, lang),
        }
    }
}

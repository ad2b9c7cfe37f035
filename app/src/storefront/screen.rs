//! What the store shows in the browser.

use leptos::prelude::*;

use super::{home, plain, product, quotation};
use crate::client::Failure;
use crate::element::{Element, Sink};
use crate::i18n::Lang;
use crate::route::Route;

/// What is shown.
#[derive(Clone)]
pub enum Screen {
    /// The home page.
    Home(RwSignal<home::model::Model>),
    /// A product.
    Product(product::Store),
    /// A product's configurator alone, on somebody else's site.
    Embedded(product::Store),
    /// A quotation.
    Quotation(quotation::Store),
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
            Self::Product(store) | Self::Embedded(store) => store.0.with_untracked(|model| product::title(&model.text)),
            Self::Quotation(store) => store.0.with_untracked(|model| quotation::title(model, lang)),
            Self::Loading(_) | Self::Failed(_) => "Quotient".to_owned(),
        }
    }

    /// Whether it stands alone, without the store around it.
    pub const fn is_alone(&self) -> bool {
        matches!(self, Self::Embedded(_))
    }

    /// The content of the page.
    pub fn view(&self, lang: Lang) -> Element {
        match self {
            Self::Home(model) => {
                let signal = *model;
                let sink = Sink::new(move |message| signal.update(|model| model.update(message)));
                model.with(|model| home::view::view(model, lang, &sink))
            }
            Self::Product(store) => store.0.with(|model| product::view::view(model, lang, &store.sink())),
            Self::Embedded(store) => store.0.with(|model| product::view::embedded(model, lang, &store.sink())),
            Self::Quotation(store) => store.0.with(|model| quotation::view::view(model, lang, &store.sink())),
            Self::Loading(route) => plain::loading(route, lang),
            Self::Failed(failure) => plain::failed(failure, lang),
        }
    }
}

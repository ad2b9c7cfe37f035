//! The page's model where the view can reach it, and the browser's part of each change.

use leptos::prelude::*;
use serde::Deserialize;
use shared::api;
use wasm_bindgen_futures::spawn_local;

use super::model::{Effect, Model, Msg};
use crate::route::Route;
use crate::widgets::bind::Shown;
use crate::{browser, client};

/// The page's model.
#[derive(Clone, Copy)]
pub struct Store {
    /// It.
    pub model: RwSignal<Model>,
}

impl Shown<Model> for Store {
    fn model(self) -> RwSignal<Model> {
        self.model
    }
}

/// Of the answer to a request for a quotation the page needs the id: it goes there.
#[derive(Deserialize)]
struct Issued {
    id: String,
}

impl Store {
    /// A page that shows `model`.
    pub fn new(model: Model) -> Self {
        Self { model: RwSignal::new(model) }
    }

    /// Something happened.
    pub fn send(self, message: Msg) {
        let Some(at) = browser::now() else { return };
        let effects = self.model.try_update(|model| model.update(message, at)).unwrap_or_default();
        for effect in effects {
            self.run(effect);
        }
    }

    fn run(self, effect: Effect) {
        match effect {
            Effect::Address(query) => browser::replace_query(&query),
            Effect::Focus(id) => browser::focus(&id),
            Effect::Open(id) => browser::open(&Route::Quotation(id).path()),
            Effect::Quote(request) => spawn_local(async move {
                let issued = client::post::<Issued>(api::QUOTES, &*request).await;
                self.send(Msg::Answered(issued.map(|issued| issued.id)));
            }),
            Effect::Fetch => spawn_local(async move {
                let path = api::product(&self.model.with_untracked(|model| model.slug.clone()));
                self.send(Msg::Fetched(client::get(&path).await));
            }),
        }
    }
}

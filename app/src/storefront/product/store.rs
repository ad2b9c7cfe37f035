//! The page's model in the browser, and the browser's part of each change.

use leptos::prelude::*;
use shared::api;
use wasm_bindgen_futures::spawn_local;

use super::model::{Effect, Model, Msg};
use crate::element::Sink;
use crate::route::Route;
use crate::{browser, client, wire};

/// The page's model.
#[derive(Clone, Copy)]
pub struct Store(pub RwSignal<Model>);

impl Store {
    /// Where the view sends what happens.
    pub fn sink(self) -> Sink<Msg> {
        Sink::new(move |message| self.send(message))
    }

    /// Something happened.
    pub fn send(self, message: Msg) {
        let Some(at) = browser::now() else { return };
        let effects = self.0.try_update(|model| model.update(message, at)).unwrap_or_default();
        for effect in effects {
            self.run(effect);
        }
    }

    fn run(self, effect: Effect) {
        match effect {
            Effect::Address(query) => browser::replace_query_soon(query),
            Effect::Focus(id) => browser::focus(&id),
            Effect::Open(id) => browser::open(&Route::Quotation(id).path()),
            Effect::Quote(request) => spawn_local(async move {
                self.send(Msg::Answered(client::quote(&request).await));
            }),
            Effect::Fetch => spawn_local(async move {
                let path = api::product(&self.0.with_untracked(|model| model.slug.clone()));
                self.send(Msg::Fetched(client::get(&path, wire::published).await.map(Box::new)));
            }),
        }
    }
}

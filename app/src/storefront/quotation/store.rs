//! The page's model in the browser, and the browser's part of each change.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::model::{Effect, Model, Msg};
use crate::element::Sink;
use crate::route::Route;
use crate::{browser, client};

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
        if let Some(effect) = self.0.try_update(|model| model.update(message)).flatten() {
            self.run(effect);
        }
    }

    fn run(self, effect: Effect) {
        match effect {
            Effect::Print => browser::print(),
            Effect::Open(id) => browser::open(&Route::Quotation(id).path()),
            Effect::Copy => spawn_local(async move { self.send(Msg::Copied(browser::copy_address().await)) }),
            Effect::Quote(request) => spawn_local(async move {
                self.send(Msg::Answered(client::quote(&request).await));
            }),
        }
    }
}

//! A page in the browser: its model, and the browser's part of each change.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::address::sign_in;
use super::{Context, Effect, Page, Shown, client};
use crate::browser;
use crate::client::Failure;
use crate::element::{Element, Sink};
use crate::i18n::Lang;
use crate::widgets::chrome::Switch;

/// A page of any kind, as it runs.
pub trait Running: Send + Sync {
    /// Its content.
    fn view(&self, context: &Context) -> Element;
    /// For `<title>`.
    fn title(&self, lang: Lang) -> String;
    /// Asks for what it shows.
    fn begin(&self);
}

/// What a page asks of what is around it.
pub trait Around: Send + Sync {
    /// What the header counts may have changed.
    fn recount(&self);
    /// A switch was turned.
    fn switch(&self, switch: Switch);
}

/// A page whose model is kept.
pub struct Live<P> {
    model: RwSignal<P>,
    around: Arc<dyn Around>,
}

impl<P> Clone for Live<P> {
    fn clone(&self) -> Self {
        Self { model: self.model, around: self.around.clone() }
    }
}

impl<P: Page> Live<P> {
    /// The page inside what is around it.
    pub fn new(page: P, around: Arc<dyn Around>) -> Self {
        Self { model: RwSignal::new(page), around }
    }

    /// Something happened.
    pub fn send(&self, message: P::Msg) {
        let effects = self.model.try_update(|model| model.update(message)).unwrap_or_default();
        for effect in effects {
            self.run(effect);
        }
    }

    fn run(&self, effect: Effect<P::Msg>) {
        let live = self.clone();
        match effect {
            Effect::Open(address) => browser::open(&address),
            Effect::Query(query) => browser::replace_query(&query),
            Effect::Focus(id) => set_timeout(move || browser::focus(id), Duration::ZERO),
            Effect::Reveal(id) => set_timeout(move || browser::focus_on(&id), Duration::ZERO),
            Effect::Keep(name, text) => browser::keep(&name, text.as_deref()),
            Effect::Recall(name, then) => self.send(then(browser::kept(&name))),
            Effect::Download(name, text) => browser::download(&name, &text),
            Effect::Reload => browser::reload(),
            Effect::Recount => self.around.recount(),
            Effect::Switch(switch) => self.around.switch(switch),
            Effect::Later(milliseconds, message) => {
                set_timeout(move || live.send(message), Duration::from_millis(milliseconds.into()));
            }
            Effect::Copy(text, then) => {
                spawn_local(async move { live.send(then(browser::copy(&text).await)) });
            }
            Effect::Ask(mut request) => spawn_local(async move {
                let answer = client::ask(&mut request).await;
                let signed_out = matches!(&answer, Err(Failure::Refused(refused)) if refused.status == 401);
                // The session has ended; on the page that begins one the answer means something else.
                if signed_out && browser::path() != "/sign-in" {
                    let query = browser::query();
                    let here = if query.is_empty() { browser::path() } else { browser::path() + "?" + &query };
                    return browser::open(&sign_in(&here));
                }
                live.send((request.then)(answer));
            }),
        }
    }
}

impl<P: Shown> Running for Live<P> {
    fn view(&self, context: &Context) -> Element {
        let live = self.clone();
        let sink = Sink::new(move |message| live.send(message));
        self.model.with(|model| model.view(context, &sink))
    }

    fn title(&self, lang: Lang) -> String {
        self.model.with_untracked(|model| model.title(lang))
    }

    fn begin(&self) {
        let effects = self.model.try_update(P::begin).unwrap_or_default();
        for effect in effects {
            self.run(effect);
        }
    }
}

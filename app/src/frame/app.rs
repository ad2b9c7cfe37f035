//! The whole of a page in the browser: its surroundings, its frame, what stands inside.

use std::sync::Arc;

use leptos::prelude::*;

use super::address::{Address, Opened, Place};
use super::model::{Frame, Msg};
use super::view::around;
use crate::browser;
use crate::element::Element;
use crate::i18n::Lang;
use crate::page::data::Data;
use crate::page::live::{Around, Live, Running};
use crate::page::{Context, Shown};
use crate::prefs::Theme;
use crate::widgets::chrome::Switch;

/// One page.
#[derive(Clone)]
pub(super) struct App {
    surroundings: Surroundings,
    frame: Live<Frame>,
    content: Arc<dyn Running>,
    bare: bool,
}

/// What the page and its frame have in common.
#[derive(Clone, Copy)]
struct Surroundings {
    lang: RwSignal<Lang>,
    context: RwSignal<Context>,
    /// Counted up when the frame shall count anew.
    recounts: RwSignal<u32>,
}

impl Around for Surroundings {
    fn recount(&self) {
        self.recounts.update(|n| *n += 1);
    }

    fn switch(&self, switch: Switch) {
        match switch {
            Switch::Language(lang) => {
                browser::remember("lang", lang.code());
                browser::set_page_lang(lang.tag());
                self.context.update(|context| context.lang = lang);
                self.lang.set(lang);
            }
            Switch::Theme => {
                let theme = if browser::is_dark() { Theme::Light } else { Theme::Dark };
                browser::remember("theme", theme.code());
                browser::set_theme(theme.code());
            }
        }
    }
}

impl App {
    /// The page at an address, as it begins.
    pub(super) fn new(address: impl Address, query: &str, data: &Data, lang: Lang) -> Self {
        let context = context(data, lang);
        let surroundings = Surroundings {
            lang: RwSignal::new(lang),
            context: RwSignal::new(context.clone()),
            recounts: RwSignal::new(0),
        };
        let place = address.place();
        let frame = Live::new(Frame::new(address.path(), place, &context), Arc::new(surroundings));
        let content = address.open(query, &context, surroundings);
        Self { surroundings, frame, content, bare: place == Place::Bare }
    }

    /// The page as it is now.
    pub(super) fn view(&self) -> Element {
        self.surroundings.context.with(|context| {
            let content = self.content.view(context);
            if self.bare { content } else { around(self.frame.view(context), content, context.lang) }
        })
    }

    /// Asks for what the page shows, and keeps it current.
    pub(super) fn begin(&self) {
        let Self { surroundings, frame, content, .. } = self.clone();
        frame.begin();
        content.begin();
        Effect::new(move |_| browser::set_title(&content.title(surroundings.lang.get())));
        Effect::new(move |_| {
            if surroundings.recounts.get() > 0 {
                frame.send(Msg::Recount);
            }
        });
        browser::every_second(move || {
            if let Some(now) = browser::now() {
                surroundings.context.update(|context| context.now = now);
            }
        });
    }
}

/// What a page knows when it begins.
pub(super) fn context(data: &Data, lang: Lang) -> Context {
    let Data { who, now, sandbox, oidc, payee } = data.clone();
    Context { lang, now, who, sandbox, oidc, payee }
}

impl Opened for Surroundings {
    type As = Arc<dyn Running>;

    fn take<P: Shown>(self, page: P) -> Self::As {
        Arc::new(Live::new(page, Arc::new(self)))
    }
}

//! The whole of an account's page in the browser: its surroundings, its frame, what stands inside.

use std::sync::Arc;

use leptos::prelude::*;

use super::data::Data;
use super::frame::around;
use super::frame::model::{Frame, Msg};
use super::live::{Around, Live, Shown};
use super::page::{Context, Page};
use super::pages::{Opened, open};
use super::route::Route;
use crate::browser;
use crate::element::Element;
use crate::i18n::Lang;
use crate::prefs::Theme;
use crate::widgets::chrome::Switch;

/// One page.
#[derive(Clone)]
pub struct App {
    surroundings: Surroundings,
    frame: Live<Frame>,
    content: Arc<dyn Shown>,
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
    pub fn new(route: Route, query: &str, data: &Data, lang: Lang) -> Self {
        let context = context(data, lang);
        let surroundings = Surroundings {
            lang: RwSignal::new(lang),
            context: RwSignal::new(context.clone()),
            recounts: RwSignal::new(0),
        };
        let bare = matches!(route, Route::Payment(_));
        let frame = Live::new(Frame::new(route.clone(), &context), Arc::new(surroundings));
        Self { surroundings, frame, content: open(route, query, &context, surroundings), bare }
    }

    /// The page as it is now.
    pub fn view(&self) -> Element {
        self.surroundings.context.with(|context| {
            let content = self.content.view(context);
            if self.bare { content } else { around(self.frame.view(context), content, context.lang) }
        })
    }

    /// Asks for what the page shows, and keeps it current.
    pub fn begin(&self) {
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
    Context { lang, now: data.now, who: data.who.clone(), sandbox: data.sandbox }
}

impl Opened for Surroundings {
    type As = Arc<dyn Shown>;

    fn take<P: Page>(self, page: P) -> Self::As {
        Arc::new(Live::new(page, Arc::new(self)))
    }
}

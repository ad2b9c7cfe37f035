//! The whole of an account's page in the browser: its surroundings, its frame, what stands inside.

use std::sync::Arc;

use leptos::prelude::*;

use super::data::Data;
use super::frame::around;
use super::frame::model::{Frame, Msg};
use super::live::{Around, Live, Shown};
use super::page::{Context, Page};
use super::route::Route;
use super::{checkout, invoices, notices, order, orders, parts, payment, service, services, sign_in, trial};
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
        Self { surroundings, frame, content: content(route, query, &context, surroundings), bare }
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

fn content(route: Route, query: &str, context: &Context, around: Surroundings) -> Arc<dyn Shown> {
    fn live<P: Page>(page: P, around: Surroundings) -> Arc<dyn Shown> {
        Arc::new(Live::new(page, Arc::new(around)))
    }
    match route {
        Route::SignIn(next) => live(sign_in::SignIn::new(next, context.sandbox), around),
        Route::Checkout(id) => live(checkout::Checkout::new(id, context.sandbox), around),
        Route::Trial(slug) => live(trial::Trial::new(slug, query), around),
        Route::Payment(id) => live(payment::Payment::new(id), around),
        Route::Services => live(services::Services::new(), around),
        Route::Service(id) => live(service::Service::new(id), around),
        Route::Orders => live(orders::Orders::new(query), around),
        Route::Order(id) => live(order::Order::new(id, query), around),
        Route::Notices => live(notices::Notices::new(), around),
        Route::Invoices => live(invoices::Invoices, around),
        Route::Unknown => live(parts::Nowhere, around),
    }
}

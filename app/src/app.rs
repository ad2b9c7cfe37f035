//! The whole of one page in the browser, or on the server for its first paint: preferences and what is shown.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::prefs::{Prefs, Theme};
use crate::storefront::screen::Screen;
use crate::widgets::chrome;

/// One page.
#[derive(Clone, Copy)]
pub struct App {
    /// Its language.
    pub lang: RwSignal<Lang>,
    /// What is shown.
    pub screen: RwSignal<Screen>,
}

impl App {
    /// A page that shows `screen`.
    pub fn new(screen: Screen, lang: Lang) -> Self {
        Self { lang: RwSignal::new(lang), screen: RwSignal::new(screen) }
    }

    /// The page's view, in whatever language it is.
    pub fn view(self) -> impl IntoView {
        move || {
            let lang = self.lang.get();
            let content = self.screen.with(|screen| screen.view(lang));
            chrome::framed(self, lang, content)
        }
    }

    /// Switches the language, here and for the next page.
    pub fn set_lang(self, lang: Lang) {
        crate::browser::remember("lang", lang.code());
        crate::browser::set_page_lang(lang.tag());
        self.lang.set(lang);
        crate::browser::set_title(&self.screen.with_untracked(|screen| screen.title(lang)));
    }

    /// Switches between light and dark, here and for the next page.
    pub fn switch_theme(self) {
        let theme = if crate::browser::is_dark() { Theme::Light } else { Theme::Dark };
        crate::browser::remember("theme", theme.code());
        crate::browser::set_theme(theme.code());
    }
}

/// What was remembered by the browser.
pub fn remembered() -> Prefs {
    Prefs::read(&crate::browser::cookies(), &crate::browser::query())
}

//! The whole of one page in the browser: preferences and what is shown.

use leptos::prelude::*;

use crate::browser;
use crate::element::{Element, Sink};
use crate::i18n::Lang;
use crate::prefs::Theme;
use crate::storefront::screen::Screen;
use crate::widgets::chrome::{self, Switch};

/// One page.
#[derive(Clone, Copy)]
pub struct App {
    lang: RwSignal<Lang>,
    screen: RwSignal<Screen>,
}

impl App {
    /// A page that shows `screen`.
    pub fn new(screen: Screen, lang: Lang) -> Self {
        Self { lang: RwSignal::new(lang), screen: RwSignal::new(screen) }
    }

    /// The page as it is now.
    pub fn view(self) -> Element {
        let lang = self.lang.get();
        let content = self.screen.with(|screen| screen.view(lang));
        if self.screen.with(Screen::is_alone) {
            return chrome::alone(content);
        }
        chrome::framed(lang, content, &Sink::new(move |switch| self.switch(switch)))
    }

    /// Shows another screen.
    pub fn show(self, screen: Screen) {
        browser::set_title(&screen.title(self.lang.get_untracked()));
        self.screen.set(screen);
    }

    /// A switch was turned: here, and remembered for the next page.
    fn switch(self, switch: Switch) {
        match switch {
            Switch::Language(lang) => {
                browser::remember("lang", lang.code());
                browser::set_page_lang(lang.tag());
                browser::set_title(&self.screen.with_untracked(|screen| screen.title(lang)));
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

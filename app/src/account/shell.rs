//! The first paint of the account's pages: their frame, and the page as it begins, mostly the outline of what comes.

use super::app::context;
use super::data::Data;
use super::frame::around;
use super::frame::model::Frame;
use super::page;
use super::page::{Context, Page as _};
use super::pages::{Opened, open};
use super::route::Route;
use crate::element::{Element, Sink};
use crate::first_paint::{Page, Prefs, Theme, json};

/// The page at an address; what stands in it, it asks for itself.
pub fn shell(path: &str, query: &str, data: &Data, prefs: Prefs) -> Page {
    let Prefs { lang, theme } = prefs;
    let context = context(data, lang);
    let route = Route::read(path, query);
    let content = open(route.clone(), query, &context, Printed(&context));
    let body = if matches!(route, Route::Payment(_)) {
        content
    } else {
        let head = Frame::new(route, &context).view(&context, &Sink::nowhere());
        around(head, content, lang)
    };
    Page {
        title: "Quotient".to_owned(),
        description: String::new(),
        lang: lang.tag(),
        theme: theme.map(Theme::code),
        body: body.html(),
        data: json(data),
    }
}

/// A page as it begins, before anything has come.
struct Printed<'c>(&'c Context);

impl Opened for Printed<'_> {
    type As = Element;

    fn take<P: page::Page>(self, page: P) -> Element {
        page.view(self.0, &Sink::nowhere())
    }
}

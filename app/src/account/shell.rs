//! The first paint of the account's pages: their frame, and the outline of what comes.

use super::app::context;
use super::data::Data;
use super::frame::around;
use super::frame::model::Frame;
use super::page::Page as _;
use super::parts;
use super::route::Route;
use crate::element::Sink;
use crate::first_paint::{Page, Prefs, Theme, json};

/// The page at an address; what stands in it, it asks for itself.
pub fn shell(path: &str, query: &str, data: &Data, prefs: Prefs) -> Page {
    let Prefs { lang, theme } = prefs;
    let context = context(data, lang);
    let route = Route::read(path, query);
    let content = parts::loading(lang);
    let body = if matches!(route, Route::Payment(_)) {
        super::payment::view::outside(content, lang)
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

//! The first paint: the frame, and the page as it begins, mostly the outline of what comes.

use super::address::{Address, Opened, Place};
use super::app::context;
use super::model::Frame;
use super::view::around;
use crate::element::{Element, Sink};
use crate::first_paint::{Page, Prefs, Theme, json};
use crate::page::data::Data;
use crate::page::{Context, Shown};

/// The page at an address of the app `A`; what stands in it, it asks for itself.
pub fn shell<A: Address>(path: &str, query: &str, data: &Data, prefs: Prefs) -> Page {
    let Prefs { lang, theme } = prefs;
    let context = context(data, lang);
    let address = A::read(path, query);
    let place = address.place();
    let frame = Frame::new(address.path(), place, &context);
    let content = address.open(query, &context, Printed(&context));
    let body = match place {
        Place::Bare => content,
        _ => around(frame.view(&context, &Sink::nowhere()), content, lang),
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

    fn take<P: Shown>(self, page: P) -> Element {
        page.view(self.0, &Sink::nowhere())
    }
}

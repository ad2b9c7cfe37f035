//! A part of an order's after-sale: its name, where it stands, what can be done; and what happened to something, in its order.

use shared::api::Why;
use shared::calendar::Timestamp;

use crate::element::{Child, Element, el};
use crate::format::date_time;
use crate::i18n::Lang;

/// A part of what stands beside an order.
pub fn part(id: &'static str, name: &'static str, content: impl IntoIterator<Item = Element>) -> Element {
    el("section")
        .class("beside")
        .attr("aria-labelledby", id)
        .with(el("h3").id(id).with(name))
        .with(el("div").class("beside-said").all(content))
}

/// A step that would be refused: there, but not to be taken, and why.
pub fn why_not(id: &'static str, words: impl Into<Child>, why: impl Into<Child>) -> Element {
    let button = el("button")
        .class("button is-quiet")
        .attr("type", "button")
        .flag("disabled", true)
        .attr("aria-describedby", id)
        .with(words);
    el("div").class("beside-not").with(button).with(el("p").id(id).class("why-not").with(why))
}

/// Why something would be refused, in words.
pub fn words(why: &Why, lang: Lang) -> String {
    lang.pick(&why.zh, &why.en).clone()
}

/// What happened, in its order.
pub fn history(events: impl IntoIterator<Item = (Timestamp, String)>, lang: Lang) -> Element {
    let rows = events.into_iter().map(|(at, what)| {
        let when = el("time").attr("datetime", at.to_string()).with(date_time(at, lang));
        el("li").with(when).with(el("span").with(what))
    });
    el("section")
        .class("history")
        .attr("aria-labelledby", "history-title")
        .with(el("h2").id("history-title").with(lang.pick("经过", "What happened")))
        .with(el("ol").all(rows))
}

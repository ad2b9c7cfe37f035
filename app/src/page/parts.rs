//! What pages are made of.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use super::Loaded;
use super::submit::{Key, Submit};
use crate::browser;
use crate::client::Failure;
use crate::element::{Child, Element, Sink, Text, el};
use crate::i18n::Lang;
use crate::storefront::plain;

/// A key for what a person has just asked for.
pub fn draw_key() -> Key {
    Key(browser::draw())
}

/// What stands in the field that an event is about.
pub fn target_value(event: &Event) -> String {
    // A choice has its value under the same name as an input.
    event.target().map(|target| target.unchecked_into::<HtmlInputElement>().value()).unwrap_or_default()
}

/// Whether the box that an event is about is ticked.
pub fn target_checked(event: &Event) -> bool {
    event.target().is_some_and(|target| target.unchecked_into::<HtmlInputElement>().checked())
}

/// A page on its way: its outline.
pub fn loading(lang: Lang) -> Element {
    let bone = |class: &'static str| el("span").class(class);
    el("div")
        .class("skeleton is-account")
        .attr("aria-busy", "true")
        .with(el("div").class("sr").attr("role", "status").with(el("h1").with(lang.pick("正在载入…", "Loading…"))))
        .with(bone("bone is-title"))
        .with(el("div").class("bones").all((0..3).map(|_| bone("bone is-row"))))
}

/// What `show` makes of what has come; until then its outline, and if it cannot be had, why.
pub fn loaded<T>(what: &Loaded<T>, lang: Lang, show: impl FnOnce(&T) -> Element) -> Element {
    match what {
        Loaded::Waiting => loading(lang),
        Loaded::Failed(failure) => plain::failed(failure, lang),
        Loaded::Here(value) => show(value),
    }
}

/// A field with its name above it.
pub fn field(id: &'static str, name: &'static str, input: Element) -> Element {
    let label = el("label").class("label").attr("for", id).with(name);
    el("div").class("entry-field").with(label).with(input)
}

/// A box to tick.
pub struct Tick {
    /// For the box.
    pub id: Text,
    /// Beside it.
    pub words: Element,
    /// Whether it is ticked.
    pub ticked: bool,
    /// Whether it, or one of those beside it, has to be ticked first.
    pub missing: bool,
}

/// A box to tick with its words; sends whether it is ticked.
pub fn tick<M: 'static>(it: Tick, to: &Sink<M>, message: impl Fn(bool) -> M + 'static) -> Element {
    el("label").class("tick").with(tick_box(it.id, it.ticked, it.missing, to, message)).with(it.words)
}

fn tick_box<M: 'static>(
    id: Text,
    ticked: bool,
    missing: bool,
    to: &Sink<M>,
    message: impl Fn(bool) -> M + 'static,
) -> Element {
    let to = to.clone();
    el("input")
        .id(id)
        .attr("type", "checkbox")
        .state("aria-invalid", missing)
        .flag("checked", ticked)
        .on("change", move |event| to.send(message(target_checked(&event))))
}

/// What has to be accepted before one goes on: a box, and below it why one does not get any further.
pub struct Accept {
    /// For the box.
    pub id: &'static str,
    /// For what is said about it.
    pub said: &'static str,
    /// What is accepted.
    pub words: String,
    /// Whether it is.
    pub accepted: bool,
    /// What to do first, once one has tried to go on without.
    pub first: Option<&'static str>,
}

/// A part of the checkout in which something is accepted; sends whether it is.
pub fn accept<M: 'static>(it: Accept, to: &Sink<M>, message: impl Fn(bool) -> M + 'static) -> Element {
    let input = tick_box(it.id.into(), it.accepted, it.first.is_some(), to, message).attr("aria-describedby", it.said);
    let first = it.first.map(|first| el("span").class("wrong").with(first));
    el("section")
        .class("checkout-part")
        .with(el("label").class("tick").with(input).with(el("span").with(it.words)))
        .with(el("p").id(it.said).class("tick-said").attr("role", "status").maybe(first))
}

/// A button that sends.
pub fn button<M: 'static>(
    class: &'static str,
    words: impl Into<Child>,
    busy: bool,
    to: &Sink<M>,
    message: impl Fn() -> M + 'static,
) -> Element {
    el("button").class(class).attr("type", "button").state("aria-busy", busy).sends("click", to, message).with(words)
}

/// A link.
pub fn link(href: String, words: impl Into<Child>) -> Element {
    el("a").class("link").attr("href", href).with(words)
}

/// What is said about an intent: nothing, that it is on its way, or why not. A place that stays, so that it is read out.
pub fn said(submit: &Submit, waiting: &'static str, lang: Lang) -> Element {
    let sentence = match submit {
        Submit::Idle => None,
        Submit::Waiting(_) => Some(el("p").class("notice").with(waiting)),
        Submit::Unanswered(_, failure) => Some(wrong(unanswered(failure, lang))),
        Submit::Refused(failure) => Some(wrong(failure.sentence(lang))),
    };
    el("div").class("said").attr("role", "status").maybe(sentence)
}

fn unanswered(failure: &Failure, lang: Lang) -> String {
    let once = lang.pick("再次点击不会重复提交。", " Clicking again does not do it twice.");
    [&failure.sentence(lang), once].concat()
}

/// A sentence about what is wrong.
pub fn wrong(sentence: String) -> Element {
    el("p").class("notice is-wrong").with(sentence)
}

/// A state in words; colour only repeats them.
pub fn state(class: &'static str, words: impl Into<Child>) -> Element {
    el("span").class(class).with(words)
}

/// A name and its value.
pub fn fact(name: impl Into<Child>, value: impl Into<Child>) -> Element {
    el("div").with(el("dt").with(name)).with(el("dd").with(value))
}

/// Pages beside each other: address, name, and whether it is this one.
pub fn tabs(name: &'static str, pages: impl IntoIterator<Item = (String, &'static str, bool)>) -> Element {
    let links = pages.into_iter().map(|(path, words, here)| {
        el("a").attr("href", path).maybe_attr("aria-current", here.then_some("page")).with(words)
    });
    el("nav").class("tabs").attr("aria-label", name).all(links)
}

/// An empty list: what belongs there, and the way to it.
pub fn empty(sentence: &'static str, way: Option<Element>) -> Element {
    el("div").class("empty").with(el("p").with(sentence)).maybe(way)
}

/// For `<title>`.
pub fn titled(words: &str) -> String {
    [words, " · Quotient"].concat()
}

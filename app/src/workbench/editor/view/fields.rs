//! The fields of the form. Each stands for a place of the configuration, from which its id follows and what is wrong with it.

use core::cell::RefCell;

use crate::element::{Element, Sink, Text, el};
use crate::i18n::Lang;
use crate::page::parts::{target_checked, target_value};
use crate::workbench::editor::place::field_id;
use crate::workbench::editor::{Bench, Msg};
use crate::workbench::form::{Act, Cell, Field};

/// What every part of the form is made with.
pub(super) struct Fields<'a> {
    /// The product.
    pub bench: &'a Bench,
    /// The language.
    pub lang: Lang,
    /// Where messages go.
    pub to: &'a Sink<Msg>,
    /// The prices of the open edition: found once, for they depend on every row of it.
    pub cells: Vec<Cell>,
    /// What is wrong with the fields that were made since somebody asked.
    said: RefCell<Vec<Element>>,
}

/// A field for a text.
pub(super) struct Input<'a> {
    /// The place of the configuration.
    pub at: &'a str,
    /// Its accessible name.
    pub name: Text,
    /// What is typed.
    pub typed: &'a str,
    /// The class that says how wide it is.
    pub class: &'static str,
    /// What could stand there.
    pub hint: Text,
    /// It cannot be changed any more.
    pub locked: bool,
}

impl<'a> Fields<'a> {
    pub(super) fn new(bench: &'a Bench, lang: Lang, to: &'a Sink<Msg>) -> Self {
        let open = bench.form.editions.get(bench.edition);
        let cells = open.map(|edition| edition.cells(bench.form.one_time)).unwrap_or_default();
        Self { bench, lang, to, cells, said: RefCell::default() }
    }

    /// What is wrong at a place, if it is to be said: that something is missing only once the person has tried to go on.
    pub(super) fn wrong(&self, at: &str, typed: &str) -> Option<&'a String> {
        let violation = self.bench.checked.at(at)?;
        let quiet = typed.trim().is_empty() && !self.bench.tried;
        (!quiet).then(|| self.lang.pick(&violation.zh, &violation.en))
    }

    /// Notes what is wrong at a place that has no field of its own.
    pub(super) fn note(&self, at: &str, typed: &str) {
        if let Some(wrong) = self.wrong(at, typed) {
            self.say(at, wrong.clone());
        }
    }

    /// Notes a sentence about the field at a place.
    pub(super) fn said_at(&self, at: &str, sentence: String) {
        self.say(at, sentence);
    }

    fn say(&self, at: &str, sentence: String) {
        let id = [&field_id(at), "-said"].concat();
        self.said.borrow_mut().push(el("p").id(id).class("wrong").with(sentence));
    }

    /// What was noted since the last time.
    pub(super) fn said(&self) -> Element {
        el("div").class("form-said").all(self.said.take())
    }

    /// A field for a text.
    pub(super) fn input(&self, input: Input<'_>, field: Field) -> Element {
        let Input { at, name, typed, class, hint, locked } = input;
        let id = field_id(at);
        let wrong = self.wrong(at, typed);
        if let Some(wrong) = wrong {
            self.say(at, wrong.clone());
        }
        let to = self.to.clone();
        el("input")
            .id(id.clone())
            .class(class)
            .attr("type", "text")
            .attr("autocomplete", "off")
            .attr("aria-label", name)
            .attr("placeholder", hint)
            .state("aria-invalid", wrong.is_some())
            .maybe_attr("aria-describedby", wrong.map(|_| [&id, "-said"].concat()))
            .flag("disabled", locked)
            .typed(typed.to_owned())
            .on("input", move |event| to.send(Msg::Typed(field, target_value(&event))))
    }

    /// A box to tick, with its words.
    pub(super) fn tick(
        &self,
        id: String,
        words: impl Into<crate::element::Child>,
        ticked: bool,
        locked: bool,
        act: impl Fn(bool) -> Act + 'static,
    ) -> Element {
        let to = self.to.clone();
        let input = el("input")
            .id(id)
            .attr("type", "checkbox")
            .flag("disabled", locked)
            .flag("checked", ticked)
            .on("change", move |event| to.send(Msg::Did(act(target_checked(&event)))));
        el("label").class("form-tick").with(input).with(el("span").with(words))
    }

    /// A button that does something to the form.
    pub(super) fn button(&self, words: Text, act: impl Fn() -> Act + 'static) -> Element {
        el("button")
            .class("form-add")
            .attr("type", "button")
            .sends("click", self.to, move || Msg::Did(act()))
            .with(words.into_owned())
    }

    /// A button with a sign; its name is for those who do not see it, and a hint for those who do.
    pub(super) fn icon(
        &self,
        sign: &'static str,
        name: String,
        locked: bool,
        act: impl Fn() -> Act + 'static,
    ) -> Element {
        el("button")
            .class("form-icon")
            .attr("type", "button")
            .attr("title", name.clone())
            .attr("aria-label", name)
            .flag("disabled", locked)
            .sends("click", self.to, move || Msg::Did(act()))
            .with(sign)
    }

    /// A choice of one of several.
    pub(super) fn select(
        &self,
        at: &str,
        name: Text,
        options: impl IntoIterator<Item = (String, String)>,
        chosen: &str,
        locked: bool,
        message: impl Fn(String) -> Msg + 'static,
    ) -> Element {
        let to = self.to.clone();
        let options = options.into_iter().map(|(value, words)| {
            let is = value == chosen;
            el("option").attr("value", value).flag("selected", is).with(words)
        });
        el("select")
            .id(field_id(at))
            .class("select")
            .attr("aria-label", name)
            .flag("disabled", locked)
            .on("change", move |event| to.send(message(target_value(&event))))
            .all(options)
    }
}

/// A field with its name above it.
pub(super) fn named(at: &str, name: &'static str, input: Element) -> Element {
    let label = el("label").class("form-label").attr("for", field_id(at)).with(name);
    el("div").class("form-field").with(label).with(input)
}

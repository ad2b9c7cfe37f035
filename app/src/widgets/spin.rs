//! A spin button: typing, arrow keys, Page Up and Down, the wheel while it has the keyboard, and two buttons.
//!
//! What is typed stays as typed, also where it is wrong; whoever owns the model decides what it means.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent, WheelEvent};

use crate::element::{Element, Sink, el};
use crate::i18n::Lang;

/// How far Page Up and Page Down go.
const PAGE: i64 = 10;

/// The spin button.
pub struct Spin<'m> {
    /// The input's id.
    pub id: String,
    /// The form field's name.
    pub name: String,
    /// Its visible and accessible name.
    pub label: String,
    /// The limits in words, beside the name.
    pub limits: String,
    /// What is counted.
    pub unit: String,
    /// The smallest value.
    pub least: u32,
    /// The largest value, where there is one to be told.
    pub most: Option<u32>,
    /// What is typed.
    pub typed: &'m str,
    /// Whether it is wrong.
    pub wrong: bool,
    /// What is said about it, below.
    pub note: Option<Element>,
    /// What stands beside it.
    pub beside: Option<Element>,
}

/// What happens to a spin button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpinEvent {
    /// This was typed.
    Typed(String),
    /// So many more, or fewer where negative.
    Step(i64),
    /// The keyboard left it.
    Left,
}

/// Shows the spin button with its name; `say` makes the message for what happens to it.
pub fn spin<M: 'static>(
    spin: Spin<'_>,
    to: &Sink<M>,
    say: impl Fn(SpinEvent) -> M + Copy + 'static,
    lang: Lang,
) -> Element {
    let Spin { id, name, label, limits, unit, least, most, typed, wrong, note, beside } = spin;
    let note_id = [&id, "-note"].concat();
    let button = |name: String, sign: &'static str, by: i64| {
        el("button")
            .attr("type", "button")
            .attr("tabindex", "-1")
            .attr("aria-label", name)
            .sends("click", to, move || say(SpinEvent::Step(by)))
            .with(sign)
    };
    let sink = [to.clone(), to.clone(), to.clone()];
    let [typing, stepping, wheeling] = sink;
    let input = el("input")
        .id(id.clone())
        .attr("name", name)
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .attr("role", "spinbutton")
        .attr("aria-valuenow", typed.to_owned())
        .attr("aria-valuemin", least.to_string())
        .maybe_attr("aria-valuemax", most.map(|most| most.to_string()))
        .attr("aria-valuetext", [typed, " ", &unit].concat())
        .state("aria-invalid", wrong)
        .attr("aria-describedby", note_id.clone())
        .typed(typed.to_owned())
        .on("input", move |event| {
            if let Some(input) = target(&event) {
                typing.send(say(SpinEvent::Typed(input.value())));
            }
        })
        .on("keydown", move |event| {
            if let Some(by) = event.dyn_ref().and_then(key_step) {
                event.prevent_default();
                stepping.send(say(SpinEvent::Step(by)));
            }
        })
        .on("wheel", move |event| {
            if let Some(by) = event.dyn_ref().and_then(wheel_step) {
                event.prevent_default();
                wheeling.send(say(SpinEvent::Step(by)));
            }
        })
        .sends("blur", to, move || say(SpinEvent::Left));
    let fewer = button([lang.pick("减少", "Decrease "), &label].concat(), "−", -1);
    let more = button([lang.pick("增加", "Increase "), &label].concat(), "+", 1);
    let head = el("div")
        .class("field-head")
        .with(el("label").class("label").attr("for", id).with(label))
        .with(el("span").class("limits").with(limits));
    let control = el("div").class(if wrong { "spin is-wrong" } else { "spin" }).with(fewer).with(input).with(more);
    let row = el("div").class("spin-row").with(control).with(el("span").class("unit").with(unit)).maybe(beside);
    let note = el("div").class("note").id(note_id).maybe(note);
    el("div").class("field").with(head).with(row).with(note)
}

fn target(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

fn key_step(event: &KeyboardEvent) -> Option<i64> {
    match event.key().as_str() {
        "ArrowUp" => Some(1),
        "ArrowDown" => Some(-1),
        "PageUp" => Some(PAGE),
        "PageDown" => Some(-PAGE),
        _ => None,
    }
}

/// Scrolling past a field must not change it: the wheel counts only where the keyboard is.
fn wheel_step(event: &WheelEvent) -> Option<i64> {
    let over = event.current_target().and_then(|target| target.dyn_into().ok());
    let focused = document().active_element();
    (over.is_some() && over == focused).then(|| if event.delta_y() < 0.0 { 1 } else { -1 })
}

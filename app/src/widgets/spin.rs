//! A spin button: typing, arrow keys, Page Up and Down, the wheel while it has the keyboard, and two buttons.
//!
//! What is typed stays as typed, also where it is wrong; whoever owns the model decides what it means.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::i18n::Lang;

/// How far Page Up and Page Down go.
const PAGE: i64 = 10;

/// The spin button.
pub struct Spin {
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
    pub typed: Signal<String>,
    /// Whether it is wrong.
    pub wrong: Signal<bool>,
    /// The id of what explains it.
    pub described_by: String,
    /// Called with what happens.
    pub on: Callback<SpinEvent>,
    /// The language.
    pub lang: Lang,
    /// What stands beside the input.
    pub beside: AnyView,
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

/// Shows the spin button with its name.
pub fn spin(spin: Spin) -> AnyView {
    let Spin { id, name, label, limits, unit, least, most, typed, wrong, described_by, on, lang, beside } = spin;
    let step = move |by: i64| on.run(SpinEvent::Step(by));
    let keydown = move |event: ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            "PageUp" => PAGE,
            "PageDown" => -PAGE,
            _ => return,
        };
        event.prevent_default();
        step(by);
    };
    let wheel = move |event: ev::WheelEvent| {
        // Scrolling past a field must not change it.
        let focused = document().active_element();
        let over = event.current_target().and_then(|target| target.dyn_into().ok());
        if focused.is_some() && focused == over {
            event.prevent_default();
            step(if event.delta_y() < 0.0 { 1 } else { -1 });
        }
    };
    let input = move |event: ev::Event| {
        let input: Option<HtmlInputElement> = event.target().and_then(|target| target.dyn_into().ok());
        if let Some(input) = input {
            on.run(SpinEvent::Typed(input.value()));
        }
    };
    let fewer = [lang.pick("减少", "Decrease "), &label].concat();
    let more = [lang.pick("增加", "Increase "), &label].concat();
    let spoken = {
        let unit = unit.clone();
        Signal::derive(move || [typed.get().as_str(), " ", &unit].concat())
    };
    view! {
        <div class="field">
            <div class="field-head">
                <label class="label" for=id.clone()>{label}</label>
                <span class="limits">{limits}</span>
            </div>
            <div class="spin-row">
                <div class="spin" class:is-wrong=wrong>
                    <button type="button" tabindex="-1" aria-label=fewer on:click=move |_| step(-1)>"−"</button>
                    <input
                        id=id
                        name=name
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        role="spinbutton"
                        aria-valuenow=typed
                        aria-valuemin=least.to_string()
                        aria-valuemax=most.map(|most| most.to_string())
                        aria-valuetext=spoken
                        aria-invalid=Signal::derive(move || if wrong.get() { "true" } else { "false" })
                        aria-describedby=described_by
                        value=typed.get_untracked()
                        prop:value=typed
                        on:input=input
                        on:keydown=keydown
                        on:wheel=wheel
                        on:blur=move |_| on.run(SpinEvent::Left)
                    />
                    <button type="button" tabindex="-1" aria-label=more on:click=move |_| step(1)>"+"</button>
                </div>
                <span class="unit">{unit}</span>
                {beside}
            </div>
        </div>
    }
    .into_any()
}

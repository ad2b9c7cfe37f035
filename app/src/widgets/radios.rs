//! A group of which exactly one is chosen. Native radio buttons: arrow keys, forms and screen readers know them.

use leptos::prelude::*;

/// The group.
pub struct Radios {
    /// A unique id; the parts' ids begin with it.
    pub id: String,
    /// Its visible and accessible name.
    pub label: String,
    /// The form field's name.
    pub name: String,
    /// The class of the list of choices.
    pub class: &'static str,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// The index of what is chosen.
    pub chosen: Signal<usize>,
    /// Called with the index of a choice.
    pub pick: Callback<usize>,
}

/// One choice.
pub struct Choice {
    /// The form field's value.
    pub value: String,
    /// Its name.
    pub label: String,
    /// What is said about it besides.
    pub more: Option<AnyView>,
}

/// Shows the group.
pub fn radios(group: Radios) -> AnyView {
    let Radios { id, label, name, class, choices, chosen, pick } = group;
    let choices: Vec<AnyView> = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let Choice { value, label, more } = choice;
            let label_id = format!("{id}-{index}");
            let more_id = more.as_ref().map(|_| format!("{id}-{index}-more"));
            let more = more.map(|more| view! { <span class="choice-more" id=more_id.clone()>{more}</span> });
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name=name.clone()
                        value=value
                        aria-labelledby=label_id.clone()
                        aria-describedby=more_id
                        checked=chosen.get_untracked() == index
                        prop:checked=Signal::derive(move || chosen.get() == index)
                        on:change=move |_| pick.run(index)
                    />
                    <span class="choice-name" id=label_id>{label}</span>
                    {more}
                </label>
            }
            .into_any()
        })
        .collect();
    let label_id = format!("{id}-label");
    view! {
        <div class="field">
            <div class="field-head"><span class="label" id=label_id.clone()>{label}</span></div>
            <div class=class role="radiogroup" aria-labelledby=label_id>{choices}</div>
        </div>
    }
    .into_any()
}

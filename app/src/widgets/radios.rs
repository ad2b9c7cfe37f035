//! A group of which exactly one is chosen. Native radio buttons: arrow keys, forms and screen readers know them.

use crate::element::{Child, Element, Sink, el};

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
    pub chosen: usize,
    /// What is said about it, below.
    pub note: Option<Element>,
}

/// One choice.
pub struct Choice {
    /// The form field's value.
    pub value: String,
    /// Its name.
    pub label: String,
    /// What is said about it besides.
    pub more: Vec<Child>,
}

/// Shows the group; `pick` makes the message for the choice at an index.
pub fn radios<M: 'static>(group: Radios, to: &Sink<M>, pick: impl Fn(usize) -> M + Copy + 'static) -> Element {
    let Radios { id, label, name, class, choices, chosen, note } = group;
    let label_id = [&id, "-label"].concat();
    let choices = choices.into_iter().enumerate().map(|(index, choice)| {
        let Choice { value, label, more } = choice;
        let name_id = format!("{id}-{index}");
        let more_id = (!more.is_empty()).then(|| [&name_id, "-more"].concat());
        let input = el("input")
            .attr("type", "radio")
            .attr("name", name.clone())
            .attr("value", value)
            .attr("aria-labelledby", name_id.clone())
            .maybe_attr("aria-describedby", more_id.clone())
            .flag("checked", index == chosen)
            .sends("change", to, move || pick(index));
        let more = more_id.map(|id| el("span").class("choice-more").id(id).all(more));
        let name = el("span").class("choice-name").id(name_id).with(label);
        el("label").class("choice").with(input).with(name).maybe(more)
    });
    let list = el("div").class(class).attr("role", "radiogroup").attr("aria-labelledby", label_id.clone()).all(choices);
    let head = el("div").class("field-head").with(el("span").class("label").id(label_id).with(label));
    el("div").class("field").with(head).with(list).with(el("div").class("note").maybe(note))
}

//! A group of which one is chosen and some cannot be: those say why.

use crate::element::{Child, Element, Sink, el};

/// One choice.
pub(super) struct Choice<M> {
    pub(super) value: String,
    pub(super) label: String,
    /// What is said about it besides.
    pub(super) more: Vec<Child>,
    /// Why it cannot be chosen.
    pub(super) why_not: Option<String>,
    pub(super) message: M,
}

/// Shows the group with its name.
pub(super) fn choices<M: Clone + 'static>(
    id: &'static str,
    label: &str,
    class: &'static str,
    all: Vec<Choice<M>>,
    chosen: Option<usize>,
    to: &Sink<M>,
) -> Element {
    let label_id = [id, "-label"].concat();
    let all = all.into_iter().enumerate().map(|(index, choice)| {
        let Choice { value, label, more, why_not, message } = choice;
        let name_id = format!("{id}-{index}");
        let more_id = [&name_id, "-more"].concat();
        let input = el("input")
            .attr("type", "radio")
            .attr("name", id)
            .attr("value", value)
            .attr("aria-labelledby", name_id.clone())
            .attr("aria-describedby", more_id.clone())
            .flag("disabled", why_not.is_some())
            .flag("checked", chosen == Some(index))
            .sends("change", to, move || message.clone());
        let class = if why_not.is_some() { "choice is-off" } else { "choice" };
        let why = why_not.map(|why| el("span").class("why-not").with(why));
        let more = el("span").class("choice-more").id(more_id).all(more).maybe(why);
        el("label").class(class).with(input).with(el("span").class("choice-name").id(name_id).with(label)).with(more)
    });
    let list = el("div").class(class).attr("role", "radiogroup").attr("aria-labelledby", label_id.clone()).all(all);
    let head = el("div").class("field-head").with(el("span").class("label").id(label_id).with(label.to_owned()));
    el("div").class("field").with(head).with(list)
}

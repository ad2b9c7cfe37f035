//! A text that a person writes and sends once: a reason, a note, a number.

use super::Effect;
use super::parts::target_value;
use super::submit::{Key, Submit};
use crate::element::{Element, Sink, el};

/// The text, and how far it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// As typed.
    pub text: String,
    /// What is missing is said.
    pub tried: bool,
    /// How far sending it has come.
    pub submit: Submit,
}

impl Written {
    /// The text without the white space around it, if it has 1 to `most` characters.
    pub fn fit(&self, most: usize) -> Option<&str> {
        let text = self.text.trim();
        (1..=most).contains(&text.chars().count()).then_some(text)
    }

    /// The person typed.
    pub fn typed(&mut self, text: String) {
        self.text = text;
        self.submit.retyped();
    }

    /// The person sends it from the field of this id: the text and the key to send it with, or what is done instead. Where it
    /// does not fit, that is back to the field; where it is on its way, nothing.
    pub fn send<M>(&mut self, most: usize, field: &'static str, key: Key) -> Result<(String, Key), Vec<Effect<M>>> {
        self.tried = true;
        let Some(text) = self.fit(most).map(str::to_owned) else { return Err(vec![Effect::Focus(field)]) };
        self.submit.begin(key).map(|key| (text, key)).ok_or_else(Vec::new)
    }

    /// It has to be mended before it can be sent.
    pub fn unfit(&self, most: usize) -> bool {
        self.tried && self.fit(most).is_none()
    }
}

/// What a field for a text is called and says.
#[derive(Clone, Copy)]
pub struct Field {
    /// Its id; what is said below it has this and `-said`.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What is said below it.
    pub note: &'static str,
    /// What is said there instead where the text does not fit.
    pub mend: &'static str,
    /// The longest text, in characters.
    pub most: usize,
    /// In lines; one makes it a plain field.
    pub lines: u8,
}

/// The field.
pub fn written<M: 'static>(written: &Written, field: Field, to: &Sink<M>, typed: fn(String) -> M) -> Element {
    let Field { id, name, note, mend, most, lines } = field;
    let note = if written.unfit(most) { mend } else { note };
    let (to, said) = (to.clone(), [id, "-said"].concat());
    let input = match lines {
        1 => el("input").attr("type", "text").attr("autocomplete", "off"),
        lines => el("textarea").attr("rows", lines.to_string()),
    };
    let input = input
        .id(id)
        .attr("maxlength", most.to_string())
        .attr("aria-describedby", said.clone())
        .state("aria-invalid", written.unfit(most))
        .typed(written.text.clone())
        .on("input", move |event| to.send(typed(target_value(&event))));
    el("div")
        .class("entry-field")
        .with(el("label").class("label").attr("for", id).with(name))
        .with(input)
        .with(el("p").id(said).class("field-said").with(note))
}

//! What can be undone.

use crate::workbench::form::{Field, Form};

/// How many steps are kept. Editions that a step does not touch are shared between them.
const STEPS: usize = 200;

/// The forms before this one, and those that were undone.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: Vec<Form>,
    future: Vec<Form>,
    /// The field in which the last step was typed: typing on in it is the same step.
    typing: Option<Field>,
}

impl History {
    /// `form` is about to change, by typing in this field or otherwise.
    pub fn before(&mut self, form: &Form, typing: Option<Field>) {
        self.future.clear();
        if typing.is_some() && self.typing == typing {
            return;
        }
        self.typing = typing;
        if self.past.len() == STEPS {
            self.past.remove(0);
        }
        self.past.push(form.clone());
    }

    /// Something else than typing happened: what is typed next is a step of its own.
    pub fn pause(&mut self) {
        self.typing = None;
    }

    /// The form before `form`.
    pub fn undo(&mut self, form: &Form) -> Option<Form> {
        self.typing = None;
        let before = self.past.pop()?;
        self.future.push(form.clone());
        Some(before)
    }

    /// The form that was undone last.
    pub fn redo(&mut self, form: &Form) -> Option<Form> {
        self.typing = None;
        let after = self.future.pop()?;
        self.past.push(form.clone());
        Some(after)
    }

    /// Whether there is something to undo, and to do again.
    pub fn can(&self) -> (bool, bool) {
        (!self.past.is_empty(), !self.future.is_empty())
    }
}

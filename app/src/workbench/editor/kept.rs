//! What the browser keeps of a form that is not saved.

use serde::{Deserialize, Serialize};

use crate::workbench::form::Form;

/// An unsaved form, with what it was begun from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The draft's version that it was begun from; 0 for none.
    pub version: u32,
    /// The published revision that it was begun from; 0 for none.
    pub revision: u32,
    /// The form as it stood then.
    pub base: Form,
    /// The form as it stands.
    pub form: Form,
}

/// By which the browser keeps a product's form.
pub(super) fn name(slug: &str) -> String {
    ["quotient-draft-", slug].concat()
}

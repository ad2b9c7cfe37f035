//! Where in the editor a JSON pointer into the configuration leads.

use super::part::Part;
use crate::workbench::form::Form;

/// A place in the editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The part that it is in.
    pub part: Part,
    /// The edition that it is in.
    pub edition: Option<usize>,
    /// The id of the field, or how the ids of those begin that it is about.
    pub id: String,
}

/// The id of the field at a place of the configuration.
pub(super) fn field_id(pointer: &str) -> String {
    ["f", &pointer.replace('/', "-")].concat()
}

impl Place {
    /// Where `pointer` leads. A charge's name, key and unit stand with the product's charges.
    pub(super) fn of(form: &Form, pointer: &str) -> Self {
        let parts: Vec<&str> = pointer.split('/').skip(1).collect();
        let index = |text: &str| text.parse::<usize>().ok();
        match parts.as_slice() {
            ["editions", edition, "charges", charge, "name" | "key" | "unit" | "kind", ..] => {
                let edition = index(edition).and_then(|edition| form.editions.get(edition));
                let ticked = index(charge).and_then(|charge| edition?.ticked().nth(charge));
                let module = ticked.and_then(|(_, charge)| form.modules.iter().position(|it| it.id == charge.id));
                let id = module.map_or_else(
                    || "f-modules".to_owned(),
                    |module| format!("f-modules-{module}-{}", parts.last().copied().unwrap_or_default()),
                );
                Self { part: Part::Charges, edition: None, id }
            }
            ["editions", edition, ..] => Self { part: Part::Editions, edition: index(edition), id: field_id(pointer) },
            ["upgrades", ..] => Self { part: Part::Upgrades, edition: None, id: field_id("/upgrades") },
            ["cases", ..] => Self { part: Part::Cases, edition: None, id: field_id(pointer) },
            [] | ["editions"] => Self { part: Part::Editions, edition: None, id: field_id("/editions") },
            _ => Self { part: Part::Rules, edition: None, id: field_id(pointer) },
        }
    }
}

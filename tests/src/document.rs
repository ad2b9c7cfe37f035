//! Small changes to a JSON document, for tables of cases.

use serde_json::{Map, Value};

/// `document` with the values at the given JSON pointers put in, in order; `-` as last step appends to a list. A value
/// of [`gone`] removes what is there.
///
/// # Panics
/// Where the place around a pointer does not exist.
pub fn with(document: &Value, changes: &[(&str, Value)]) -> Value {
    let mut document = document.clone();
    for (pointer, value) in changes {
        put(&mut document, pointer, value.clone());
    }
    document
}

/// What removes a value.
pub fn gone() -> Value {
    Value::String("\u{0}gone".to_owned())
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    if pointer.is_empty() {
        *document = value;
        return;
    }
    let (around, step) = pointer.rsplit_once('/').expect("a pointer");
    let step = step.replace("~1", "/").replace("~0", "~");
    match document.pointer_mut(around) {
        Some(Value::Object(fields)) => put_field(fields, &step, value),
        Some(Value::Array(items)) if step == "-" => items.push(value),
        Some(Value::Array(items)) => {
            let index: usize = step.parse().expect("an index");
            if value == gone() {
                items.remove(index);
            } else {
                items[index] = value;
            }
        }
        other => panic!("nothing around {pointer}: {other:?}"),
    }
}

fn put_field(fields: &mut Map<String, Value>, name: &str, value: Value) {
    if value == gone() {
        fields.remove(name);
    } else {
        fields.insert(name.to_owned(), value);
    }
}

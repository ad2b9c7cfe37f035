//! A second opinion: the rulebook once more, straight from the configuration's JSON, with wide integers and no regard
//! for speed. Nothing here may use the crate that it judges.

pub mod calendar;
pub mod money;
pub mod price;
pub mod quote;
pub mod why;

use serde_json::Value;

/// The string at `name`.
///
/// # Panics
/// Where there is none.
pub fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("no text {name} in {value}"))
}

/// The list at `name`; empty where there is none.
pub fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// The whole number at `name`.
///
/// # Panics
/// Where there is none.
pub fn int(value: &Value, name: &str) -> i128 {
    value[name].as_i64().unwrap_or_else(|| panic!("no number {name} in {value}")).into()
}

//! States that are kept whole, as JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;

/// The text to keep.
pub fn print(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Column(error.to_string().into()))
}

/// What was kept.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Column(format!("{error}: {text}").into()))
}

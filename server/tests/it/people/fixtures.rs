//! What the paths of routes name, so that [`super::routes`] can try one's own, another tenant's, and none.
//!
//! A route for those who are signed in whose path has a `{…}` needs a line in [`FIXTURES`].

use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use shared::api;

use super::Browser;

/// How to make what a path names.
pub(super) struct Fixture {
    /// As the table of routes has it.
    pub(super) path: &'static str,
    /// What a write on it says: right in itself, so that only whose it is can be wrong.
    pub(super) body: fn() -> Value,
    /// Makes one that belongs to who is signed in in this browser, an administrator of their tenant; returns the id.
    pub(super) make: for<'b> fn(&'b Browser<'b>) -> BoxFuture<'b, String>,
}

pub(super) const FIXTURES: &[Fixture] =
    &[Fixture { path: api::TOKEN, body: || json!({}), make: |owner| Box::pin(token(owner)) }];

async fn token(owner: &Browser<'_>) -> String {
    let made = owner.post(api::TOKENS, json!({"name": "x", "scopes": ["read"]})).await;
    made.json()["id"].as_str().expect("an id").to_owned()
}

//! What is asked of a list: what is searched for, and which part of it.

use axum::extract::{FromRequestParts, Query};
use axum::http::Uri;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use shared::api::Part;
use shared::violation::Expected;

use super::Shared;
use crate::failure::Failure;

/// The query of a list: `after` and `limit`, and the rest as `T`.
pub(super) struct Listed<T>(pub(super) T, pub(super) Part);

impl<T: DeserializeOwned> FromRequestParts<Shared> for Listed<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Self, Failure> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = || form_urlencoded::parse(query.as_bytes());
        let (part, search): (Vec<_>, Vec<_>) = pairs().partition(|(name, _)| Part::NAMES.contains(&&**name));
        Ok(Self(read(&search)?, read(&part)?))
    }
}

fn read<T: DeserializeOwned>(pairs: &[(impl AsRef<str>, impl AsRef<str>)]) -> Result<T, Failure> {
    let query = form_urlencoded::Serializer::for_suffix("/?".to_owned(), 2).extend_pairs(pairs).finish();
    let wrong = || Failure::malformed(Expected::NoSuchField);
    let uri: Uri = query.parse().map_err(|_| wrong())?;
    Query::try_from_uri(&uri).map(|Query(read)| read).map_err(|_| wrong())
}

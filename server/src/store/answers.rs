//! What requests with an `Idempotency-Key` were answered with, for 24 hours (contract).

use shared::calendar::Timestamp;

use super::sql::{Sql, values};
use super::{Step, StoreError};

/// How long an answer is kept, in seconds.
const KEPT: i64 = 24 * 60 * 60;

/// What makes two requests the same one: the key is per caller and route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestKey {
    /// Who asks; empty for visitors.
    pub caller: String,
    /// Which write.
    pub route: &'static str,
    /// The header's value.
    pub key: String,
}

/// An answer as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// SHA-256 of the request's body.
    pub body_hash: Vec<u8>,
    /// The id of what was made.
    pub id: String,
    /// The answer's body.
    pub body: String,
}

/// What became of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is on the disk.
    New,
    /// An earlier request with the same key was answered before; nothing was written.
    Earlier(Answered),
}

/// The answer to an earlier request, where that is less than 24 hours ago.
pub struct Find {
    /// Which request.
    pub request: RequestKey,
    /// Now.
    pub now: Timestamp,
}

impl Step for Find {
    type Done = Option<Answered>;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        find(sql, &self.request, self.now).await
    }
}

async fn find(sql: &mut dyn Sql, request: &RequestKey, now: Timestamp) -> Result<Option<Answered>, StoreError> {
    let query = "SELECT body_hash, made_id, body FROM answers WHERE caller = $1 AND route = $2 AND key = $3 \
         AND created_at > $4";
    let row = sql.row(query, values![&request.caller, request.route, &request.key, now.unix() - KEPT]).await?;
    row.map(|mut row| Ok(Answered { body_hash: row.take()?, id: row.take()?, body: row.take()? })).transpose()
}

/// Remembers an answer, in the transaction that makes it true. Where the request was answered before, nothing more is to be
/// written.
pub async fn remember(
    sql: &mut dyn Sql,
    request: &RequestKey,
    answer: &Answered,
    now: Timestamp,
) -> Result<Kept, StoreError> {
    sql.run("DELETE FROM answers WHERE created_at <= $1", values![now.unix() - KEPT]).await?;
    let statement = "INSERT INTO answers (caller, route, key, body_hash, made_id, body, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (caller, route, key) DO NOTHING";
    let RequestKey { caller, route, key } = request;
    let Answered { body_hash, id, body } = answer;
    let added = sql.run(statement, values![caller, *route, key, body_hash, id, body, now.unix()]).await?;
    if added > 0 {
        return Ok(Kept::New);
    }
    find(sql, request, now).await?.map(Kept::Earlier).ok_or(StoreError::GivenUp)
}

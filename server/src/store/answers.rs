//! What requests with an `Idempotency-Key` were answered with, for 24 hours (contract).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use sha2::{Digest, Sha256};
use shared::calendar::Timestamp;

use super::sql::{Sql, values};
use super::{Step, StoreError};
use crate::fault;

/// How long an answer is kept, in seconds.
const KEPT: i64 = 24 * 60 * 60;
/// One write of so many, by the chance of its hash, clears away what is forgotten.
const CLEARED: u8 = 32;

/// What makes two requests the same one: the key is per caller and route.
#[derive(Clone, PartialEq, Eq)]
struct RequestKey {
    /// Who asks; empty for visitors.
    caller: String,
    route: &'static str,
    /// The hash of the header's value.
    key: String,
}

/// A write that may come again: the same key with the same body is the same request.
///
/// The key itself is not kept, only its hash, and the body's hash is made with it. So who reads the store learns neither what
/// was in a body that held a password, nor what a secret was that [`Asked::seal`] went into.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    request: RequestKey,
    body_hash: Vec<u8>,
    seal: [u8; 32],
}

impl Asked {
    /// The write `route` that `caller` (a member's id) asks for with this `Idempotency-Key` and body.
    pub fn new(caller: &str, route: &'static str, key: &str, body: &[u8]) -> Self {
        let hash = |what: &str, body: &[u8]| {
            let mut hash = Sha256::new();
            for part in [what, caller, route, key] {
                hash.update(part.len().to_be_bytes());
                hash.update(part);
            }
            hash.update(body);
            <[u8; 32]>::from(hash.finalize())
        };
        let request = RequestKey { caller: caller.to_owned(), route, key: BASE64.encode(hash("key", b"")) };
        Self { request, body_hash: hash("body", body).to_vec(), seal: hash("seal", b"") }
    }

    /// Known to whoever knows the `Idempotency-Key`, and kept nowhere.
    pub fn seal(&self) -> &[u8; 32] {
        &self.seal
    }
}

/// What a write made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Its id; empty where nothing has one.
    pub id: String,
    /// The answer's body.
    pub body: String,
}

/// The key came with another body before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch;

/// What became of a claim on a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is this transaction's, until its end; nobody else's with the same key goes on meanwhile.
    New,
    /// It was answered before; nothing more is to be written.
    Earlier(Made),
    /// It came with another body before.
    Mismatch,
}

/// Claims a request's key, at the beginning of the transaction that does what it asks. Where that refuses, the claim goes
/// with it: a refusal is not remembered. `made` is what the request is answered with; where that is not known yet,
/// [`keep`] it.
pub async fn claim(sql: &mut dyn Sql, asked: &Asked, made: &Made, now: Timestamp) -> Result<Claim, StoreError> {
    let forgotten = now.unix() - KEPT;
    if asked.body_hash.last().is_some_and(|byte| byte.is_multiple_of(CLEARED)) {
        sql.run("DELETE FROM answers WHERE created_at <= $1", values![forgotten]).await?;
    }
    let statement = "INSERT INTO answers (caller, route, key, body_hash, made_id, body, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (caller, route, key) DO UPDATE \
         SET body_hash = excluded.body_hash, made_id = excluded.made_id, body = excluded.body, \
         created_at = excluded.created_at WHERE answers.created_at <= $8";
    let RequestKey { caller, route, key } = &asked.request;
    let values = values![caller, *route, key, &asked.body_hash, &made.id, &made.body, now.unix(), forgotten];
    if sql.run(statement, values).await? > 0 {
        fault::point("claimed");
        return Ok(Claim::New);
    }
    let earlier = find(sql, asked, now).await?.ok_or(StoreError::GivenUp)?;
    Ok(earlier.map_or_else(|Mismatch| Claim::Mismatch, Claim::Earlier))
}

/// What the request was answered with before, if it was the same one.
async fn find(sql: &mut dyn Sql, asked: &Asked, now: Timestamp) -> Result<Option<Result<Made, Mismatch>>, StoreError> {
    let query = "SELECT body_hash, made_id, body FROM answers WHERE caller = $1 AND route = $2 AND key = $3 \
         AND created_at > $4";
    let RequestKey { caller, route, key } = &asked.request;
    let Some(mut row) = sql.row(query, values![caller, *route, key, now.unix() - KEPT]).await? else { return Ok(None) };
    let same = row.take::<Vec<u8>>()? == asked.body_hash;
    let made = Made { id: row.take()?, body: row.take()? };
    Ok(Some(if same { Ok(made) } else { Err(Mismatch) }))
}

/// Keeps the answer of a request whose key was claimed in this transaction.
pub async fn keep(sql: &mut dyn Sql, asked: &Asked, made: &Made) -> Result<(), StoreError> {
    let RequestKey { caller, route, key } = &asked.request;
    let statement = "UPDATE answers SET made_id = $1, body = $2 WHERE caller = $3 AND route = $4 AND key = $5";
    sql.run(statement, values![&made.id, &made.body, caller, *route, key]).await?;
    fault::point("kept");
    Ok(())
}

/// Does a step once for each key: asked again, it answers what was answered then.
pub struct Once<S> {
    /// Which request.
    pub asked: Asked,
    /// Now.
    pub now: Timestamp,
    /// What it asks for.
    pub step: S,
}

impl<S> Step for Once<S>
where
    S: Step<Done = Made>,
    S::Refused: From<Mismatch>,
{
    type Done = Made;
    type Refused = S::Refused;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, S::Refused> {
        match claim(sql, &self.asked, &Made::default(), self.now).await? {
            Claim::Earlier(made) => Ok(made),
            Claim::Mismatch => Err(Mismatch.into()),
            Claim::New => {
                let made = self.step.take(sql).await?;
                keep(sql, &self.asked, &made).await?;
                Ok(made)
            }
        }
    }
}

/// What a request was answered with before, for those that must know before they begin.
pub struct Earlier {
    /// Which request.
    pub asked: Asked,
    /// Now.
    pub now: Timestamp,
}

impl Step for Earlier {
    type Done = Option<Result<Made, Mismatch>>;
    type Refused = StoreError;
    const BRIEF: bool = true;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        find(sql, &self.asked, self.now).await
    }
}

//! Who is signed in, and in which browsers members have been before.

use shared::api::Who;
use shared::calendar::Timestamp;

use super::super::sql::{Sql, values};
use super::super::{Step, StoreError};
use super::{WHO, throttle, who};
use crate::secret::Hash;

/// How long a session lasts after it was last seen, in seconds.
pub const LASTS: i64 = 30 * DAY;
/// How long a browser is remembered, in seconds; browsers keep no cookie for longer.
pub const DEVICE_LASTS: i64 = 400 * DAY;
/// So often a session's time is written down again, in seconds: not with every request.
const SEEN_EVERY: i64 = 60 * 60;
const DAY: i64 = 24 * 60 * 60;

/// Begins a session.
#[derive(Clone, Debug)]
pub struct Begin {
    /// Whose.
    pub member: String,
    /// Of the session's secret.
    pub session: Hash,
    /// Of the browser's own, which is remembered from now on.
    pub device: Hash,
    /// The session that the browser had until now: it ends.
    pub former: Option<Hash>,
    /// What the attempt was counted for: it was none of a stranger.
    pub forgiven: Vec<throttle::Count>,
    /// Now, by the wall clock.
    pub now: Timestamp,
}

impl Step for Begin {
    type Done = Who;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Who, StoreError> {
        begin(sql, self).await
    }
}

pub(super) async fn begin(sql: &mut dyn Sql, begin: &Begin) -> Result<Who, StoreError> {
    let now = begin.now.unix();
    throttle::forgive(sql, &begin.forgiven).await?;
    sql.run("DELETE FROM sessions WHERE expires_at <= $1", values![now]).await?;
    if let Some(former) = &begin.former {
        end(sql, former).await?;
    }
    let statement = "INSERT INTO sessions (hash, member, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)";
    sql.run(statement, values![&begin.session[..], &begin.member, now, now + LASTS]).await?;
    let statement = "DELETE FROM devices WHERE member = $1 AND seen_at <= $2";
    sql.run(statement, values![&begin.member, now - DEVICE_LASTS]).await?;
    let statement = "INSERT INTO devices (hash, member, seen_at) VALUES ($1, $2, $3) \
         ON CONFLICT (hash, member) DO UPDATE SET seen_at = excluded.seen_at";
    sql.run(statement, values![&begin.device[..], &begin.member, now]).await?;
    let query = format!("SELECT {WHO} FROM members m JOIN organisations o ON o.id = m.organisation WHERE m.id = $1");
    let mut row = sql.row(&query, values![&begin.member]).await?.ok_or(StoreError::GivenUp)?;
    who(&mut row)
}

/// A session that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Whose it is.
    pub who: Who,
    /// It is time to write down that it was [`Seen`].
    pub to_be_seen: bool,
}

/// The session of this secret, if there is one.
pub struct Find {
    /// Of the secret.
    pub session: Hash,
    /// Now, by the wall clock.
    pub now: Timestamp,
}

impl Step for Find {
    type Done = Option<Found>;
    type Refused = StoreError;
    const BRIEF: bool = true;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        let query = format!(
            "SELECT s.seen_at, {WHO} FROM sessions s JOIN members m ON m.id = s.member \
             JOIN organisations o ON o.id = m.organisation WHERE s.hash = $1 AND s.expires_at > $2"
        );
        let row = sql.row(&query, values![&self.session[..], self.now.unix()]).await?;
        let found = |mut row: super::super::sql::Row| {
            let seen_at: i64 = row.take()?;
            Ok(Found { to_be_seen: self.now.unix() - seen_at >= SEEN_EVERY, who: who(&mut row)? })
        };
        row.map(found).transpose()
    }
}

/// A session was used: it lasts from now.
pub struct Seen {
    /// Of its secret.
    pub session: Hash,
    /// Now, by the wall clock.
    pub now: Timestamp,
}

impl Step for Seen {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        let now = self.now.unix();
        let statement = "UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE hash = $1 AND seen_at < $2";
        sql.run(statement, values![&self.session[..], now, now + LASTS]).await?;
        Ok(())
    }
}

/// Ends a session.
pub struct End(pub Hash);

impl Step for End {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        end(sql, &self.0).await
    }
}

async fn end(sql: &mut dyn Sql, session: &Hash) -> Result<(), StoreError> {
    sql.run("DELETE FROM sessions WHERE hash = $1", values![&session[..]]).await?;
    Ok(())
}

/// Ends every session of a member.
pub struct EndAll(pub String);

impl Step for EndAll {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        sql.run("DELETE FROM sessions WHERE member = $1", values![&self.0]).await?;
        Ok(())
    }
}

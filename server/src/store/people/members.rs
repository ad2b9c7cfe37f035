//! Members of organisations.

use shared::api::{Member, Who};
use shared::calendar::Timestamp;

use super::super::answers::Made;
use super::super::sql::{Sql, values};
use super::super::{Step, StoreError};
use super::{Refused, WHO, role, throttle, who};
use crate::secret::Hash;

/// The members of an organisation, in the order in which they joined.
pub struct Of {
    /// The organisation's id.
    pub organisation: String,
    /// In whose offset instants are written.
    pub now: Timestamp,
}

impl Step for Of {
    type Done = Vec<Member>;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        let query =
            "SELECT id, name, email, role, joined_at FROM members WHERE organisation = $1 ORDER BY joined_at, id";
        let rows = sql.rows(query, values![&self.organisation]).await?;
        let member = |mut row: super::super::sql::Row| {
            let (id, name, email, role) = (row.take()?, row.take()?, row.take()?, role(&mut row)?);
            Ok(Member { id, name, email, role, joined_at: instant(row.take()?, self.now)? })
        };
        rows.into_iter().map(member).collect()
    }
}

/// The member with this id.
pub struct Find(pub String);

impl Step for Find {
    type Done = Option<Who>;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        let query =
            format!("SELECT {WHO} FROM members m JOIN organisations o ON o.id = m.organisation WHERE m.id = $1");
        sql.row(&query, values![&self.0]).await?.map(|mut row| who(&mut row)).transpose()
    }
}

/// Gives a member another password. Every other session ends, and no browser is known any more: whoever had the former
/// password is a stranger.
pub struct ChangePassword {
    /// Whose.
    pub member: String,
    /// The new password's.
    pub password_hash: String,
    /// The session that stays.
    pub session: Option<Hash>,
    /// What saying the former one again was counted for.
    pub forgiven: Vec<throttle::Count>,
}

impl Step for ChangePassword {
    type Done = Made;
    type Refused = Refused;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Refused> {
        throttle::forgive(sql, &self.forgiven).await?;
        let statement = "UPDATE members SET password_hash = $2 WHERE id = $1";
        sql.run(statement, values![&self.member, &self.password_hash]).await?;
        // No session has an empty hash.
        let stays = self.session.as_ref().map_or(&[][..], |hash| &hash[..]);
        sql.run("DELETE FROM sessions WHERE member = $1 AND hash <> $2", values![&self.member, stays]).await?;
        sql.run("DELETE FROM devices WHERE member = $1", values![&self.member]).await?;
        Ok(Made { id: String::new(), body: String::new() })
    }
}

/// What a member reads.
pub async fn set_language(sql: &mut dyn Sql, id: &str, language: &str) -> Result<(), StoreError> {
    sql.run("UPDATE members SET language = $2 WHERE id = $1", values![id, language]).await?;
    Ok(())
}

/// Seconds since 1970 as an instant.
pub(super) fn instant(seconds: i64, now: Timestamp) -> Result<Timestamp, StoreError> {
    Timestamp::from_unix(seconds, now.offset()).ok_or_else(|| StoreError::Column(seconds.to_string().into()))
}

//! Members whom their organisation's identity provider vouches for.

use shared::api::{Role, Who};
use shared::calendar::Timestamp;

use super::super::sql::{Sql, values};
use super::super::{Step, StoreError};
use super::{Refused, names, sessions};

/// Signs in whom the provider knows as `subject`: the member who came that way before, else the one with that address, else a
/// new one.
pub struct SignIn {
    /// Whose provider it is.
    pub organisation: String,
    /// Who, to the provider.
    pub subject: String,
    /// The address, where the provider knows that it is theirs.
    pub email: Option<String>,
    /// A new member's name.
    pub name: String,
    /// A new member's role.
    pub role: Role,
    /// Now.
    pub now: Timestamp,
    /// A new member's id is in it.
    pub session: sessions::Begin,
}

impl Step for SignIn {
    type Done = Who;
    type Refused = Refused;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Who, Refused> {
        let member = match self.known(sql).await? {
            Some(member) => member,
            None => self.joined(sql).await?,
        };
        let session = sessions::Begin { member, ..self.session.clone() };
        Ok(sessions::begin(sql, &session).await?)
    }
}

impl SignIn {
    async fn known(&self, sql: &mut dyn Sql) -> Result<Option<String>, Refused> {
        let query = "SELECT id FROM members WHERE organisation = $1 AND subject = $2";
        if let Some(mut row) = sql.row(query, values![&self.organisation, &self.subject]).await? {
            return Ok(Some(row.take()?));
        }
        let Some(email) = &self.email else { return Ok(None) };
        let query = "SELECT id, organisation, subject FROM members WHERE email = $1 FOR UPDATE";
        let Some(mut row) = sql.row(query, values![email]).await? else { return Ok(None) };
        let (id, organisation, subject): (String, String, Option<String>) = (row.take()?, row.take()?, row.take()?);
        // A provider vouches for its own organisation's members only, and for one at a time.
        if organisation != self.organisation || subject.is_some() {
            return Err(Refused::EmailTaken);
        }
        sql.run("UPDATE members SET subject = $2 WHERE id = $1", values![&id, &self.subject]).await?;
        Ok(Some(id))
    }

    async fn joined(&self, sql: &mut dyn Sql) -> Result<String, Refused> {
        let email = self.email.as_ref().ok_or(Refused::NoEmail)?;
        let query = "SELECT 1 FROM organisations WHERE id = $1 AND kind = 'enterprise'";
        if sql.row(query, values![&self.organisation]).await?.is_none() {
            return Err(StoreError::Column("no enterprise of the configured id".into()).into());
        }
        let statement = "INSERT INTO members (id, organisation, email, name, role, subject, demo, joined_at) \
             VALUES ($1, $2, $3, $4, $5, $6, 0, $7) ON CONFLICT DO NOTHING";
        let (id, role) = (&self.session.member, self.role.as_str());
        let values = values![id, &self.organisation, email, &self.name, role, &self.subject, self.now.unix()];
        if sql.run(statement, values).await? == 0 {
            return Err(Refused::EmailTaken);
        }
        names::keep_contact(sql, &self.organisation, role, [&self.name, email]).await?;
        Ok(id.clone())
    }
}

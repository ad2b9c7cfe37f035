//! Organisations: the tenants.

use shared::api::Organisation;
use shared::calendar::Timestamp;

use super::super::sql::{Sql, values};
use super::super::{Step, StoreError};
use super::invitations::Invite;
use super::names;

/// Adds an organisation, and invites its first member.
pub struct Add {
    /// The organisation.
    pub organisation: Organisation,
    /// Of its first member.
    pub first: Invite,
    /// Now.
    pub now: Timestamp,
}

impl Step for Add {
    type Done = ();
    type Refused = super::Refused;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), super::Refused> {
        add(sql, &self.organisation, self.now).await?;
        self.first.take(sql).await?;
        Ok(())
    }
}

/// The name of an organisation.
pub async fn name(sql: &mut dyn Sql, id: &str) -> Result<Option<String>, StoreError> {
    let row = sql.row("SELECT name FROM organisations WHERE id = $1", values![id]).await?;
    row.map(|mut row| row.take()).transpose()
}

/// The name of an ISV.
pub async fn isv_name(sql: &mut dyn Sql, id: &str) -> Result<Option<String>, StoreError> {
    let row = sql.row("SELECT name FROM organisations WHERE id = $1 AND kind = 'isv'", values![id]).await?;
    row.map(|mut row| row.take()).transpose()
}

/// What an organisation's members read who have not said otherwise.
pub async fn set_language(sql: &mut dyn Sql, id: &str, language: &str) -> Result<(), StoreError> {
    sql.run("UPDATE organisations SET language = $2 WHERE id = $1", values![id, language]).await?;
    Ok(())
}

async fn add(sql: &mut dyn Sql, organisation: &Organisation, now: Timestamp) -> Result<(), StoreError> {
    let Organisation { id, name, kind } = organisation;
    let statement = "INSERT INTO organisations (id, kind, name, created_at) VALUES ($1, $2, $3, $4)";
    sql.run(statement, values![id, kind.as_str(), name, now.unix()]).await?;
    names::keep(sql, id, name).await
}

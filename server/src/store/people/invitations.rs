//! Invitations: a link that makes one member.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use shared::api::{Invitation, InvitationSent, InvitationState, Role, Who};
use shared::calendar::Timestamp;

use super::super::answers::Made;
use super::super::sql::{Sql, values};
use super::super::{Step, StoreError};
use super::members::instant;
use super::{Refused, names, organisation, role, sessions};
use crate::secret::Hash;

/// Invites.
pub struct Invite {
    /// Of the link's secret.
    pub invitation: Hash,
    /// Where to.
    pub organisation: String,
    /// What they may do.
    pub role: Role,
    /// Whom, if that is said.
    pub email: Option<String>,
    /// Who invites; none: who runs the server.
    pub by: Option<String>,
    /// Now.
    pub now: Timestamp,
    /// Until when, in seconds since 1970.
    pub expires_at: i64,
    /// What is answered.
    pub answer: Made,
}

impl Step for Invite {
    type Done = Made;
    type Refused = Refused;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Refused> {
        let statement = "INSERT INTO invitations (hash, organisation, role, email, made_by, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values = values![
            &self.invitation[..],
            &self.organisation,
            self.role.as_str(),
            &self.email,
            &self.by,
            self.now.unix(),
            self.expires_at
        ];
        sql.run(statement, values).await?;
        Ok(self.answer.clone())
    }
}

/// The latest invitations into an organisation, the newest first.
pub struct Of {
    /// The organisation's id.
    pub organisation: String,
    /// In whose offset instants are written.
    pub now: Timestamp,
}

/// How many of them are shown: who looks at invitations looks for the latest.
const LATEST: i64 = 50;

impl Step for Of {
    type Done = Vec<InvitationSent>;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        let query = "SELECT i.hash, i.role, i.email, i.created_at, i.expires_at, m.name FROM invitations i \
             LEFT JOIN members m ON m.id = i.taken_by \
             WHERE i.organisation = $1 ORDER BY i.created_at DESC, i.hash LIMIT $2";
        let rows = sql.rows(query, values![&self.organisation, LATEST]).await?;
        let sent = |mut row: super::super::sql::Row| {
            let id = BASE64.encode(row.take::<Vec<u8>>()?);
            let (role, email) = (role(&mut row)?, row.take()?);
            let (made_at, expires_at) = (instant(row.take()?, self.now)?, instant(row.take()?, self.now)?);
            let taken: Option<String> = row.take()?;
            let state = taken.map_or(InvitationState::Open, |name| InvitationState::Taken { name });
            Ok(InvitationSent { id, role, email, made_at, expires_at, state })
        };
        rows.into_iter().map(sent).collect()
    }
}

/// Revokes an invitation that nobody has taken up: from now on it is unknown.
pub struct Revoke {
    /// Whose.
    pub organisation: String,
    /// Which, as [`Of`] names it: what is kept of its secret, which opens nothing.
    pub id: String,
}

impl Step for Revoke {
    type Done = Made;
    type Refused = Refused;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Refused> {
        let hash = BASE64.decode(&self.id).map_err(|_| Refused::NoInvitation)?;
        let statement = "DELETE FROM invitations WHERE hash = $1 AND organisation = $2 AND taken_by IS NULL";
        let revoked = sql.run(statement, values![&hash[..], &self.organisation]).await? > 0;
        revoked.then(|| Made { id: self.id.clone(), body: String::new() }).ok_or(Refused::NoInvitation)
    }
}

/// The invitation of this secret, while it is good.
pub struct Find {
    /// Of the secret.
    pub invitation: Hash,
    /// Now.
    pub now: Timestamp,
}

impl Step for Find {
    type Done = Option<Invitation>;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        let query = "SELECT o.id, o.name, o.kind, i.role, i.email, i.expires_at FROM invitations i \
             JOIN organisations o ON o.id = i.organisation \
             WHERE i.hash = $1 AND i.expires_at > $2 AND i.taken_by IS NULL";
        let row = sql.row(query, values![&self.invitation[..], self.now.unix()]).await?;
        let invitation = |mut row: super::super::sql::Row| {
            let organisation = organisation(&mut row)?;
            let (role, email) = (role(&mut row)?, row.take()?);
            Ok(Invitation { organisation, role, email, expires_at: instant(row.take()?, self.now)? })
        };
        row.map(invitation).transpose()
    }
}

/// Takes up an invitation: a member joins and is signed in.
pub struct Accept {
    /// Of the secret.
    pub invitation: Hash,
    /// The new member's name.
    pub name: String,
    /// The new member's address, where the invitation has none.
    pub email: Option<String>,
    /// The password's.
    pub password_hash: String,
    /// Now.
    pub now: Timestamp,
    /// The new member's id is in it.
    pub session: sessions::Begin,
}

impl Step for Accept {
    type Done = Who;
    type Refused = Refused;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Who, Refused> {
        let query = "SELECT organisation, role, email FROM invitations \
             WHERE hash = $1 AND expires_at > $2 AND taken_by IS NULL FOR UPDATE";
        let row = sql.row(query, values![&self.invitation[..], self.now.unix()]).await?;
        let mut row = row.ok_or(Refused::NoInvitation)?;
        let (organisation, role, email): (String, String, Option<String>) = (row.take()?, row.take()?, row.take()?);
        let email = email.as_ref().or(self.email.as_ref()).ok_or(Refused::NoInvitation)?;
        let member = &self.session.member;
        let statement = "INSERT INTO members (id, organisation, email, name, role, password_hash, demo, joined_at) \
             VALUES ($1, $2, $3, $4, $5, $6, 0, $7) ON CONFLICT (email) DO NOTHING";
        let values = values![member, &organisation, email, &self.name, &role, &self.password_hash, self.now.unix()];
        if sql.run(statement, values).await? == 0 {
            return Err(Refused::EmailTaken);
        }
        names::keep_contact(sql, &organisation, &role, [&self.name, email]).await?;
        sql.run("UPDATE invitations SET taken_by = $2 WHERE hash = $1", values![&self.invitation[..], member]).await?;
        Ok(sessions::begin(sql, &self.session).await?)
    }
}

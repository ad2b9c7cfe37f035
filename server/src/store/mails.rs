//! Notices that also go out by mail.

use shared::api::Role;
use shared::calendar::{Offset, Timestamp};
use shared::orders::{Notice, NoticeKind, Recipient};

use super::sql::{Lock, Sql, values};
use super::{Step, StoreError, document};

/// Puts a notice down to be sent to the members with these roles of whom it is for, in the transaction that makes it.
pub async fn enqueue(
    sql: &mut dyn Sql,
    id: &str,
    notice: &Notice,
    roles: &[Role],
    now: Timestamp,
) -> Result<(), StoreError> {
    // Nobody has an empty id.
    let (organisation, operator) = match &notice.to {
        Recipient::Organisation(id) => (id.as_str(), 0_i64),
        Recipient::Operator => ("", 1),
    };
    let statement = "INSERT INTO mails (notice, member, next_at) SELECT $1, m.id, $2 FROM members m \
         JOIN organisations o ON o.id = m.organisation \
         WHERE m.role = $3 AND (o.id = $4 OR ($5 = 1 AND o.kind = 'operator')) ON CONFLICT DO NOTHING";
    for role in roles {
        sql.run(statement, values![id, now.unix(), role.as_str(), organisation, operator]).await?;
    }
    Ok(())
}

/// A mail that is to be sent now.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The notice's id.
    pub notice: String,
    /// The member's id.
    pub member: String,
    /// How often it was tried before.
    pub attempts: u32,
    /// What the notice says.
    pub kind: NoticeKind,
    /// Since when that is true.
    pub at: Timestamp,
    /// The member's mail address.
    pub email: String,
    /// The member's role.
    pub role: Role,
    /// What the member reads; `None`: nobody has said.
    pub language: Option<String>,
}

/// Takes the mail that has waited longest; for so many seconds nobody else takes it.
pub struct Take {
    /// Now, outside.
    pub now: Timestamp,
    /// In which offset instants are written.
    pub offset: Offset,
    /// How long sending it may take, in seconds.
    pub lease: i64,
}

impl Step for Take {
    type Done = Option<Mail>;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        // Two servers take one after the other, and never the same one.
        sql.hold(Lock::Mail).await?;
        let query = "SELECT l.notice, l.member, l.attempts, n.kind, n.at, m.email, m.role, \
             coalesce(m.language, o.language) FROM mails l JOIN notices n ON n.id = l.notice \
             JOIN members m ON m.id = l.member JOIN organisations o ON o.id = m.organisation \
             WHERE l.state = 'waiting' AND l.next_at <= $1 ORDER BY l.next_at, n.at, l.notice, l.member LIMIT 1";
        let Some(mut row) = sql.row(query, values![self.now.unix()]).await? else { return Ok(None) };
        let (notice, member, attempts): (String, String, u32) = (row.take()?, row.take()?, row.take()?);
        let (kind, at): (String, i64) = (row.take()?, row.take()?);
        let (email, role): (String, String) = (row.take()?, row.take()?);
        let language = row.take()?;
        let unreadable = |text: &str| StoreError::Column(text.into());
        let at = Timestamp::from_unix(at, self.offset).ok_or_else(|| unreadable("an instant beyond the calendar"))?;
        let role = Role::parse(&role).ok_or_else(|| unreadable(&role))?;
        let statement = "UPDATE mails SET next_at = $3, attempts = attempts + 1 WHERE notice = $1 AND member = $2";
        sql.run(statement, values![&notice, &member, self.now.unix() + self.lease]).await?;
        Ok(Some(Mail { notice, member, attempts, kind: document::read(&kind)?, at, email, role, language }))
    }
}

/// What became of an attempt.
#[derive(Clone, Debug)]
pub enum Attempt {
    /// The mail server has it.
    Sent,
    /// It is tried again then.
    Failed {
        /// Why.
        error: String,
        /// In seconds since 1970.
        next_at: i64,
    },
    /// It was tried long enough.
    GivenUp {
        /// Why the last attempt failed.
        error: String,
    },
}

/// Writes down what became of an attempt.
pub struct Tried {
    /// Which mail.
    pub mail: (String, String),
    /// What became of it.
    pub attempt: Attempt,
    /// Now, outside.
    pub now: Timestamp,
}

impl Step for Tried {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        let statement = "UPDATE mails SET state = $3, next_at = $4, error = $5, sent_at = $6 \
             WHERE notice = $1 AND member = $2 AND state = 'waiting'";
        let now = self.now.unix();
        let (state, next_at, error, sent_at) = match &self.attempt {
            Attempt::Sent => ("sent", now, None, Some(now)),
            Attempt::Failed { error, next_at } => ("waiting", *next_at, Some(error.as_str()), None),
            Attempt::GivenUp { error } => ("given_up", now, Some(error.as_str()), None),
        };
        let (notice, member) = &self.mail;
        sql.run(statement, values![notice, member, state, next_at, error, sent_at]).await?;
        Ok(())
    }
}

//! What people were told.

use shared::orders::{Notice, NoticeKind, Recipient};

use super::sql::{Row, Sql, values};
use super::{StoreError, document};
use crate::fault;

/// How many are shown.
const LATEST: i64 = 100;
/// So many unread ones are counted at most: nobody reads more, and it takes no longer.
const COUNTED: i64 = 1000;

/// A notice as it is kept.
#[derive(Clone, Debug)]
pub struct StoredNotice {
    /// Its id.
    pub id: String,
    /// In seconds since 1970.
    pub at: i64,
    /// Somebody of the organisation has read it.
    pub read: bool,
    /// What it says.
    pub kind: NoticeKind,
}

/// Keeps a notice.
pub async fn insert(sql: &mut dyn Sql, id: &str, notice: &Notice) -> Result<(), StoreError> {
    let organisation = match &notice.to {
        Recipient::Organisation(id) => id,
        Recipient::Operator => "",
    };
    let statement = "INSERT INTO notices (id, organisation, at, kind) VALUES ($1, $2, $3, $4)";
    sql.run(statement, values![id, organisation, notice.at.unix(), &document::print(&notice.kind)?]).await?;
    fault::point("noticed");
    Ok(())
}

/// The latest notices of an organisation (empty: of the operator), and how many of all have not been read
/// (1000 at most).
pub async fn latest(sql: &mut dyn Sql, organisation: &str) -> Result<(Vec<StoredNotice>, u32), StoreError> {
    let query = "SELECT id, at, read, kind FROM notices WHERE organisation = $1 ORDER BY at DESC, id DESC LIMIT $2";
    let rows = sql.rows(query, values![organisation, LATEST]).await?;
    let read = |mut row: Row| {
        let (id, at, read, kind) = (row.take()?, row.take()?, row.take()?, row.take::<String>()?);
        Ok(StoredNotice { id, at, read, kind: document::read(&kind)? })
    };
    let notices = rows.into_iter().map(read).collect::<Result<_, StoreError>>()?;
    let query = "SELECT count(*) FROM (SELECT 1 FROM notices WHERE organisation = $1 AND read = 0 LIMIT $2) unread";
    let unread = sql.row(query, values![organisation, COUNTED]).await?.map_or(Ok(0), |mut row| row.take())?;
    Ok((notices, unread))
}

/// Marks one as read; returns whether the organisation has it.
pub async fn mark_read(sql: &mut dyn Sql, organisation: &str, id: &str) -> Result<bool, StoreError> {
    let statement = "UPDATE notices SET read = 1 WHERE id = $1 AND organisation = $2";
    Ok(sql.run(statement, values![id, organisation]).await? > 0)
}

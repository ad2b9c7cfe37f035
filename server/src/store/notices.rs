//! What people were told.

use shared::orders::{Notice, NoticeKind, Recipient};

use super::search::{Found, Part};
use super::sql::{Row, Sql, Value, values};
use super::{StoreError, document};
use crate::fault;

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

/// The notices of an organisation (empty: of the operator), the newest first, and how many of all have not been read
/// (1000 at most).
pub async fn list(
    sql: &mut dyn Sql,
    organisation: &str,
    part: Part<'_>,
) -> Result<(Found<StoredNotice>, u32), StoreError> {
    let limit = i64::try_from(part.limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut values = values![organisation, limit].to_vec();
    let mut after = "";
    if let Some((at, id)) = part.after {
        after = "AND (at, id) < ($3, $4) ";
        values.extend([Value::from(*at), id.into()]);
    }
    // Each half in the order of the index.
    let half = |read: u8| {
        format!(
            "SELECT * FROM (SELECT id, at, read, kind FROM notices WHERE organisation = $1 AND read = {read} {after}\
             ORDER BY at DESC, id DESC LIMIT $2) half_{read}"
        )
    };
    let query = format!(
        "SELECT id, at, read, kind FROM ({} UNION ALL {}) both_halves ORDER BY at DESC, id DESC LIMIT $2",
        half(0),
        half(1)
    );
    let read = |mut row: Row| {
        let (id, at, read, kind): (String, _, _, String) = (row.take()?, row.take()?, row.take()?, row.take()?);
        Ok(((at, id.clone()), StoredNotice { id, at, read, kind: document::read(&kind)? }))
    };
    let notices = sql.rows(&query, &values).await?.into_iter().map(read).collect::<Result<_, StoreError>>()?;
    let query = "SELECT count(*) FROM (SELECT 1 FROM notices WHERE organisation = $1 AND read = 0 LIMIT $2) unread";
    let unread = sql.row(query, values![organisation, COUNTED]).await?.map_or(Ok(0), |mut row| row.take())?;
    Ok((Found::of(notices, part.limit), unread))
}

/// So many are marked as read in one transaction: others do not wait long for it.
const MARKED: i64 = 1000;

/// Marks some of those that have not been read, and were written up to one of them, as read; returns whether more may be left. `None`: the
/// organisation does not have that one.
pub async fn mark_earlier_read(sql: &mut dyn Sql, organisation: &str, id: &str) -> Result<Option<bool>, StoreError> {
    let query = "SELECT 1 FROM notices WHERE id = $1 AND organisation = $2";
    if sql.row(query, values![id, organisation]).await?.is_none() {
        return Ok(None);
    }
    // By their ids, which begin with when they were written: it may be since before then that they are true.
    let statement = "UPDATE notices SET read = 1 WHERE id IN (SELECT n.id FROM notices n WHERE n.organisation = $1 \
         AND n.read = 0 AND n.id <= $2 ORDER BY n.at DESC, n.id DESC LIMIT $3)";
    let marked = sql.run(statement, values![organisation, id, MARKED]).await?;
    Ok(Some(marked >= MARKED.unsigned_abs()))
}

/// Marks one as read; returns whether the organisation has it.
pub async fn mark_read(sql: &mut dyn Sql, organisation: &str, id: &str) -> Result<bool, StoreError> {
    let statement = "UPDATE notices SET read = 1 WHERE id = $1 AND organisation = $2";
    Ok(sql.run(statement, values![id, organisation]).await? > 0)
}

//! Work that time brings, in the order in which it is due.

use shared::calendar::Timestamp;
use shared::orders::{Due, DueWork};

use super::StoreError;
use super::sql::{Lock, Sql, values};
use crate::fault;

/// Adds work.
pub async fn add(sql: &mut dyn Sql, due: &Due) -> Result<(), StoreError> {
    let statement = "INSERT INTO due_work (at, work) VALUES ($1, $2) ON CONFLICT (at, work) DO NOTHING";
    sql.run(statement, values![due.at.unix(), &due.work.to_string()]).await?;
    fault::point("scheduled");
    Ok(())
}

/// Takes the first work that is due at `now`: whoever takes it does it in the same transaction, and nobody else does work
/// meanwhile.
pub async fn take(sql: &mut dyn Sql, now: Timestamp) -> Result<Option<Due>, StoreError> {
    sql.hold(Lock::DueWork).await?;
    let query = "SELECT at, work FROM due_work WHERE at <= $1 ORDER BY at, work LIMIT 1";
    let Some(mut row) = sql.row(query, values![now.unix()]).await? else { return Ok(None) };
    let (at, work): (i64, String) = (row.take()?, row.take()?);
    sql.run("DELETE FROM due_work WHERE at = $1 AND work = $2", values![at, &work]).await?;
    let unreadable = || StoreError::Column(work.as_str().into());
    let work: DueWork = work.parse().map_err(|_| unreadable())?;
    let at = Timestamp::from_unix(at, now.offset()).ok_or_else(unreadable)?;
    Ok(Some(Due { at, work }))
}

/// When the first work is due, if that is not after `now`.
pub async fn next(sql: &mut dyn Sql, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let row = sql.row("SELECT min(at) FROM due_work WHERE at <= $1", values![now.unix()]).await?;
    let at: Option<i64> = row.map_or(Ok(None), |mut row| row.take())?;
    Ok(at.and_then(|at| Timestamp::from_unix(at, now.offset())))
}

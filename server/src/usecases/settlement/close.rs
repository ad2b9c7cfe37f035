//! Closing a month, as work that is due (rule O8).

use shared::calendar::Timestamp;
use shared::settlement::{Line, Month, Statement, Turnover};

use super::super::desk::Desk;
use super::super::ids::Ids;
use crate::failure::Failure;
use crate::store::Sql;
use crate::store::settlements::{self, Of};

/// Closes a month for every ISV that has something in it, at `at`, and sees to the next.
pub(in crate::usecases) async fn close_month(
    sql: &mut dyn Sql,
    month: &str,
    ids: &Ids,
    at: Timestamp,
) -> Result<(), Failure> {
    let month: Month = month.parse().map_err(|_| Failure::Internal(format!("{month} is no month")))?;
    let Some(end) = month.end(at.offset()) else { return Ok(()) };
    let mut made = 0;
    for isv in settlements::isvs(sql, month, end).await? {
        let mut desk = Desk::after(sql, &isv, ids, made).await?;
        let deducted = settlements::deduction(sql, &isv, month).await?;
        settlements::gather(sql, &isv, month, end).await?;
        let stored = settlements::lines(sql, &isv, Of::Closed(month), at.offset()).await?;
        let lines: Vec<Line> = stored.into_iter().map(|stored| stored.line).collect();
        if let Some(step) = Statement::open(&isv, month, Turnover::of(&lines), deducted).close(at) {
            settlements::insert(sql, &step.after, &settlements::digest(lines.iter())).await?;
            desk.apply_plain(sql, &step.effects, at).await?;
        }
        made = desk.made();
        desk.leave(sql).await?;
    }
    Ok(settlements::schedule(sql, month.next(), at).await?)
}

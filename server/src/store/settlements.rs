//! What the market owes each ISV for each month (rule O8).

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use shared::calendar::{Offset, Timestamp};
use shared::money::Fen;
use shared::orders::{Due, DueWork, Order};
use shared::settlement::{self, Line, LineKind, Month, Statement, StatementState, closes_at};

use super::seal::seal;
use super::sql::{Row, Sql, Value, values};
use super::words::Words;
use super::{Step, StoreError, counting, document};

/// Keeps the lines that an order makes as it stands, each once. A refund counts where the order counted.
pub(super) async fn add(sql: &mut dyn Sql, order: &Order) -> Result<(), StoreError> {
    for line in settlement::lines(order) {
        let Line { order: id, kind, at, amount } = &line;
        let statement = "INSERT INTO settlement_lines (order_id, kind, isv, at, amount_fen) SELECT $1, $2, $3, $4, $5 \
             WHERE $2 = 'fulfilled' OR EXISTS \
             (SELECT 1 FROM settlement_lines l WHERE l.order_id = $1 AND l.kind = 'fulfilled') \
             ON CONFLICT (order_id, kind) DO NOTHING";
        let values = values![id, kind.as_str(), &order.isv, at.unix(), *amount];
        if sql.run(statement, values).await? > 0 {
            counting::line(sql, order, &line).await?;
        }
    }
    Ok(())
}

/// The month that closes next: `None` where the market has not been opened since it settles.
pub async fn next_to_close(sql: &mut dyn Sql) -> Result<Option<Month>, StoreError> {
    // As its index says it.
    let query = "SELECT work FROM due_work WHERE substr(work, 1, 13) = 'settle_month:' ORDER BY work LIMIT 1";
    let Some(mut row) = sql.row(query, &[]).await? else { return Ok(None) };
    let work: String = row.take()?;
    let unreadable = || StoreError::Column(work.as_str().into());
    match work.parse() {
        Ok(DueWork::SettleMonth(month)) => month.parse().map(Some).map_err(|_| unreadable()),
        _ => Err(unreadable()),
    }
}

/// Sees to it that the month of `now` closes, where a market never closed one: each closing brings the next.
pub struct KeepClosing(pub Timestamp);

impl Step for KeepClosing {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        if next_to_close(sql).await?.is_none() {
            schedule(sql, Month::of(self.0), self.0).await?;
        }
        Ok(())
    }
}

/// Has the month close when it is over.
pub async fn schedule(sql: &mut dyn Sql, month: Month, now: Timestamp) -> Result<(), StoreError> {
    let Some(at) = closes_at(month, now.offset()) else { return Ok(()) };
    super::due::add(sql, &Due { at, work: DueWork::SettleMonth(month.to_string()) }).await
}

/// The ISVs that have something to settle before `end`: lines, or a deduction that the month before left.
pub async fn isvs(sql: &mut dyn Sql, month: Month, end: Timestamp) -> Result<Vec<String>, StoreError> {
    let query = "SELECT isv FROM settlement_lines WHERE month IS NULL AND at < $1 \
         UNION SELECT isv FROM settlements WHERE month = $2 AND carried_fen > 0 ORDER BY 1";
    let before = month.previous().to_string();
    let rows = sql.rows(query, values![end.unix(), &before]).await?;
    rows.into_iter().map(|mut row| row.take()).collect()
}

/// The same for the months from one on, found by what was added up for them; and others that sold something since.
pub async fn isvs_since(sql: &mut dyn Sql, month: Month, begin: Timestamp) -> Result<BTreeSet<String>, StoreError> {
    let (before, month) = (month.previous().to_string(), month.to_string());
    // Each by itself, and in no order: put together, a database would rather read all of them in the order of the ISVs.
    let lines = "SELECT isv FROM settlement_lines WHERE month IS NULL AND at < $1";
    let mut rows = sql.rows(lines, values![begin.unix()]).await?;
    rows.extend(sql.rows("SELECT isv FROM settlements WHERE month = $1 AND carried_fen > 0", values![&before]).await?);
    rows.extend(sql.rows("SELECT isv FROM sums WHERE month >= $1", values![&month]).await?);
    rows.into_iter().map(|mut row| row.take()).collect()
}

/// What an ISV's month has to deduct: what the month before left.
pub async fn deduction(sql: &mut dyn Sql, isv: &str, month: Month) -> Result<Fen, StoreError> {
    let query = "SELECT carried_fen FROM settlements WHERE isv = $1 AND month = $2";
    let before = month.previous().to_string();
    sql.row(query, values![isv, &before]).await?.map_or(Ok(Fen::ZERO), |mut row| row.take())
}

/// Puts the ISV's lines of before `end` that are in no month into this one.
pub async fn gather(sql: &mut dyn Sql, isv: &str, month: Month, end: Timestamp) -> Result<(), StoreError> {
    let statement = "UPDATE settlement_lines SET month = $3 WHERE isv = $1 AND month IS NULL AND at < $2";
    sql.run(statement, values![isv, end.unix(), &month.to_string()]).await?;
    Ok(())
}

/// A line with the words of its order.
#[derive(Clone, Debug)]
pub struct StoredLine {
    /// The line.
    pub line: Line,
    /// The product's words at the time of the order.
    pub words: Words,
    /// The enterprise's name.
    pub customer: String,
}

/// Which lines of an ISV.
#[derive(Clone, Copy, Debug)]
pub enum Of {
    /// Those of a month that has closed.
    Closed(Month),
    /// Of these only those from an instant on.
    ClosedSince(Month, Timestamp),
    /// Those that are in no month yet, from the first second until before the second.
    Open(Timestamp, Timestamp),
}

/// The lines, in order.
pub async fn lines(sql: &mut dyn Sql, isv: &str, of: Of, offset: Offset) -> Result<Vec<StoredLine>, StoreError> {
    // One condition or the other: so a database sees that the index serves.
    let (month, from, until) = match of {
        Of::Closed(month) => (Some(month.to_string()), i64::MIN, i64::MAX),
        Of::ClosedSince(month, since) => (Some(month.to_string()), since.unix(), i64::MAX),
        Of::Open(from, until) => (None, from.unix(), until.unix()),
    };
    let in_month = if month.is_some() { "l.month = $2" } else { "l.month IS NULL AND $2 IS NULL" };
    let query = format!(
        "SELECT l.order_id, l.kind, l.at, l.amount_fen, o.words, \
         coalesce((SELECT name FROM organisations WHERE id = o.enterprise), '') \
         FROM settlement_lines l JOIN orders o ON o.id = l.order_id \
         WHERE l.isv = $1 AND {in_month} AND l.at >= $3 AND l.at < $4 ORDER BY l.at, l.order_id, l.kind"
    );
    let read = |mut row: Row| {
        let line = line(&mut row, offset)?;
        let words: String = row.take()?;
        Ok(StoredLine { line, words: document::read(&words)?, customer: row.take()? })
    };
    sql.rows(&query, values![isv, &month, from, until]).await?.into_iter().map(read).collect()
}

/// The next columns: order, kind, instant, amount.
pub fn line(row: &mut Row, offset: Offset) -> Result<Line, StoreError> {
    let (order, kind, at): (String, String, i64) = (row.take()?, row.take()?, row.take()?);
    let kind = LineKind::parse(&kind).ok_or(StoreError::Column(kind.into()))?;
    let at = Timestamp::from_unix(at, offset).ok_or_else(|| StoreError::Column(at.to_string().into()))?;
    Ok(Line { order, kind, at, amount: row.take()? })
}

/// The SHA-256 of a month's lines, in their order.
pub fn digest<'l>(lines: impl Iterator<Item = &'l Line>) -> Vec<u8> {
    let mut hash = Sha256::new();
    for Line { order, kind, at, amount } in lines {
        hash.update(format!("{order}\n{}\n{}\n{}\n", kind.as_str(), at.unix(), amount.fen()));
    }
    hash.finalize().to_vec()
}

/// The state's name, to search by.
pub const fn state_name(state: &StatementState) -> &'static str {
    match state {
        StatementState::Open => "open",
        StatementState::Closed { .. } => "closed",
        StatementState::PaidOut { .. } => "paid_out",
    }
}

/// The sealed columns, in the order of the table; `month` and `document` are the statement's, printed.
pub fn columns<'v>(statement: &'v Statement, month: &'v str, document: &'v str, lines: &'v [u8]) -> [Value<'v>; 9] {
    [
        (&statement.isv).into(),
        month.into(),
        statement.fulfilled.into(),
        statement.refunded.into(),
        statement.deducted.into(),
        statement.carried().into(),
        state_name(&statement.state).into(),
        document.into(),
        lines.into(),
    ]
}

/// Keeps a month that has closed. A conflict: it had closed before.
pub async fn insert(sql: &mut dyn Sql, closed: &Statement, lines: &[u8]) -> Result<(), StoreError> {
    let statement = "INSERT INTO settlements (isv, month, fulfilled_fen, refunded_fen, deducted_fen, carried_fen, state, \
         document, lines, seal) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let (month, document) = (closed.month.to_string(), document::print(closed)?);
    let columns = columns(closed, &month, &document, lines);
    let seal = seal(&columns);
    sql.run(statement, &[&columns[..], values![&seal]].concat()).await?;
    Ok(())
}

/// Keeps what became of it.
pub async fn update(sql: &mut dyn Sql, paid: &Statement, lines: &[u8]) -> Result<(), StoreError> {
    let (month, document) = (paid.month.to_string(), document::print(paid)?);
    let seal = seal(&columns(paid, &month, &document, lines));
    let statement = "UPDATE settlements SET state = $3, document = $4, seal = $5 WHERE isv = $1 AND month = $2";
    sql.run(statement, values![&paid.isv, &month, state_name(&paid.state), &document, &seal]).await?;
    Ok(())
}

/// A month that has closed, with the digest of its lines.
pub async fn find(sql: &mut dyn Sql, isv: &str, month: Month) -> Result<Option<(Statement, Vec<u8>)>, StoreError> {
    let query = "SELECT document, lines FROM settlements WHERE isv = $1 AND month = $2";
    let row = sql.row(query, values![isv, &month.to_string()]).await?;
    row.map(|mut row| Ok((document::read(&row.take::<String>()?)?, row.take()?))).transpose()
}

/// The months that have closed, of an ISV or of all, the newest first; at most `limit`.
pub async fn search(
    sql: &mut dyn Sql,
    isv: Option<&str>,
    month: Option<&str>,
    state: Option<&str>,
    limit: i64,
) -> Result<Vec<Statement>, StoreError> {
    let query = "SELECT document FROM settlements WHERE ($1 IS NULL OR isv = $1) AND ($2 IS NULL OR month = $2) \
         AND ($3 IS NULL OR state = $3) ORDER BY month DESC, isv LIMIT $4";
    let rows = sql.rows(query, values![isv, month, state, limit]).await?;
    rows.into_iter().map(|mut row| document::read(&row.take::<String>()?)).collect()
}

//! Restoring: all in one transaction, into a market in which nothing is.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

use super::lines::{Field, Head, Reading, TableLine};
use super::schema::{self, Kind, Table};
use super::{FORM, RestoreError, Summary, count};
use crate::store::migrate::{self, ALL, Migration};
use crate::store::sql::{Cell, Lock, Sql, Value};
use crate::store::{Step, StoreError};

/// So many values go into one statement.
const VALUES: usize = 900;
/// What a server leaves that was started once, and nobody would miss.
const LEFT: [&str; 5] = ["verify_keys", "sandbox", "sign_in_failures", "counted", "due_work"];

/// Restores a backup. A market in which something is, is refused; so is a file that is not whole.
pub struct Restore {
    /// Where the backup is.
    pub file: PathBuf,
}

impl Step for Restore {
    type Done = Summary;
    type Refused = RestoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Summary, RestoreError> {
        let file = File::open(&self.file).map_err(RestoreError::Read)?;
        let mut lines = Reading::new(BufReader::with_capacity(1 << 16, file));
        let made_by = made_by(lines.head()?)?;
        sql.hold(Lock::Migrations).await?;
        if sql.is_served().await? {
            return Err(RestoreError::Served);
        }
        clear(sql).await?;
        migrate::run(sql, made_by).await?;
        let mut summary = Summary::default();
        for table in schema::tables(made_by)? {
            let rows = fill(sql, &mut lines, &table).await?;
            summary.rows.push((table.name, rows));
        }
        lines.end()?;
        migrate::run(sql, &ALL[made_by.len()..]).await?;
        Ok(summary)
    }
}

/// The migrations that made its tables.
fn made_by(head: Head) -> Result<&'static [Migration], RestoreError> {
    if head.quotient_backup != FORM || head.migrations.len() > ALL.len() {
        return Err(RestoreError::Newer(head.version));
    }
    for (theirs, ours) in head.migrations.iter().zip(&ALL) {
        if theirs.name != ours.name || theirs.sha256 != super::hex(&ours.hash()) {
            return Err(RestoreError::Other(theirs.name.clone()));
        }
    }
    Ok(&ALL[..head.migrations.len()])
}

/// Takes away the tables of an empty market: those of the backup may be older.
async fn clear(sql: &mut dyn Sql) -> Result<(), RestoreError> {
    let done = migrate::done(sql).await?;
    let tables = schema::tables(&ALL[..done])?;
    let mut filled = Vec::new();
    for table in &tables {
        let rows = count(sql, table).await?;
        if rows > 0 && !LEFT.contains(&&*table.name) {
            filled.push((table.name.clone(), rows));
        }
    }
    if !filled.is_empty() {
        return Err(RestoreError::NotEmpty(filled));
    }
    for table in tables.iter().rev() {
        sql.script(&format!("DROP TABLE {}", table.name)).await?;
    }
    sql.run("DELETE FROM migrations", &[]).await?;
    Ok(())
}

async fn fill<R: BufRead + Send>(
    sql: &mut dyn Sql,
    lines: &mut Reading<R>,
    table: &Table,
) -> Result<u64, RestoreError> {
    let head: TableLine = lines.line()?;
    let names: Vec<String> = table.columns.iter().map(|(name, _)| name.clone()).collect();
    if (&head.table, &head.columns) != (&table.name, &names) {
        return Err(lines.damaged());
    }
    let at_once = VALUES / names.len().max(1);
    let mut left = head.rows;
    while left > 0 {
        let rows = usize::try_from(left).unwrap_or(at_once).min(at_once);
        let mut cells = Vec::with_capacity(rows * names.len());
        for _ in 0..rows {
            let fields: Vec<Field> = lines.line()?;
            if fields.len() != names.len() {
                return Err(lines.damaged());
            }
            let read = fields.into_iter().map(|field| field.cell().ok_or_else(|| lines.damaged()));
            cells.extend(read.collect::<Result<Vec<_>, _>>()?);
        }
        match insert(sql, table, &cells).await {
            Ok(Some(())) => {}
            Ok(None) => return Err(lines.damaged()),
            // A row that is there twice, or names one that is not there.
            Err(error) if error.is_conflict() => return Err(lines.damaged()),
            Err(error) => return Err(error.into()),
        }
        left -= rows as u64;
    }
    Ok(head.rows)
}

/// `None` where a value is of another kind than its column.
async fn insert(sql: &mut dyn Sql, table: &Table, cells: &[Cell]) -> Result<Option<()>, StoreError> {
    let kinds = table.columns.iter().map(|(_, kind)| *kind).cycle();
    let values: Option<Vec<Value<'_>>> = cells.iter().zip(kinds).map(|(cell, kind)| value(cell, kind)).collect();
    let Some(values) = values else { return Ok(None) };
    let width = table.columns.len();
    let row = |row: usize| {
        let places: Vec<String> = (1..=width).map(|column| format!("${}", row * width + column)).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..cells.len() / width).map(row).collect();
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| name.as_str()).collect();
    let statement = format!("INSERT INTO {} ({}) VALUES {}", table.name, names.join(", "), rows.join(", "));
    sql.run(&statement, &values).await?;
    Ok(Some(()))
}

fn value(cell: &Cell, kind: Kind) -> Option<Value<'_>> {
    Some(match (kind, cell) {
        (Kind::Int, Cell::Null) => Value::Int(None),
        (Kind::Text, Cell::Null) => Value::Text(None),
        (Kind::Bytes, Cell::Null) => Value::Bytes(None),
        (Kind::Int, Cell::Int(value)) => Value::Int(Some(*value)),
        (Kind::Text, Cell::Text(value)) => Value::Text(Some(value)),
        (Kind::Bytes, Cell::Bytes(value)) => Value::Bytes(Some(value)),
        _ => return None,
    })
}

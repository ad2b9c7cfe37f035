//! A backup: every row of every table at one moment, as text, a line for each. It can be restored into either database.
//!
//! ```text
//! {"quotient_backup":1,"version":…,"made_at":…,"migrations":[{"name":…,"sha256":…}…]}
//! {"table":"products","columns":["slug",…],"rows":2}
//! ["data-analytics-1",…]        a row: numbers, texts, null, bytes as {"base64":…}
//! ["data-analytics-2",…]
//! {"table":…                    the next table, after those that its rows name
//! {"sha256":…}                  of every line before this one
//! ```
//!
//! Rows are written and read one after the other, never all of them held. The key that quotations are signed with is no part
//! of it: it belongs to a server, not to the market, which has the public keys of all.

mod lines;
mod restore;
mod schema;

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

use shared::calendar::Timestamp;

use super::sql::{Cell, Row, Sql};
use super::{Step, StoreError, migrate};
use lines::{Field, Head, MigrationLine, TableLine, Writing, hex};
use schema::Table;

pub use restore::Restore;

/// The number of the form that is written, and the only one that is read.
const FORM: u32 = 1;

/// How much was written or read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The rows of each table.
    pub rows: Vec<(String, u64)>,
}

/// For the command line.
impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rows: u64 = self.rows.iter().map(|(_, rows)| rows).sum();
        write!(f, "{rows} rows of {} tables", self.rows.len())
    }
}

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is a database, and no market in it.
    #[error("there is no market in this database")]
    NoMarket,
    /// The backup cannot be written.
    #[error("the backup cannot be written: {0}")]
    Write(#[from] io::Error),
}

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The store cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be read.
    #[error("it cannot be read: {0}")]
    Read(io::Error),
    /// The file is something else.
    #[error("it is no backup of a market")]
    NoBackup,
    /// A newer version made the backup.
    #[error("it was made by quotient {0}, which is newer: restore it with that version")]
    Newer(String),
    /// A version that is not of our line made the backup.
    #[error("it was made by another version: its `{0}` is not ours")]
    Other(String),
    /// The file is not as it was written.
    #[error("it is damaged: {0}. Take another backup")]
    Damaged(Damage),
    /// There is a market already; these tables have rows.
    #[error(
        "there is a market already, with {}. A backup is restored into an empty folder (--data) or an empty database (--database)",
        listed(.0)
    )]
    NotEmpty(Vec<(String, i64)>),
    /// A server is running on the database.
    #[error("a server is running on this database. Stop it first")]
    Served,
}

/// What is wrong with a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// It ends too early.
    #[error("its end is missing")]
    CutOff,
    /// This line is not what should stand there.
    #[error("line {0} is not what should stand there")]
    Line(u64),
    /// It is not what the hash is of.
    #[error("its content does not belong to the hash at its end")]
    Hash,
}

fn listed(rows: &[(String, i64)]) -> String {
    let each: Vec<String> = rows.iter().map(|(table, count)| format!("{count} {table}")).collect();
    each.join(", ")
}

/// Whether a file that begins so is a backup.
pub fn is_backup(beginning: &[u8]) -> bool {
    beginning.starts_with(lines::BEGINNING.as_bytes())
}

/// How many bytes of a file [`is_backup`] has to be shown.
pub const TELLING: usize = lines::BEGINNING.len();

/// Writes a backup.
pub struct BackUp<W> {
    out: Mutex<Option<W>>,
    made_at: Timestamp,
}

impl<W: Write + Send + 'static> BackUp<W> {
    /// To `out`, which is written to in small pieces.
    pub fn new(out: W, made_at: Timestamp) -> Self {
        Self { out: Mutex::new(Some(out)), made_at }
    }
}

impl<W: Write + Send + 'static> Step for BackUp<W> {
    /// `out`, flushed, and how much went into it.
    type Done = (W, Summary);
    type Refused = BackupError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, BackupError> {
        let out = self.out.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut out = Writing::new(out.ok_or(StoreError::GivenUp)?);
        let done = migrate::count(sql).await.map_err(|error| match error {
            error if error.is_missing_table() => BackupError::NoMarket,
            error => error.into(),
        })?;
        let migrations = &migrate::ALL[..done];
        let line = |it: &migrate::Migration| MigrationLine { name: it.name.to_owned(), sha256: hex(&it.hash()) };
        out.line(&Head {
            quotient_backup: FORM,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: self.made_at.to_string(),
            migrations: migrations.iter().map(line).collect(),
        })?;
        let mut summary = Summary::default();
        for table in schema::tables(migrations)? {
            let rows = write(sql, &mut out, &table).await?;
            summary.rows.push((table.name, rows));
        }
        Ok((out.end()?, summary))
    }
}

async fn write<W: Write + Send>(sql: &mut dyn Sql, out: &mut Writing<W>, table: &Table) -> Result<u64, BackupError> {
    let columns: Vec<String> = table.columns.iter().map(|(name, _)| name.clone()).collect();
    let rows = u64::try_from(count(sql, table).await?).unwrap_or_default();
    let query = format!("SELECT {} FROM {}", columns.join(", "), table.name);
    out.line(&TableLine { table: table.name.clone(), rows, columns })?;
    let mut written = Ok(());
    let mut each = |row: Row| {
        written = write_row(out, row, table.columns.len());
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    sql.each(&query, &mut each).await?;
    written.map(|()| rows)
}

fn write_row<W: Write>(out: &mut Writing<W>, mut row: Row, columns: usize) -> Result<(), BackupError> {
    let cells = (0..columns).map(|_| row.take::<Cell>().map(Field::from)).collect::<Result<Vec<_>, _>>()?;
    Ok(out.line(&cells)?)
}

async fn count(sql: &mut dyn Sql, table: &Table) -> Result<i64, StoreError> {
    let row = sql.row(&format!("SELECT count(*) FROM {}", table.name), &[]).await?;
    row.ok_or(StoreError::GivenUp)?.take()
}

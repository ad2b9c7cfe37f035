//! Why the store does not do what it is asked, and whether that passes.

use std::path::Path;
use std::sync::Arc;

use rusqlite::ErrorCode;

/// A store that cannot do what it was asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite said no.
    #[error("the database: {0}")]
    Sqlite(Arc<rusqlite::Error>),
    /// PostgreSQL said no, or nothing.
    #[error("the database: {0}")]
    Postgres(Arc<sqlx::Error>),
    /// The file with the data cannot be opened.
    #[error("the data: {0}")]
    File(Arc<std::io::Error>),
    /// Another server has the file.
    #[error(
        "another quotient is using this data folder. Stop it first, or give each its own folder; several servers on one market need PostgreSQL (--database)"
    )]
    InUse,
    /// The tables were made by a version that is not of our line.
    #[error("the database's tables were made by another version: its `{0}` is not ours")]
    OtherTables(&'static str),
    /// The tables were made by a newer version.
    #[error("the database's tables were made by a newer version, which has `{0}` too: use that version")]
    NewerTables(Arc<str>),
    /// There is nothing to look at.
    #[error("there is no market in {}", .0.display())]
    NoMarket(Arc<Path>),
    /// The address names neither of the two databases.
    #[error(
        "`{0}` is no database's address: use postgres://user@host/name, or leave it out for a file in the data folder"
    )]
    Address(String),
    /// A text has a NUL in it, which neither database keeps.
    #[error("a text has a NUL in it")]
    Nul,
    /// A column holds what its reader does not expect.
    #[error("a column holds {0}")]
    Column(Arc<str>),
    /// The database gave the transaction up, and nothing of it is there.
    #[error("the database gave the transaction up")]
    GivenUp,
    /// The database took too long; whether it has done it is not known.
    #[error("the database took too long")]
    TooLong,
    /// The database has not answered for a while; it is still being asked.
    #[error("the database does not answer")]
    Away,
    /// A step waited for something else than its database.
    #[error("a step waited for something else than its database")]
    Waits,
    /// A step panicked; nothing of it is there.
    #[error("a step panicked")]
    Panicked,
    /// The server is stopping.
    #[error("the store is closed")]
    Closed,
}

impl StoreError {
    /// Whether another row has the same in this column of a table, in which no two have the same.
    pub fn is_taken(&self, table: &str, column: &str) -> bool {
        match self {
            Self::Sqlite(error) => error.to_string().contains(&format!("UNIQUE constraint failed: {table}.{column}")),
            Self::Postgres(error) => {
                let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
                constraint.is_some_and(|it| it == format!("{table}_{column}_key"))
            }
            _ => false,
        }
    }

    /// Whether a row with the same key, or without the one that it names, stands in the way.
    pub fn is_conflict(&self) -> bool {
        match self {
            Self::Sqlite(error) => error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation),
            Self::Postgres(error) => error.as_database_error().is_some_and(|error| {
                error.is_unique_violation() || error.is_foreign_key_violation() || error.is_check_violation()
            }),
            _ => false,
        }
    }
}

impl StoreError {
    /// Whether a table is not there.
    pub(super) fn is_missing_table(&self) -> bool {
        match self {
            Self::Sqlite(error) => error.to_string().contains("no such table"),
            Self::Postgres(error) => {
                error.as_database_error().and_then(sqlx::error::DatabaseError::code).is_some_and(|code| code == "42P01")
            }
            _ => false,
        }
    }
}

/// What the system or another process keeps SQLite from: it passes, or whoever runs the server sees to it.
const SQLITE_OUTAGE: [ErrorCode; 11] = [
    ErrorCode::CannotOpen,
    ErrorCode::DatabaseBusy,
    ErrorCode::DatabaseCorrupt,
    ErrorCode::DatabaseLocked,
    ErrorCode::DiskFull,
    ErrorCode::FileLockingProtocolFailed,
    ErrorCode::NotADatabase,
    ErrorCode::OutOfMemory,
    ErrorCode::PermissionDenied,
    ErrorCode::ReadOnly,
    ErrorCode::SystemIoFailure,
];

/// How the SQLSTATE of PostgreSQL's outages begins: no connection, no admission, no such database, a standby's refusal to
/// write, no resources, not in the state for it, stopped by an operator or by a time limit, a failure of its system.
const POSTGRES_OUTAGE: [&str; 9] = ["08", "28", "3D", "25006", "53", "55", "57", "58", "F0"];

impl StoreError {
    /// Whether the database cannot do it for the moment: what was asked may be asked again. The rest are mistakes.
    pub fn is_outage(&self) -> bool {
        match self {
            Self::Sqlite(error) => error.sqlite_error_code().is_some_and(|code| SQLITE_OUTAGE.contains(&code)),
            Self::Postgres(error) => postgres_outage(error),
            Self::File(_) | Self::InUse | Self::GivenUp | Self::TooLong | Self::Away | Self::Closed => true,
            Self::OtherTables(_)
            | Self::NewerTables(_)
            | Self::NoMarket(_)
            | Self::Address(_)
            | Self::Nul
            | Self::Column(_)
            | Self::Waits
            | Self::Panicked => false,
        }
    }
}

/// Whether PostgreSQL cannot do it for the moment.
pub(super) fn postgres_outage(error: &sqlx::Error) -> bool {
    use sqlx::Error::{Database, Io, PoolClosed, PoolTimedOut, Protocol, Tls, WorkerCrashed};
    match error {
        Io(_) | Tls(_) | Protocol(_) | PoolTimedOut | PoolClosed | WorkerCrashed => true,
        Database(error) => {
            error.code().is_some_and(|code| POSTGRES_OUTAGE.iter().any(|begins| code.starts_with(begins)))
        }
        _ => false,
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(Arc::new(error))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Postgres(Arc::new(error))
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        Self::File(Arc::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_no_outage() {
        let sqlite =
            |code: i32| StoreError::from(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None));
        // SQLITE_FULL, _BUSY, _IOERR, _READONLY, _CORRUPT; SQLITE_ERROR, _CONSTRAINT, _MISMATCH, _MISUSE.
        for (code, outage) in [
            (13, true),
            (5, true),
            (10, true),
            (8, true),
            (11, true),
            (1, false),
            (19, false),
            (20, false),
            (21, false),
        ] {
            assert_eq!(sqlite(code).is_outage(), outage, "{code}");
        }
        assert!(StoreError::from(sqlx::Error::PoolTimedOut).is_outage());
        assert!(!StoreError::from(sqlx::Error::RowNotFound).is_outage());
        assert!(!StoreError::Column("x".into()).is_outage() && !StoreError::Panicked.is_outage());
    }
}

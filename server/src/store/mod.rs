//! What is kept, in one of two databases, chosen by the address: SQLite (the default, one file) or PostgreSQL. The same
//! story, a test, is told to both.
//!
//! A [`Step`] is what happens in one transaction. It speaks to either database through [`Sql`]; the tables' own folders and
//! files below know the statements. When a write returns, it is durable, and either all of it is there or nothing.

pub mod answers;
pub mod document;
pub mod due;
pub mod keys;
pub mod ledger;
mod migrate;
pub mod money;
pub mod notices;
pub mod orders;
pub mod people;
mod postgres;
pub mod products;
pub mod quotations;
pub mod sandbox;
pub mod seal;
mod search;
pub mod services;
pub mod sql;
mod sqlite;
pub mod trials;

use std::path::Path;
use std::sync::Arc;

pub use sql::Sql;

/// The SQLite file in the data folder.
const FILE: &str = "quotient.db";

/// What is done in one transaction. A refusal undoes all of it. On PostgreSQL it may be done more than once, until it is not
/// broken off by another one: it changes nothing but the database.
pub trait Step: Send + Sync + 'static {
    /// What it returns.
    type Done: Send + 'static;
    /// Why it did not happen.
    type Refused: From<StoreError> + Send + 'static;
    /// It is one query, for a row or two by their keys. That needs no transaction to see one moment, and is done where it is
    /// asked for: another thread's turn would take longer than it.
    const BRIEF: bool = false;

    /// Does it.
    fn take(&self, sql: &mut dyn Sql) -> impl Future<Output = Result<Self::Done, Self::Refused>> + Send;
}

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

/// The store. Cloned, it is the same one.
#[derive(Clone)]
pub struct Store(Arc<Database>);

enum Database {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// How much a store does at once.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many writes share a commit at most, on SQLite. With 1, each has a commit to itself.
    pub group: usize,
}

impl Default for Limits {
    /// Enough for whatever waits, and so few that the first of them does not wait for too long.
    fn default() -> Self {
        Self { group: 512 }
    }
}

impl Store {
    /// Opens the store and brings its tables up to date: the database at `address`, else a SQLite file in `folder`.
    pub async fn open(folder: &Path, address: Option<&str>) -> Result<Self, StoreError> {
        Self::open_with(folder, address, Limits::default()).await
    }

    /// The same with other limits.
    pub async fn open_with(folder: &Path, address: Option<&str>, limits: Limits) -> Result<Self, StoreError> {
        let database = match address {
            None => Database::Sqlite(sqlite::Sqlite::open(&folder.join(FILE), limits)?),
            Some(address) => Database::Postgres(postgres::Postgres::open(postgres_address(address)?).await?),
        };
        Ok(Self(Arc::new(database)))
    }

    /// Opens a store to look at it only, while a server may be running on it. Its tables are as they are.
    pub async fn look(folder: &Path, address: Option<&str>) -> Result<Self, StoreError> {
        let database = match address {
            None => Database::Sqlite(sqlite::Sqlite::look(&folder.join(FILE))?),
            Some(address) => Database::Postgres(postgres::Postgres::look(postgres_address(address)?).await?),
        };
        Ok(Self(Arc::new(database)))
    }

    /// Does a step that changes something. When it returns, it is durable.
    pub async fn write<S: Step>(&self, step: S) -> Result<S::Done, S::Refused> {
        match &*self.0 {
            Database::Sqlite(sqlite) => sqlite.write(step).await,
            Database::Postgres(postgres) => postgres.write(step).await,
        }
    }

    /// Does a step that only looks: all of it sees one moment.
    pub async fn read<S: Step>(&self, step: S) -> Result<S::Done, S::Refused> {
        match &*self.0 {
            Database::Sqlite(sqlite) => sqlite.read(step).await,
            Database::Postgres(postgres) => postgres.read(step).await,
        }
    }

    /// Whether it answers.
    pub async fn ready(&self) -> Result<(), StoreError> {
        self.read(Ready).await
    }

    /// Finishes what is under way and closes the database.
    pub async fn close(&self) {
        match &*self.0 {
            Database::Sqlite(sqlite) => sqlite.close().await,
            Database::Postgres(postgres) => postgres.close().await,
        }
    }
}

fn postgres_address(address: &str) -> Result<&str, StoreError> {
    let known = address.starts_with("postgres://") || address.starts_with("postgresql://");
    // An address may hold a password: only its beginning is repeated.
    known
        .then_some(address)
        .ok_or_else(|| StoreError::Address(address.split("//").next().unwrap_or_default().to_owned()))
}

struct Ready;

impl Step for Ready {
    type Done = ();
    type Refused = StoreError;
    const BRIEF: bool = true;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        sql.rows("SELECT 1", &[]).await?;
        Ok(())
    }
}

/// A pattern for `LIKE … ESCAPE '\\'` that finds `text` anywhere.
fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

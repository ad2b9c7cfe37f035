//! What is kept, in one of two databases, chosen by the address: SQLite (the default, one file) or PostgreSQL. The same
//! story, a test, is told to both.
//!
//! A [`Step`] is what happens in one transaction. It speaks to either database through [`Sql`]; the tables' own folders and
//! files below know the statements. When a write returns, it is durable, and either all of it is there or nothing.

pub mod answers;
pub mod backup;
pub mod counted;
mod counting;
pub mod customers;
pub mod document;
pub mod due;
mod error;
pub mod keys;
pub mod ledger;
pub mod mails;
mod migrate;
pub mod money;
pub mod notices;
pub mod orders;
pub mod people;
mod postgres;
pub mod products;
pub mod quotations;
pub mod records;
pub mod refunds;
pub mod sandbox;
pub mod seal;
pub mod search;
pub mod services;
pub mod settlements;
pub mod sql;
mod sqlite;
pub mod standings;
pub mod sums;
pub mod tenant;
pub mod trials;
pub mod words;
pub mod workbench;

use std::path::Path;
use std::sync::Arc;

use backup::{Restore, RestoreError, Summary};
pub use error::StoreError;
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
    /// It takes as long as it takes: a server does it before it serves.
    const LONG: bool = false;

    /// Does it.
    fn take(&self, sql: &mut dyn Sql) -> impl Future<Output = Result<Self::Done, Self::Refused>> + Send;
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
            None => Database::Sqlite(sqlite::Sqlite::open(&folder.join(FILE), limits, migrate::Migrate)?.0),
            Some(address) => Database::Postgres(postgres::Postgres::open(postgres_address(address)?).await?),
        };
        Ok(Self(Arc::new(database)))
    }

    /// Restores a backup into a store in which nothing is, and which no server has open: all of it or nothing.
    pub async fn restore(folder: &Path, address: Option<&str>, step: Restore) -> Result<Summary, RestoreError> {
        match address {
            None => {
                let (sqlite, summary) = sqlite::Sqlite::open(&folder.join(FILE), Limits::default(), step)?;
                sqlite.close().await;
                Ok(summary)
            }
            Some(address) => postgres::Postgres::once(postgres_address(address)?, step).await,
        }
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

/// Whether a column holds what a pattern of [`containing`] finds. Latin letters are the same in either case, on both databases:
/// PostgreSQL, whose texts are compared byte by byte here, knows no other letters' cases either.
fn like(column: &str, pattern: &str) -> String {
    format!("lower({column}) LIKE {pattern} ESCAPE '\\'")
}

/// A pattern for [`like`] that finds `text` anywhere.
fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.to_ascii_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

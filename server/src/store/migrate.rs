//! Bringing the tables up to date: the files in `migrations/`, in order, each once.
//!
//! They are written for SQLite, once; what PostgreSQL calls otherwise is put right on the way. A file that was run is never
//! edited: its hash is kept, and another one is refused.

use sha2::{Digest, Sha256};

use super::sql::{Lock, Sql, tables_for_postgres, values};
use super::{Step, StoreError};

const FILES: [(&str, &str); 4] = [
    ("0001_market", include_str!("../../migrations/0001_market.sql")),
    ("0002_people", include_str!("../../migrations/0002_people.sql")),
    ("0003_orders", include_str!("../../migrations/0003_orders.sql")),
    ("0004_lists", include_str!("../../migrations/0004_lists.sql")),
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY, hash BLOB NOT NULL)";

/// For a SQLite file.
pub(super) struct Sqlite;
/// For a PostgreSQL database.
pub(super) struct Postgres;

impl Step for Sqlite {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        migrate(sql, str::to_owned).await
    }
}

impl Step for Postgres {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        migrate(sql, |definitions| tables_for_postgres(definitions).into_owned()).await
    }
}

/// Two servers that start together do it one after the other; the second finds it done.
async fn migrate(sql: &mut dyn Sql, translated: impl Fn(&str) -> String + Sync + Send) -> Result<(), StoreError> {
    sql.hold(Lock::Migrations).await?;
    sql.script(&translated(TABLE)).await?;
    for (name, definitions) in FILES {
        let hash = Sha256::digest(definitions).to_vec();
        let run = sql.row("SELECT hash FROM migrations WHERE name = $1", values![name]).await?;
        match run.map(|mut row| row.take::<Vec<u8>>()).transpose()? {
            Some(run) if run == hash => {}
            Some(_) => return Err(StoreError::OtherTables(name)),
            None => {
                sql.script(&translated(definitions)).await?;
                sql.run("INSERT INTO migrations (name, hash) VALUES ($1, $2)", values![name, &hash]).await?;
            }
        }
    }
    Ok(())
}

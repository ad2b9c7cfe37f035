//! PostgreSQL, for a market with more than one server.
//!
//! A write is a transaction of its own. What must not happen at the same time locks the row that stands for it, and
//! constraints guard the rest; a write that the database breaks off in favour of another one is done again.

use std::time::Duration;

use async_trait::async_trait;
use sqlx::postgres::{PgArguments, PgPoolOptions, PgRow};
use sqlx::{Arguments, AssertSqlSafe, Column, Executor, PgConnection, PgPool, Row as _, TypeInfo};

use crate::fault;

use super::sql::{Cell, Lock, Row, Sql, Value, without_nul};
use super::{Step, StoreError, migrate};

/// How a transaction begins that may change something, and one that sees one moment.
const WRITE: &str = "BEGIN";
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
const CONNECTIONS: u32 = 16;
/// For how long a request waits for a connection before it says that the database does not answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often a write is tried that others break off.
const ATTEMPTS: u32 = 20;
/// SQLSTATE of a transaction that could not be serialised, and of one that was broken off to end a deadlock.
const BROKEN_OFF: [&str; 2] = ["40001", "40P01"];

pub(super) struct Postgres {
    pool: PgPool,
}

impl Postgres {
    /// Connects without touching the tables.
    pub(super) async fn look(address: &str) -> Result<Self, StoreError> {
        let options = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE);
        Ok(Self { pool: options.connect(address).await? })
    }

    pub(super) async fn open(address: &str) -> Result<Self, StoreError> {
        let postgres = Self::look(address).await?;
        postgres.write(migrate::Postgres).await?;
        Ok(postgres)
    }

    pub(super) async fn write<S: Step>(&self, step: S) -> Result<S::Done, S::Refused> {
        for _ in 1..ATTEMPTS {
            match self.attempt(&step, WRITE).await {
                Err(Ended::BrokenOff) => {}
                Err(Ended::Refused(refused)) => return Err(refused),
                Ok(done) => return Ok(done),
            }
        }
        self.attempt(&step, WRITE).await.map_err(|ended| match ended {
            Ended::BrokenOff => StoreError::GivenUp.into(),
            Ended::Refused(refused) => refused,
        })
    }

    pub(super) async fn read<S: Step>(&self, step: S) -> Result<S::Done, S::Refused> {
        if S::BRIEF {
            let mut connection = self.pool.acquire().await.map_err(StoreError::from)?;
            return step.take(&mut Session { connection: &mut connection, reads_only: true, broken_off: false }).await;
        }
        let done = self.attempt(&step, READ).await;
        done.map_err(|ended| match ended {
            Ended::BrokenOff => StoreError::GivenUp.into(),
            Ended::Refused(refused) => refused,
        })
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }

    async fn attempt<S: Step>(&self, step: &S, begin: &'static str) -> Result<S::Done, Ended<S::Refused>> {
        let mut transaction = self.pool.begin_with(begin).await?;
        let reads_only = begin != WRITE;
        let mut session = Session { connection: &mut transaction, reads_only, broken_off: false };
        let done = step.take(&mut session).await;
        if session.broken_off {
            return Err(Ended::BrokenOff);
        }
        match done {
            Ok(done) => {
                fault::point("committing");
                transaction.commit().await?;
                fault::point("committed");
                Ok(done)
            }
            Err(refused) => {
                // Where the connection is gone, so is the transaction.
                let _ = transaction.rollback().await;
                Err(Ended::Refused(refused))
            }
        }
    }
}

/// Why a transaction was not committed.
enum Ended<R> {
    /// The database chose another one; it can be tried again.
    BrokenOff,
    Refused(R),
}

impl<R: From<StoreError>> From<sqlx::Error> for Ended<R> {
    fn from(error: sqlx::Error) -> Self {
        if is_broken_off(&error) { Self::BrokenOff } else { Self::Refused(StoreError::from(error).into()) }
    }
}

fn is_broken_off(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| BROKEN_OFF.contains(&&*code))
}

struct Session<'c> {
    connection: &'c mut PgConnection,
    reads_only: bool,
    broken_off: bool,
}

impl Session<'_> {
    fn noted<T>(&mut self, result: Result<T, sqlx::Error>) -> Result<T, StoreError> {
        result.map_err(|error| {
            self.broken_off |= is_broken_off(&error);
            error.into()
        })
    }
}

fn arguments(values: &[Value<'_>]) -> Result<PgArguments, StoreError> {
    without_nul(values)?;
    let mut arguments = PgArguments::default();
    for value in values {
        let added = match *value {
            Value::Int(value) => arguments.add(value),
            Value::Text(value) => arguments.add(value),
            Value::Bytes(value) => arguments.add(value),
        };
        added.map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

#[async_trait]
impl Sql for Session<'_> {
    async fn run(&mut self, statement: &str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let query = sqlx::query_with(AssertSqlSafe(statement.to_owned()), arguments(values)?);
        let done = query.execute(&mut *self.connection).await;
        Ok(self.noted(done)?.rows_affected())
    }

    async fn rows(&mut self, query: &str, values: &[Value<'_>]) -> Result<Vec<Row>, StoreError> {
        // Who only looks need not keep others from changing it.
        let query = if self.reads_only { query.replace(" FOR UPDATE", "") } else { query.to_owned() };
        let query = sqlx::query_with(AssertSqlSafe(query), arguments(values)?);
        let found = query.fetch_all(&mut *self.connection).await;
        self.noted(found)?.iter().map(row).collect()
    }

    async fn script(&mut self, statements: &str) -> Result<(), StoreError> {
        let done = self.connection.execute(sqlx::raw_sql(AssertSqlSafe(statements.to_owned()))).await;
        self.noted(done)?;
        Ok(())
    }

    async fn hold(&mut self, lock: Lock) -> Result<(), StoreError> {
        let number: i64 = match lock {
            Lock::Migrations => 0x7175_6f74,
            Lock::Products => 0x7175_6f75,
            Lock::DueWork => 0x7175_6f76,
        };
        self.run("SELECT pg_advisory_xact_lock($1)", &[Value::Int(Some(number))]).await?;
        Ok(())
    }
}

fn row(row: &PgRow) -> Result<Row, StoreError> {
    let cell = |column: &sqlx::postgres::PgColumn| {
        let at = column.ordinal();
        Ok(match column.type_info().name() {
            "INT8" => row.try_get::<Option<i64>, _>(at)?.map(Cell::Int),
            "INT4" => row.try_get::<Option<i32>, _>(at)?.map(|value| Cell::Int(value.into())),
            "BOOL" => row.try_get::<Option<bool>, _>(at)?.map(|value| Cell::Int(value.into())),
            "BYTEA" => row.try_get::<Option<Vec<u8>>, _>(at)?.map(Cell::Bytes),
            _ => row.try_get::<Option<String>, _>(at)?.map(Cell::Text),
        }
        .unwrap_or(Cell::Null))
    };
    let cells = row.columns().iter().map(cell).collect::<Result<_, sqlx::Error>>()?;
    Ok(Row::new(cells))
}

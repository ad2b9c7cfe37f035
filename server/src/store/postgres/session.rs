//! A connection inside a transaction.

use async_trait::async_trait;
use futures_util::TryStreamExt;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::{Arguments, AssertSqlSafe, Column, Executor, PgConnection, Row as _, TypeInfo};

use super::way::Way;
use super::{SERVER, is_broken_off};
use crate::store::StoreError;
use crate::store::sql::{Cell, Lock, Row, Sql, Take, Value, tables_for_postgres, without_nul};

pub(super) struct Session<'c> {
    pub(super) connection: &'c mut PgConnection,
    pub(super) way: &'c Way,
    pub(super) reads_only: bool,
    /// A statement has failed.
    pub(super) failed: bool,
    /// The database has chosen another transaction.
    pub(super) broken_off: bool,
}

impl Session<'_> {
    fn noted<T>(&mut self, result: Result<T, sqlx::Error>) -> Result<T, StoreError> {
        result.map_err(|error| {
            self.failed = true;
            self.broken_off |= is_broken_off(&error);
            self.way.note(&error);
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

    async fn each(&mut self, query: &str, take: &mut Take<'_>) -> Result<(), StoreError> {
        let mut rows = sqlx::query(AssertSqlSafe(query.to_owned())).fetch(&mut *self.connection);
        loop {
            match rows.try_next().await {
                Ok(Some(found)) if take(row(&found)?).is_continue() => {}
                Ok(_) => return Ok(()),
                Err(error) => {
                    drop(rows);
                    return self.noted(Err(error));
                }
            }
        }
    }

    async fn script(&mut self, statements: &str) -> Result<(), StoreError> {
        let statements = tables_for_postgres(statements).into_owned();
        let done = self.connection.execute(sqlx::raw_sql(AssertSqlSafe(statements))).await;
        self.noted(done)?;
        Ok(())
    }

    async fn hold(&mut self, lock: Lock) -> Result<(), StoreError> {
        let number: i64 = match lock {
            Lock::Migrations => 0x7175_6f74,
            Lock::Products => 0x7175_6f75,
            Lock::DueWork => 0x7175_6f76,
            Lock::Mail => 0x7175_6f77,
            Lock::Counting => 0x7175_6f78,
        };
        self.run("SELECT pg_advisory_xact_lock($1)", &[Value::Int(Some(number))]).await?;
        Ok(())
    }

    async fn is_served(&mut self) -> Result<bool, StoreError> {
        let query = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1 \
             AND pid <> pg_backend_pid()";
        Ok(!self.rows(query, &[Value::Text(Some(SERVER))]).await?.is_empty())
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

//! A connection to a file. It answers at once: its futures never wait, so a plain thread can drive them.

use std::collections::HashMap;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use async_trait::async_trait;
use rusqlite::types::ValueRef;

use crate::fault;
use crate::store::sql::{Cell, Lock, Row, Sql, Take, Value, for_sqlite, without_nul};
use crate::store::{Step, StoreError};

pub(super) struct Connection {
    inner: rusqlite::Connection,
    /// Statements as they were asked for, and as SQLite takes them.
    translated: HashMap<String, String>,
}

impl Connection {
    pub(super) fn new(inner: rusqlite::Connection) -> Self {
        Self { inner, translated: HashMap::new() }
    }

    pub(super) fn inner(&self) -> &rusqlite::Connection {
        &self.inner
    }

    /// Does a step. Nobody else is waited for, so it is done when it was asked once.
    pub(super) fn take<S: Step>(&mut self, step: &S) -> Result<S::Done, S::Refused> {
        match pin!(step.take(self)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(done) => done,
            Poll::Pending => Err(StoreError::Waits.into()),
        }
    }

    /// Does a step in a transaction of its own.
    pub(super) fn alone<S: Step>(&mut self, step: S) -> Result<S::Done, S::Refused> {
        self.begin()?;
        let done = self.take(&step);
        if done.is_ok() {
            self.commit()?;
        } else {
            self.roll_back();
        }
        done
    }

    /// Begins as the one who writes: a transaction that reads first and writes then would fail when another came between.
    pub(super) fn begin(&mut self) -> Result<(), StoreError> {
        self.plain("BEGIN IMMEDIATE")
    }

    /// What fails to be committed is given up.
    pub(super) fn commit(&mut self) -> Result<(), StoreError> {
        fault::point("committing");
        self.plain("COMMIT").inspect_err(|_| self.roll_back())?;
        fault::point("committed");
        Ok(())
    }

    pub(super) fn roll_back(&self) {
        // SQLite may have given the transaction up by itself; then there is nothing to roll back.
        if !self.inner.is_autocommit() {
            let _ = self.inner.execute_batch("ROLLBACK");
        }
    }

    /// How many rows were written since the connection was opened.
    pub(super) fn written(&self) -> u64 {
        self.inner.total_changes()
    }

    pub(super) fn plain(&self, statement: &str) -> Result<(), StoreError> {
        self.inner.prepare_cached(statement)?.raw_execute()?;
        Ok(())
    }

    fn prepared(&mut self, statement: &str, values: &[Value<'_>]) -> Result<rusqlite::CachedStatement<'_>, StoreError> {
        without_nul(values)?;
        let mut prepared = match self.translated.get(statement) {
            Some(translated) => self.inner.prepare_cached(translated)?,
            None => {
                let translated = self.translated.entry(statement.to_owned()).or_insert_with(|| for_sqlite(statement));
                self.inner.prepare_cached(translated)?
            }
        };
        for (i, value) in values.iter().enumerate() {
            match *value {
                Value::Int(value) => prepared.raw_bind_parameter(i + 1, value)?,
                Value::Text(value) => prepared.raw_bind_parameter(i + 1, value)?,
                Value::Bytes(value) => prepared.raw_bind_parameter(i + 1, value)?,
            }
        }
        Ok(prepared)
    }
}

#[async_trait]
impl Sql for Connection {
    async fn run(&mut self, statement: &str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        Ok(self.prepared(statement, values)?.raw_execute()? as u64)
    }

    async fn rows(&mut self, query: &str, values: &[Value<'_>]) -> Result<Vec<Row>, StoreError> {
        let mut prepared = self.prepared(query, values)?;
        let columns = prepared.column_count();
        let mut rows = prepared.raw_query();
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row, columns)?);
        }
        Ok(found)
    }

    async fn each(&mut self, query: &str, take: &mut Take<'_>) -> Result<(), StoreError> {
        let mut prepared = self.prepared(query, &[])?;
        let columns = prepared.column_count();
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next()? {
            if take(read(row, columns)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    async fn script(&mut self, statements: &str) -> Result<(), StoreError> {
        Ok(self.inner.execute_batch(statements)?)
    }

    async fn hold(&mut self, _: Lock) -> Result<(), StoreError> {
        // Whoever writes is alone already.
        Ok(())
    }

    async fn is_served(&mut self) -> Result<bool, StoreError> {
        // Whoever has the file open to write has claimed it.
        Ok(false)
    }
}

fn read(row: &rusqlite::Row<'_>, columns: usize) -> Result<Row, rusqlite::Error> {
    let cells = (0..columns).map(|i| Ok(cell(row.get_ref(i)?))).collect::<Result<_, rusqlite::Error>>()?;
    Ok(Row::new(cells))
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(value) => Cell::Int(value),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
        // No column holds one; a reader that is given one says so.
        ValueRef::Real(value) => Cell::Text(value.to_string()),
    }
}

//! SQLite: one file, one connection that writes, a few that read beside it.
//!
//! `synchronous = FULL`: what was confirmed survives a power cut. A file belongs to one server at a time, which a lock
//! beside it holds to: two would not see each other's clock nor each other's work.

mod connection;
mod reader;
mod writer;

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;

use super::{Limits, Step, StoreError};
use connection::Connection;

const READERS: usize = 4;
/// So many may look something up at the same moment where they are; more wait for a reader's turn.
const AT_HAND: usize = 4;
/// In bytes. Smaller ones were no faster: of 2048 as fast, of 1024 slower by a fifth.
const PAGE: u32 = 4096;
/// In pages: the log is worked into the file every 16 MB, not every 4. Who comes at that moment waits for it: larger logs are
/// faster, and hold up some for longer.
const CHECKPOINT: u32 = 4000;
/// In KiB, for the one that writes: nobody else changes its pages, so it need not read them again. SQLite's usual 2 MB hold
/// less than one large group touches; of many, it looks through all of them at most commits.
const CACHE: u32 = 16_384;
/// For how long another process, a backup say, may keep us waiting.
const PATIENCE: Duration = Duration::from_secs(5);
/// Statements kept prepared on a connection.
const PREPARED: usize = 200;

pub(super) struct Sqlite {
    /// `None` where the store is only looked at.
    writer: Option<writer::Writer>,
    readers: reader::Readers,
    /// Released when the store goes.
    _claim: Option<File>,
}

impl Sqlite {
    /// Opens the file and does a step before everything else, which sees to the tables.
    pub(super) fn open<S: Step>(file: &Path, limits: Limits, first: S) -> Result<(Self, S::Done), S::Refused> {
        let claim = claim(&file.with_extension("lock"))?;
        let mut connection = connect(file, OpenFlags::default())?;
        let settings = format!(
            "PRAGMA page_size = {PAGE}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
             PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = {CHECKPOINT}; PRAGMA cache_size = -{CACHE};"
        );
        connection.inner().execute_batch(&settings).map_err(StoreError::from)?;
        let done = connection.alone(first)?;
        let readers = readers(file)?;
        let writer = writer::Writer::start(connection, limits.group);
        Ok((Self { writer: Some(writer), readers, _claim: Some(claim) }, done))
    }

    /// Reads beside whatever server may be running.
    pub(super) fn look(file: &Path) -> Result<Self, StoreError> {
        if !file.try_exists()? {
            return Err(StoreError::NoMarket(file.parent().unwrap_or(file).into()));
        }
        Ok(Self { writer: None, readers: readers(file)?, _claim: None })
    }

    pub(super) async fn write<S: Step>(&self, step: S) -> Result<S::Done, S::Refused> {
        self.writer.as_ref().ok_or(StoreError::Closed)?.run(step).await
    }

    pub(super) async fn read<S: Step>(&self, step: S) -> Result<S::Done, S::Refused> {
        if S::BRIEF { self.readers.here(step).await } else { self.readers.run(step).await }
    }

    pub(super) async fn close(&self) {
        self.readers.close();
        if let Some(writer) = &self.writer {
            writer.close().await;
        }
    }
}

fn readers(file: &Path) -> Result<reader::Readers, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connections = |count| (0..count).map(|_| connect(file, flags)).collect::<Result<_, _>>();
    Ok(reader::Readers::start(connections(READERS)?, connections(AT_HAND)?))
}

fn connect(file: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = rusqlite::Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    // Otherwise most statements are planned anew for each of their values, which takes longer than they do.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(Connection::new(connection))
}

/// The right to be the one server on this file, for as long as the answer lives.
fn claim(file: &Path) -> Result<File, StoreError> {
    let file = File::options().create(true).truncate(false).write(true).open(file)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

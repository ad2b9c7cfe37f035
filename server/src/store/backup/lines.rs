//! A backup's lines, each a JSON value of its own.

use std::io::{self, BufRead, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Damage, RestoreError};
use crate::store::sql::Cell;

/// With what every backup begins.
pub(super) const BEGINNING: &str = r#"{"quotient_backup":"#;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    /// The number of this form.
    pub(super) quotient_backup: u32,
    /// Of the program that made it.
    pub(super) version: String,
    /// When the program began to.
    pub(super) made_at: String,
    /// The migrations that the tables were made by.
    pub(super) migrations: Vec<MigrationLine>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MigrationLine {
    pub(super) name: String,
    pub(super) sha256: String,
}

/// The line before a table's rows.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableLine {
    pub(super) table: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: u64,
}

/// The last line: the hash of all before it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tail {
    pub(super) sha256: String,
}

/// A value in a row.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Field {
    Null,
    Int(i64),
    Text(String),
    Bytes { base64: String },
}

impl From<Cell> for Field {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Null => Self::Null,
            Cell::Int(value) => Self::Int(value),
            Cell::Text(value) => Self::Text(value),
            Cell::Bytes(value) => Self::Bytes { base64: BASE64.encode(value) },
        }
    }
}

impl Field {
    /// The value; `None` where bytes are not written as such.
    pub(super) fn cell(self) -> Option<Cell> {
        Some(match self {
            Self::Null => Cell::Null,
            Self::Int(value) => Cell::Int(value),
            Self::Text(value) => Cell::Text(value),
            Self::Bytes { base64 } => Cell::Bytes(BASE64.decode(base64).ok()?),
        })
    }
}

/// Writes lines and hashes them.
pub(super) struct Writing<W> {
    out: W,
    hash: Sha256,
    line: Vec<u8>,
}

impl<W: Write> Writing<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, hash: Sha256::new(), line: Vec::new() }
    }

    pub(super) fn line(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, value)?;
        self.line.push(b'\n');
        self.hash.update(&self.line);
        self.out.write_all(&self.line)
    }

    /// Writes the last line; everything has left for where it goes then.
    pub(super) fn end(mut self) -> io::Result<W> {
        let tail = Tail { sha256: hex(&self.hash.clone().finalize()) };
        self.line(&tail)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Reads lines and hashes them.
pub(super) struct Reading<R> {
    from: R,
    /// Of every line before the present one.
    hash: Sha256,
    number: u64,
    line: Vec<u8>,
}

impl<R: BufRead> Reading<R> {
    pub(super) fn new(from: R) -> Self {
        Self { from, hash: Sha256::new(), number: 0, line: Vec::new() }
    }

    /// The first line, if it is that of a backup at all.
    pub(super) fn head(&mut self) -> Result<Head, RestoreError> {
        self.next()?;
        if !self.line.starts_with(BEGINNING.as_bytes()) {
            return Err(RestoreError::NoBackup);
        }
        self.read()
    }

    /// The next line.
    pub(super) fn line<T: DeserializeOwned>(&mut self) -> Result<T, RestoreError> {
        self.next()?;
        self.read()
    }

    /// The last line; nothing may come after it.
    pub(super) fn end(&mut self) -> Result<(), RestoreError> {
        let tail: Tail = self.line()?;
        if tail.sha256 != hex(&self.hash.clone().finalize()) {
            return Err(RestoreError::Damaged(Damage::Hash));
        }
        let more = self.from.fill_buf().map_err(RestoreError::Read)?;
        if more.is_empty() { Ok(()) } else { Err(self.damaged()) }
    }

    /// The present line is not what it should be.
    pub(super) fn damaged(&self) -> RestoreError {
        RestoreError::Damaged(Damage::Line(self.number))
    }

    fn next(&mut self) -> Result<(), RestoreError> {
        self.hash.update(&self.line);
        self.line.clear();
        self.number += 1;
        self.from.read_until(b'\n', &mut self.line).map_err(RestoreError::Read)?;
        if self.line.last() == Some(&b'\n') { Ok(()) } else { Err(RestoreError::Damaged(Damage::CutOff)) }
    }

    fn read<T: DeserializeOwned>(&self) -> Result<T, RestoreError> {
        serde_json::from_slice(&self.line).map_err(|_| self.damaged())
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

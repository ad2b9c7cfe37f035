//! The ledger: a chain of entries for each enterprise. Entries are only ever added, each with the hash of all before it.
//!
//! To hold an enterprise's chain is the right to change what it has: orders, services, money. Two writes about the same
//! enterprise so happen one after the other, on PostgreSQL too; writes about different ones do not wait for each other.

use sha2::{Digest, Sha256};
use shared::calendar::Timestamp;
use shared::orders::ledger::Entry;

use super::sql::{Sql, values};
use super::{StoreError, document};
use crate::fault;

/// What stands before the first entry.
pub const BEGINNING: [u8; 32] = [0; 32];

/// An enterprise's chain, held until the end of the transaction.
#[derive(Debug)]
pub struct Chain {
    enterprise: String,
    entries: i64,
    hash: Vec<u8>,
    grown: bool,
}

impl Chain {
    /// Waits until nobody else holds the enterprise's chain.
    pub async fn hold(sql: &mut dyn Sql, enterprise: &str) -> Result<Self, StoreError> {
        let query = "SELECT entries, hash FROM chains WHERE enterprise = $1 FOR UPDATE";
        let found = match sql.row(query, values![enterprise]).await? {
            Some(row) => Some(row),
            None => {
                let statement = "INSERT INTO chains (enterprise, entries, hash) VALUES ($1, 0, $2) \
                     ON CONFLICT (enterprise) DO NOTHING";
                sql.run(statement, values![enterprise, BEGINNING.as_slice()]).await?;
                sql.row(query, values![enterprise]).await?
            }
        };
        fault::point("held");
        let mut row = found.ok_or(StoreError::GivenUp)?;
        Ok(Self { enterprise: enterprise.to_owned(), entries: row.take()?, hash: row.take()?, grown: false })
    }

    /// Adds an entry.
    pub async fn post(&mut self, sql: &mut dyn Sql, entry: &Entry, at: Timestamp) -> Result<(), StoreError> {
        let number = self.entries + 1;
        let hash = link(&self.hash, &self.enterprise, number, at.unix(), &entry.canonical());
        let statement =
            "INSERT INTO entries (enterprise, number, at, event, postings, hash) VALUES ($1, $2, $3, $4, $5, $6)";
        let (event, postings) = (entry.event().as_str(), document::print(&entry.amounts())?);
        sql.run(statement, values![&self.enterprise, number, at.unix(), event, &postings, &hash]).await?;
        fault::point("posted");
        (self.entries, self.hash, self.grown) = (number, hash, true);
        Ok(())
    }

    /// Writes down how long the chain is now.
    pub async fn keep(self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        if self.grown {
            let statement = "UPDATE chains SET entries = $2, hash = $3 WHERE enterprise = $1";
            sql.run(statement, values![&self.enterprise, self.entries, &self.hash]).await?;
        }
        Ok(())
    }
}

/// The hash of an entry and of all before it.
pub fn link(before: &[u8], enterprise: &str, number: i64, at: i64, entry: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(format!("{}:{enterprise}\n{number}\n{at}\n{entry}", enterprise.len()));
    hash.finalize().to_vec()
}

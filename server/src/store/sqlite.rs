//! SQLite: one file, one connection that writes, a few that read beside it.
//!
//! A transaction that reads first and writes then fails at once when another writer came between; so every write begins
//! with `BEGIN IMMEDIATE` on the one connection. `synchronous = FULL`: what was confirmed survives a power cut.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use shared::api::VerifyKey;
use shared::calendar::Timestamp;
use shared::money::Fen;
use sqlx::QueryBuilder;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::common::common_steps;
use super::group::{GroupWriter, Groups, Issue};
use super::{
    ANSWERS_KEPT, Answered, Kept, NewProduct, Quotation, Remember, RequestKey, Store, StoreError, StoredProduct,
    key_of, small, sql,
};

common_steps!(sqlx::Sqlite);

const READERS: u32 = 4;
/// A quotation takes more than half of SQLite's usual 4096 bytes; of such pages a third would lie empty.
const PAGE: u32 = 8192;
/// In pages: the log is worked into the file every 32 MB, not every 8.
const CHECKPOINT: &str = "4000";
/// Rows in one statement: few enough lengths that each of them stays prepared.
const ROWS: usize = 64;

pub(super) struct Sqlite {
    readers: Pool,
    writer: Writer,
    groups: Groups,
}

/// The connection that writes: a pool of one, which queues and closes in good order.
#[derive(Clone)]
struct Writer(Pool);

impl Sqlite {
    pub(super) async fn open(file: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .page_size(PAGE)
            .pragma("wal_autocheckpoint", CHECKPOINT);
        let pool = |connections| SqlitePoolOptions::new().max_connections(connections).test_before_acquire(false);
        let writer = pool(1).connect_with(options.clone()).await?;
        sqlx::migrate!("migrations/sqlite").run(&writer).await?;
        let readers = pool(READERS).connect_with(options.read_only(true)).await?;
        let writer = Writer(writer);
        Ok(Self { readers, groups: Groups::start(writer.clone()), writer })
    }
}

impl Writer {
    async fn begin(&self) -> Result<sqlx::Transaction<'static, sqlx::Sqlite>, StoreError> {
        Ok(self.0.begin_with("BEGIN IMMEDIATE").await?)
    }
}

impl GroupWriter for Writer {
    async fn write(&self, group: &[Issue]) -> Result<Vec<Kept>, StoreError> {
        let mut transaction = self.begin().await?;
        let kept = remember(&mut transaction, group).await?;
        let new = group.iter().zip(&kept).filter(|(_, kept)| **kept == Kept::New);
        let new: Vec<&Quotation> = new.map(|(issue, _)| &*issue.quotation).collect();
        for rows in new.chunks(ROWS) {
            insert(&mut transaction, rows).await?;
        }
        transaction.commit().await?;
        Ok(kept)
    }
}

async fn insert(connection: &mut Connection, rows: &[&Quotation]) -> Result<(), StoreError> {
    // OR FAIL: the transaction as a whole is given up anyway, so no statement needs to be undone by itself.
    let mut query = QueryBuilder::new(
        "INSERT OR FAIL INTO quotations (id, slug, revision, document, signature, key_id, total_fen, issued_at, expires_at) ",
    );
    query.push_values(rows, |mut row, quotation| {
        row.push_bind(&quotation.id)
            .push_bind(&quotation.slug)
            .push_bind(i64::from(quotation.revision))
            .push_bind(&quotation.document)
            .push_bind(&quotation.signature)
            .push_bind(&quotation.key_id)
            .push_bind(quotation.total.fen())
            .push_bind(quotation.issued_at)
            .push_bind(quotation.expires_at);
    });
    query.build().execute(connection).await?;
    Ok(())
}

#[async_trait]
impl Store for Sqlite {
    async fn seed(&self, products: &[NewProduct], at: Timestamp) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let seeded = seed(&mut transaction, products, at).await?;
        transaction.commit().await?;
        Ok(seeded)
    }

    async fn publish(&self, product: &NewProduct, at: Timestamp) -> Result<u32, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let revision = publish(&mut transaction, product, at).await?;
        transaction.commit().await?;
        Ok(revision)
    }

    async fn products(&self) -> Result<Vec<StoredProduct>, StoreError> {
        products(&self.readers).await
    }

    async fn issue(&self, quotation: Arc<Quotation>, remember: Option<Remember>) -> Result<Kept, StoreError> {
        self.groups.issue(Issue { quotation, remember }).await
    }

    async fn quotation(&self, id: &str) -> Result<Option<Quotation>, StoreError> {
        quotation(&self.readers, id).await
    }

    async fn answered(&self, request: &RequestKey, now: Timestamp) -> Result<Option<Answered>, StoreError> {
        answered(&self.readers, request, now.unix()).await
    }

    async fn keep_key(&self, key: &VerifyKey, at: Timestamp) -> Result<(), StoreError> {
        keep_key(&self.writer.0, key, at).await
    }

    async fn keys(&self) -> Result<Vec<VerifyKey>, StoreError> {
        keys(&self.readers).await
    }

    async fn ready(&self) -> Result<(), StoreError> {
        ready(&self.readers).await
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.0.close().await;
    }
}

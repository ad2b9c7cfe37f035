//! PostgreSQL, for a market with more than one server.

use std::sync::Arc;

use async_trait::async_trait;
use shared::api::VerifyKey;
use shared::calendar::Timestamp;
use shared::money::Fen;
use sqlx::postgres::PgPoolOptions;

use super::common::common_steps;
use super::group::{GroupWriter, Groups, Issue};
use super::{
    ANSWERS_KEPT, Answered, Kept, NewProduct, Quotation, Remember, RequestKey, Store, StoreError, StoredProduct,
    key_of, small, sql,
};

common_steps!(sqlx::Postgres);

const CONNECTIONS: u32 = 8;
/// Held while products are seeded or added, so that two servers do it one after the other.
const PRODUCTS_LOCK: i64 = 0x7175_6f74;

pub(super) struct Postgres {
    pool: Pool,
    groups: Groups,
}

struct Writer(Pool);

impl Postgres {
    pub(super) async fn open(address: &str) -> Result<Self, StoreError> {
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).connect(address).await?;
        // Two servers that start together wait for each other here: sqlx holds an advisory lock.
        sqlx::migrate!("migrations/postgres").run(&pool).await?;
        Ok(Self { groups: Groups::start(Writer(pool.clone())), pool })
    }

    async fn begin_with_products_locked(&self) -> Result<sqlx::Transaction<'static, sqlx::Postgres>, StoreError> {
        let mut transaction = self.pool.begin().await?;
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(PRODUCTS_LOCK).execute(&mut *transaction).await?;
        Ok(transaction)
    }
}

impl GroupWriter for Writer {
    async fn write(&self, group: &[Issue]) -> Result<Vec<Kept>, StoreError> {
        if group.iter().all(|issue| issue.remember.is_none()) {
            // A statement alone is a transaction: one way to the database and back instead of three.
            let all: Vec<&Quotation> = group.iter().map(|issue| &*issue.quotation).collect();
            insert(&self.0, &all).await?;
            return Ok(vec![Kept::New; group.len()]);
        }
        let mut transaction = self.0.begin().await?;
        let kept = remember(&mut transaction, group).await?;
        let new = group.iter().zip(&kept).filter(|(_, kept)| **kept == Kept::New);
        let new: Vec<&Quotation> = new.map(|(issue, _)| &*issue.quotation).collect();
        insert(&mut *transaction, &new).await?;
        transaction.commit().await?;
        Ok(kept)
    }
}

async fn insert(
    executor: impl sqlx::Executor<'_, Database = sqlx::Postgres>,
    rows: &[&Quotation],
) -> Result<(), StoreError> {
    fn column<'q, T>(rows: &[&'q Quotation], of: impl Fn(&'q Quotation) -> T) -> Vec<T> {
        rows.iter().map(|row| of(row)).collect()
    }
    sqlx::query(
        "INSERT INTO quotations (id, slug, revision, document, signature, key_id, total_fen, issued_at, expires_at) \
         SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[], \
         $8::bigint[], $9::bigint[])",
    )
    .bind(column(rows, |row| row.id.as_str()))
    .bind(column(rows, |row| row.slug.as_str()))
    .bind(column(rows, |row| i64::from(row.revision)))
    .bind(column(rows, |row| row.document.as_str()))
    .bind(column(rows, |row| row.signature.as_str()))
    .bind(column(rows, |row| row.key_id.as_str()))
    .bind(column(rows, |row| row.total.fen()))
    .bind(column(rows, |row| row.issued_at))
    .bind(column(rows, |row| row.expires_at))
    .execute(executor)
    .await?;
    Ok(())
}

#[async_trait]
impl Store for Postgres {
    async fn seed(&self, products: &[NewProduct], at: Timestamp) -> Result<bool, StoreError> {
        let mut transaction = self.begin_with_products_locked().await?;
        let seeded = seed(&mut transaction, products, at).await?;
        transaction.commit().await?;
        Ok(seeded)
    }

    async fn publish(&self, product: &NewProduct, at: Timestamp) -> Result<u32, StoreError> {
        let mut transaction = self.begin_with_products_locked().await?;
        let revision = publish(&mut transaction, product, at).await?;
        transaction.commit().await?;
        Ok(revision)
    }

    async fn products(&self) -> Result<Vec<StoredProduct>, StoreError> {
        products(&self.pool).await
    }

    async fn issue(&self, quotation: Arc<Quotation>, remember: Option<Remember>) -> Result<Kept, StoreError> {
        self.groups.issue(Issue { quotation, remember }).await
    }

    async fn quotation(&self, id: &str) -> Result<Option<Quotation>, StoreError> {
        quotation(&self.pool, id).await
    }

    async fn answered(&self, request: &RequestKey, now: Timestamp) -> Result<Option<Answered>, StoreError> {
        answered(&self.pool, request, now.unix()).await
    }

    async fn keep_key(&self, key: &VerifyKey, at: Timestamp) -> Result<(), StoreError> {
        keep_key(&self.pool, key, at).await
    }

    async fn keys(&self) -> Result<Vec<VerifyKey>, StoreError> {
        keys(&self.pool).await
    }

    async fn ready(&self) -> Result<(), StoreError> {
        ready(&self.pool).await
    }

    async fn close(&self) {
        self.pool.close().await;
    }
}

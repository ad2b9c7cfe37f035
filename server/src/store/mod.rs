//! What is kept: products with their revisions, quotations, answers to repeated requests.
//!
//! One trait, two databases, chosen by the address: SQLite (the default, one file) and PostgreSQL. The same story, a
//! test, is told to both. Nothing above this folder knows which one it is.

mod common;
mod group;
mod postgres;
mod sql;
mod sqlite;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use shared::api::VerifyKey;
use shared::calendar::Timestamp;
use shared::money::Fen;

/// A product as it is to be published.
#[derive(Clone, Debug)]
pub struct NewProduct {
    /// Its address in the store.
    pub slug: String,
    /// Shown in the store and for sale (商品前台可见).
    pub visible: bool,
    /// The JSON text of [`shared::api::ProductText`].
    pub text: String,
    /// The sales configuration's JSON text.
    pub config: String,
}

/// A product in its published revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredProduct {
    /// Its address in the store.
    pub slug: String,
    /// The JSON text of [`shared::api::ProductText`].
    pub text: String,
    /// The revision's number, from 1.
    pub revision: u32,
    /// The sales configuration's JSON text.
    pub config: String,
}

/// An issued quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Cannot be guessed.
    pub id: String,
    /// The product's.
    pub slug: String,
    /// With which it was priced.
    pub revision: u32,
    /// The exact text that was signed.
    pub document: String,
    /// Over the document, base64url.
    pub signature: String,
    /// Which key signed it.
    pub key_id: String,
    /// What it comes to.
    pub total: Fen,
    /// When it was issued, in seconds since 1970.
    pub issued_at: i64,
    /// Until when it can be ordered from, in seconds since 1970.
    pub expires_at: i64,
}

/// What makes two requests the same one: an `Idempotency-Key` is per caller and route (contract).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestKey {
    /// Who asks; empty for visitors.
    pub caller: String,
    /// Which write.
    pub route: &'static str,
    /// The header's value.
    pub key: String,
}

/// An answer as it was given to a request with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// SHA-256 of the request's body.
    pub body_hash: Vec<u8>,
    /// The id of what was made.
    pub id: String,
    /// The answer's body.
    pub body: String,
}

/// A write that remembers its answer, in the same transaction.
#[derive(Clone, Debug)]
pub struct Remember {
    /// Of which request.
    pub request: RequestKey,
    /// What it is answered.
    pub answer: Answered,
}

/// What became of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is on the disk.
    New,
    /// An earlier request with the same key was answered before; nothing was written.
    Earlier(Answered),
}

/// How long an answer is kept for repeated requests, in seconds (contract: 24 h).
const ANSWERS_KEPT: i64 = 24 * 60 * 60;

/// A store that cannot do what it was asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no, or nothing.
    #[error("the database: {0}")]
    Database(Arc<sqlx::Error>),
    /// The tables cannot be brought up to date.
    #[error("the database's tables cannot be brought up to date: {0}")]
    Migration(Arc<sqlx::migrate::MigrateError>),
    /// The address names neither of the two databases.
    #[error(
        "`{0}` is no database's address: use postgres://user@host/name, or leave it out for a file in the data folder"
    )]
    Address(String),
    /// The server is stopping.
    #[error("the store is closed")]
    Closed,
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(Arc::new(error))
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Migration(Arc::new(error))
    }
}

/// What the market keeps. When a write returns, it is durable.
#[async_trait]
pub trait Store: Send + Sync {
    /// Publishes `products` in this order where there is no product yet; says whether it did. Two servers that start
    /// together do it once.
    async fn seed(&self, products: &[NewProduct], at: Timestamp) -> Result<bool, StoreError>;

    /// Publishes a product, or its next revision; returns the revision's number.
    async fn publish(&self, product: &NewProduct, at: Timestamp) -> Result<u32, StoreError>;

    /// The visible products in the order of the store.
    async fn products(&self) -> Result<Vec<StoredProduct>, StoreError>;

    /// Keeps a quotation; concurrent ones share a commit.
    async fn issue(&self, quotation: Arc<Quotation>, remember: Option<Remember>) -> Result<Kept, StoreError>;

    /// The quotation with this id.
    async fn quotation(&self, id: &str) -> Result<Option<Quotation>, StoreError>;

    /// What a request was answered with, where that is less than 24 hours ago.
    async fn answered(&self, request: &RequestKey, now: Timestamp) -> Result<Option<Answered>, StoreError>;

    /// Remembers a public key, so that what it signed can be checked for good.
    async fn keep_key(&self, key: &VerifyKey, at: Timestamp) -> Result<(), StoreError>;

    /// Every public key that was ever used, the newest first.
    async fn keys(&self) -> Result<Vec<VerifyKey>, StoreError>;

    /// Whether it answers.
    async fn ready(&self) -> Result<(), StoreError>;

    /// Finishes what is under way and closes the database.
    async fn close(&self);
}

/// Opens the store and brings its tables up to date: the database at `address`, else a SQLite file in `folder`.
pub async fn open(folder: &Path, address: Option<&str>) -> Result<Arc<dyn Store>, StoreError> {
    match address {
        None => Ok(Arc::new(sqlite::Sqlite::open(&folder.join("quotient.db")).await?)),
        Some(address) if address.starts_with("postgres://") || address.starts_with("postgresql://") => {
            Ok(Arc::new(postgres::Postgres::open(address).await?))
        }
        // An address may hold a password: only its beginning is repeated.
        Some(address) => Err(StoreError::Address(address.split("//").next().unwrap_or_default().to_owned())),
    }
}

/// A column that the schema keeps within the smaller type.
fn small<T: TryFrom<i64> + Default>(column: i64) -> T {
    T::try_from(column).unwrap_or_default()
}

fn key_of(jwk: &str) -> Result<VerifyKey, StoreError> {
    serde_json::from_str(jwk).map_err(|error| sqlx::Error::Decode(error.into()).into())
}

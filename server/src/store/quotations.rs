//! Quotations, as they were signed.

use std::sync::Arc;

use shared::calendar::Timestamp;
use shared::money::Fen;

use super::answers::{Asked, Claim, Made, claim};
use super::sql::{Row, Sql, values};
use super::{Step, StoreError};

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

/// Keeps a quotation, and what its request is answered with.
pub struct Issue {
    /// What to keep.
    pub quotation: Arc<Quotation>,
    /// Whose it is; `None` where nobody was signed in.
    pub enterprise: Option<String>,
    /// Of a request with a key: which it is and what it is answered with.
    pub answer: Option<(Asked, Arc<Made>)>,
    /// Now.
    pub now: Timestamp,
}

impl Step for Issue {
    type Done = Claim;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Claim, StoreError> {
        if let Some((asked, made)) = &self.answer {
            let claim = claim(sql, asked, made, self.now).await?;
            if claim != Claim::New {
                return Ok(claim);
            }
        }
        let it = &self.quotation;
        let statement = "INSERT INTO quotations (id, slug, revision, document, signature, key_id, total_fen, \
             issued_at, expires_at, enterprise) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let values = values![
            &it.id,
            &it.slug,
            it.revision,
            &it.document,
            &it.signature,
            &it.key_id,
            it.total,
            it.issued_at,
            it.expires_at,
            &self.enterprise
        ];
        sql.run(statement, values).await?;
        Ok(Claim::New)
    }
}

/// The quotation with this id.
pub struct Find(pub String);

impl Step for Find {
    type Done = Option<Quotation>;
    type Refused = StoreError;
    const BRIEF: bool = true;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        find(sql, &self.0).await
    }
}

/// The quotation with this id, and whose it is.
pub struct FindOwned(pub String);

impl Step for FindOwned {
    type Done = Option<(Quotation, Option<String>)>;
    type Refused = StoreError;
    const BRIEF: bool = true;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        let query = format!("SELECT {COLUMNS}, enterprise FROM quotations WHERE id = $1");
        let row = sql.row(&query, values![&self.0]).await?;
        row.map(|mut row| Ok((read(&mut row)?, row.take()?))).transpose()
    }
}

const COLUMNS: &str = "id, slug, revision, document, signature, key_id, total_fen, issued_at, expires_at";

/// The quotation with this id.
pub async fn find(sql: &mut dyn Sql, id: &str) -> Result<Option<Quotation>, StoreError> {
    let query = format!("SELECT {COLUMNS} FROM quotations WHERE id = $1");
    sql.row(&query, values![id]).await?.map(|mut row| read(&mut row)).transpose()
}

/// At most `limit` quotations after that of this id, in the order of their ids.
pub async fn page(sql: &mut dyn Sql, after: &str, limit: i64) -> Result<Vec<Quotation>, StoreError> {
    let query = format!("SELECT {COLUMNS} FROM quotations WHERE id > $1 ORDER BY id LIMIT $2");
    sql.rows(&query, values![after, limit]).await?.into_iter().map(|mut row| read(&mut row)).collect()
}

fn read(row: &mut Row) -> Result<Quotation, StoreError> {
    Ok(Quotation {
        id: row.take()?,
        slug: row.take()?,
        revision: row.take()?,
        document: row.take()?,
        signature: row.take()?,
        key_id: row.take()?,
        total: row.take()?,
        issued_at: row.take()?,
        expires_at: row.take()?,
    })
}

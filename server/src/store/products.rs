//! Products and every revision of their sales configuration.

use shared::calendar::Timestamp;

use super::sql::{Lock, Sql, values};
use super::{Step, StoreError};

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

/// The visible products in the order of the store.
pub struct Visible;

impl Step for Visible {
    type Done = Vec<StoredProduct>;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        let query = "SELECT p.slug, p.text, p.revision, r.config FROM products p JOIN revisions r \
             ON r.slug = p.slug AND r.revision = p.revision WHERE p.visible = 1 ORDER BY p.position, p.slug";
        sql.rows(query, &[]).await?.into_iter().map(read).collect()
    }
}

/// What differs after anything was published or hidden: revisions only rise.
pub struct Stamp;

impl Step for Stamp {
    type Done = (i64, i64);
    type Refused = StoreError;
    const BRIEF: bool = true;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(i64, i64), StoreError> {
        let query = "SELECT count(*), CAST(coalesce(sum(revision), 0) AS BIGINT) FROM products WHERE visible = 1";
        let mut row = sql.row(query, &[]).await?.ok_or(StoreError::GivenUp)?;
        Ok((row.take()?, row.take()?))
    }
}

/// Publishes products in this order where there is none yet; returns whether it did. Two servers that start together do it
/// once.
pub struct Seed {
    /// What to publish.
    pub products: Vec<NewProduct>,
    /// When.
    pub at: Timestamp,
}

impl Step for Seed {
    type Done = bool;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<bool, StoreError> {
        sql.hold(Lock::Products).await?;
        let empty = sql.row("SELECT 1 FROM products LIMIT 1", &[]).await?.is_none();
        if empty {
            for product in &self.products {
                publish(sql, product, self.at).await?;
            }
        }
        Ok(empty)
    }
}

/// Publishes a product, or its next revision; returns the revision's number.
pub struct Publish {
    /// What to publish.
    pub product: NewProduct,
    /// When.
    pub at: Timestamp,
}

impl Step for Publish {
    type Done = u32;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<u32, StoreError> {
        sql.hold(Lock::Products).await?;
        publish(sql, &self.product, self.at).await
    }
}

/// A new product goes last.
async fn publish(sql: &mut dyn Sql, product: &NewProduct, at: Timestamp) -> Result<u32, StoreError> {
    let statement = "INSERT INTO products (slug, position, visible, text, revision) \
         VALUES ($1, (SELECT coalesce(max(position), 0) + 1 FROM products), $2, $3, 1) \
         ON CONFLICT (slug) DO UPDATE SET visible = excluded.visible, text = excluded.text, \
         revision = products.revision + 1 RETURNING revision";
    let row = sql.row(statement, values![&product.slug, product.visible, &product.text]).await?;
    let revision: u32 = row.ok_or(StoreError::GivenUp)?.take()?;
    let statement = "INSERT INTO revisions (slug, revision, config, created_at) VALUES ($1, $2, $3, $4)";
    sql.run(statement, values![&product.slug, revision, &product.config, at.unix()]).await?;
    Ok(revision)
}

/// How a product stands now, whatever a server remembers of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The published revision.
    pub revision: u32,
    /// For sale.
    pub visible: bool,
    /// The id of the ISV that sells it.
    pub isv: String,
}

/// How the product stands.
pub async fn standing(sql: &mut dyn Sql, slug: &str) -> Result<Option<Standing>, StoreError> {
    let query = "SELECT revision, visible, coalesce(isv, '') FROM products WHERE slug = $1";
    let row = sql.row(query, values![slug]).await?;
    row.map(|mut row| Ok(Standing { revision: row.take()?, visible: row.take()?, isv: row.take()? })).transpose()
}

/// The product in its published revision, visible or not.
pub async fn find(sql: &mut dyn Sql, slug: &str) -> Result<Option<StoredProduct>, StoreError> {
    let query = "SELECT p.slug, p.text, p.revision, r.config FROM products p JOIN revisions r \
         ON r.slug = p.slug AND r.revision = p.revision WHERE p.slug = $1";
    sql.row(query, values![slug]).await?.map(read).transpose()
}

fn read(mut row: super::sql::Row) -> Result<StoredProduct, StoreError> {
    Ok(StoredProduct { slug: row.take()?, text: row.take()?, revision: row.take()?, config: row.take()? })
}

/// The configuration of any revision, as it was published.
pub struct Config {
    /// The product's slug.
    pub slug: String,
    /// The revision.
    pub revision: u32,
}

impl Step for Config {
    type Done = Option<String>;
    type Refused = StoreError;
    const BRIEF: bool = true;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        config(sql, &self.slug, self.revision).await
    }
}

/// The configuration of any revision, as it was published.
pub async fn config(sql: &mut dyn Sql, slug: &str, revision: u32) -> Result<Option<String>, StoreError> {
    let query = "SELECT config FROM revisions WHERE slug = $1 AND revision = $2";
    sql.row(query, values![slug, revision]).await?.map(|mut row| row.take()).transpose()
}

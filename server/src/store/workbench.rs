//! An ISV's products as it works on them: drafts, revisions with who published them, and who may show the configurator.
//!
//! A product that was never listed has a row among the drafts only, so nothing that looks at products can find it.

use serde_json::value::RawValue;
use shared::api::{Draft, DraftMark, ListingState, OwnProduct, PublishedConfig, Revision};
use shared::calendar::Timestamp;

use super::search::{Found, Part};
use super::sql::{Cell, Row, Sql, values};
use super::{StoreError, document};

/// A product as its ISV has it.
#[derive(Clone, Debug)]
pub struct Own {
    /// The JSON text of [`shared::api::ProductText`].
    pub text: String,
    /// The published revision; none where it was never listed.
    pub revision: Option<u32>,
}

/// The product, if it is this ISV's.
pub async fn own(sql: &mut dyn Sql, slug: &str, isv: &str) -> Result<Option<Own>, StoreError> {
    let listed = "SELECT text, revision FROM products WHERE slug = $1 AND isv = $2";
    if let Some(mut row) = sql.row(listed, values![slug, isv]).await? {
        return Ok(Some(Own { text: row.take()?, revision: Some(row.take()?) }));
    }
    let unlisted = "SELECT text FROM drafts WHERE slug = $1 AND isv = $2 AND text IS NOT NULL";
    let row = sql.row(unlisted, values![slug, isv]).await?;
    row.map(|mut row| Ok(Own { text: row.take()?, revision: None })).transpose()
}

/// Whether any product has this address, listed or not, whoever's it is.
pub async fn is_taken(sql: &mut dyn Sql, slug: &str) -> Result<bool, StoreError> {
    let query = "SELECT 1 FROM products WHERE slug = $1 UNION ALL SELECT 1 FROM drafts WHERE slug = $1";
    Ok(sql.row(query, values![slug]).await?.is_some())
}

/// A product of an ISV's, in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The JSON text of [`shared::api::ProductText`].
    pub text: String,
    /// The rest; it has no name yet.
    pub product: OwnProduct,
}

/// All of an ISV's products.
pub async fn all(sql: &mut dyn Sql, isv: &str, now: Timestamp) -> Result<Vec<Listed>, StoreError> {
    let query = "SELECT o.slug, o.text, o.revision, r.created_at, b.name, r.note, \
         d.version, d.based_on, m.name, d.saved_at \
         FROM (SELECT slug, text, revision FROM products WHERE isv = $1 \
               UNION ALL SELECT slug, text, NULL FROM drafts WHERE isv = $1 AND text IS NOT NULL) o \
         LEFT JOIN revisions r ON r.slug = o.slug AND r.revision = o.revision LEFT JOIN members b ON b.id = r.who \
         LEFT JOIN drafts d ON d.slug = o.slug AND d.form IS NOT NULL LEFT JOIN members m ON m.id = d.who \
         ORDER BY o.slug";
    let listed = |mut row: Row| {
        let (slug, text) = (row.take()?, row.take()?);
        let revision: Option<u32> = row.take()?;
        let published = match revision {
            Some(number) => Some(revision_of(number, &mut row, now)?),
            None => {
                let _nothing: [Cell; 3] = [row.take()?, row.take()?, row.take()?];
                None
            }
        };
        let version: Option<u32> = row.take()?;
        let draft = version.map(|version| mark(version, &mut row, now)).transpose()?;
        let state = if published.is_some() { ListingState::Listed } else { ListingState::Draft };
        Ok(Listed { text, product: OwnProduct { slug, name: String::new(), state, published, draft } })
    };
    sql.rows(query, values![isv]).await?.into_iter().map(listed).collect()
}

fn instant(seconds: i64, now: Timestamp) -> Result<Timestamp, StoreError> {
    Timestamp::from_unix(seconds, now.offset()).ok_or_else(|| StoreError::Column(seconds.to_string().into()))
}

/// What follows a revision's number in a row: when, by whom, and what was said of it.
fn revision_of(revision: u32, row: &mut Row, now: Timestamp) -> Result<Revision, StoreError> {
    Ok(Revision { revision, at: instant(row.take()?, now)?, by: row.take()?, note: row.take()? })
}

/// What follows a draft's version in a row: on what it is based, by whom, and when.
fn mark(version: u32, row: &mut Row, now: Timestamp) -> Result<DraftMark, StoreError> {
    Ok(DraftMark { version, based_on: row.take()?, by: row.take()?, at: instant(row.take()?, now)? })
}

fn raw(text: String) -> Result<Box<RawValue>, StoreError> {
    RawValue::from_string(text).map_err(|error| StoreError::Column(error.to_string().into()))
}

/// A product that is in nobody's store yet.
pub struct Made<'v> {
    /// Its address.
    pub slug: &'v str,
    /// Whose it is.
    pub isv: &'v str,
    /// The JSON text of [`shared::api::ProductText`].
    pub text: &'v str,
    /// The member who makes it.
    pub who: &'v str,
    /// When.
    pub at: Timestamp,
}

/// Keeps it.
pub async fn make(sql: &mut dyn Sql, made: &Made<'_>) -> Result<(), StoreError> {
    let statement = "INSERT INTO drafts (slug, isv, text, version, who, saved_at) VALUES ($1, $2, $3, 0, $4, $5)";
    sql.run(statement, values![made.slug, made.isv, made.text, made.who, made.at.unix()]).await?;
    Ok(())
}

/// The draft that somebody works on.
pub async fn draft(sql: &mut dyn Sql, slug: &str, now: Timestamp) -> Result<Option<Draft>, StoreError> {
    let query = "SELECT d.version, d.based_on, m.name, d.saved_at, d.form FROM drafts d JOIN members m ON m.id = d.who \
         WHERE d.slug = $1 AND d.form IS NOT NULL";
    let Some(mut row) = sql.row(query, values![slug]).await? else { return Ok(None) };
    let version = row.take()?;
    Ok(Some(Draft { mark: mark(version, &mut row, now)?, form: raw(row.take()?)? }))
}

/// What somebody saves of a product.
pub struct Save<'v> {
    /// Its address.
    pub slug: &'v str,
    /// Whose it is.
    pub isv: &'v str,
    /// The revision that it was begun from.
    pub based_on: Option<u32>,
    /// What stands in the fields.
    pub form: &'v str,
    /// The member.
    pub who: &'v str,
    /// When.
    pub at: Timestamp,
}

/// Keeps it in the place of the draft before; returns its version.
pub async fn save(sql: &mut dyn Sql, save: &Save<'_>) -> Result<u32, StoreError> {
    let statement = "INSERT INTO drafts (slug, isv, version, based_on, form, who, saved_at) \
         VALUES ($1, $2, 1, $3, $4, $5, $6) ON CONFLICT (slug) DO UPDATE SET version = drafts.version + 1, \
         based_on = excluded.based_on, form = excluded.form, who = excluded.who, saved_at = excluded.saved_at \
         RETURNING version";
    let based_on = save.based_on.map(i64::from);
    let row = sql.row(statement, values![save.slug, save.isv, based_on, save.form, save.who, save.at.unix()]).await?;
    row.ok_or(StoreError::GivenUp)?.take()
}

/// The product is listed now: its words stand among the products. The draft of this version is done with.
pub async fn settle(sql: &mut dyn Sql, slug: &str, done: Option<u32>) -> Result<(), StoreError> {
    sql.run("UPDATE drafts SET text = NULL WHERE slug = $1", values![slug]).await?;
    if let Some(done) = done {
        let statement = "UPDATE drafts SET form = NULL WHERE slug = $1 AND version = $2";
        sql.run(statement, values![slug, done]).await?;
    }
    Ok(())
}

/// Lists a product that never was, in its ISV's name; it goes last. What it costs is its first revision.
pub async fn list(sql: &mut dyn Sql, slug: &str, isv: &str, text: &str) -> Result<(), StoreError> {
    let statement = "INSERT INTO products (slug, position, visible, text, revision, isv) \
         VALUES ($1, (SELECT coalesce(max(position), 0) + 1 FROM products), 1, $2, 0, $3)";
    sql.run(statement, values![slug, text, isv]).await?;
    Ok(())
}

/// A revision that is published now.
pub struct Revise<'v> {
    /// The product's address.
    pub slug: &'v str,
    /// The configuration's JSON text.
    pub config: &'v str,
    /// The cases' JSON text.
    pub cases: &'v str,
    /// The member who publishes it.
    pub who: &'v str,
    /// What the member says of it.
    pub note: &'v str,
    /// When.
    pub at: Timestamp,
}

/// From now on this is what holds; returns its number.
pub async fn revise(sql: &mut dyn Sql, revise: &Revise<'_>) -> Result<u32, StoreError> {
    let statement = "UPDATE products SET revision = revision + 1 WHERE slug = $1 RETURNING revision";
    let row = sql.row(statement, values![revise.slug]).await?;
    let revision: u32 = row.ok_or(StoreError::GivenUp)?.take()?;
    let statement = "INSERT INTO revisions (slug, revision, config, created_at, who, note, cases) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let Revise { slug, config, cases, who, note, at } = *revise;
    sql.run(statement, values![slug, revision, config, at.unix(), who, note, cases]).await?;
    Ok(revision)
}

const REVISION: &str = "r.revision, r.created_at, m.name, r.note";

/// A part of a product's revisions, the newest first. A place is the instant and the number.
pub async fn revisions(
    sql: &mut dyn Sql,
    slug: &str,
    part: Part<'_>,
    now: Timestamp,
) -> Result<Found<Revision>, StoreError> {
    // Numbers rise with time: what comes after a place has a smaller one.
    let before = part.after.and_then(|(_, number)| number.parse().ok()).unwrap_or(i64::from(u32::MAX));
    let limit = i64::try_from(part.limit).unwrap_or(i64::MAX).saturating_add(1);
    let query = format!(
        "SELECT {REVISION} FROM revisions r LEFT JOIN members m ON m.id = r.who \
         WHERE r.slug = $1 AND r.revision < $2 ORDER BY r.revision DESC LIMIT $3"
    );
    let rows = sql.rows(&query, values![slug, before, limit]).await?;
    let placed = |mut row: Row| {
        let number = row.take()?;
        let revision = revision_of(number, &mut row, now)?;
        Ok(((revision.at.unix(), number.to_string()), revision))
    };
    Ok(Found::of(rows.into_iter().map(placed).collect::<Result<_, StoreError>>()?, part.limit))
}

/// One of a product's revisions.
pub async fn revision(
    sql: &mut dyn Sql,
    slug: &str,
    number: u32,
    now: Timestamp,
) -> Result<Option<PublishedConfig>, StoreError> {
    let query = format!(
        "SELECT {REVISION}, r.config, r.cases FROM revisions r LEFT JOIN members m ON m.id = r.who \
         WHERE r.slug = $1 AND r.revision = $2"
    );
    let Some(mut row) = sql.row(&query, values![slug, number]).await? else { return Ok(None) };
    let number = row.take()?;
    let revision = revision_of(number, &mut row, now)?;
    let (config, cases): (String, String) = (row.take()?, row.take()?);
    Ok(Some(PublishedConfig { revision, config: raw(config)?, cases: document::read(&cases)? }))
}

/// The sites that may show the product's configurator.
pub async fn origins(sql: &mut dyn Sql, slug: &str) -> Result<Vec<String>, StoreError> {
    let row = sql.row("SELECT origins FROM embeds WHERE slug = $1", values![slug]).await?;
    let origins: Option<String> = row.map(|mut row| row.take()).transpose()?;
    origins.map_or_else(|| Ok(Vec::new()), |origins| document::read(&origins))
}

/// From now on these may.
pub async fn set_origins(sql: &mut dyn Sql, slug: &str, origins: &[String]) -> Result<(), StoreError> {
    let statement = "INSERT INTO embeds (slug, origins) VALUES ($1, $2) ON CONFLICT (slug) DO UPDATE \
         SET origins = excluded.origins";
    sql.run(statement, values![slug, &document::print(&origins)?]).await?;
    Ok(())
}

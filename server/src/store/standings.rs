//! How products stand with those who bought them (rule O6), and what they wrote.

use std::collections::HashMap;

use shared::aftersale::{Review, Standing};

use super::sql::{Row, Sql, values};
use super::{Step, StoreError, document};

/// What counts: reviews of purchases that were not refunded.
const COUNTS: &str = "JOIN orders o ON o.id = r.order_id AND o.state IN ('paid', 'fulfilled')";

/// The standing of every product that has one.
pub struct Read;

impl Step for Read {
    type Done = HashMap<String, Standing>;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        read(sql).await
    }
}

async fn read(sql: &mut dyn Sql) -> Result<HashMap<String, Standing>, StoreError> {
    let mut standings = rated(sql, None).await?;
    let query = "SELECT product, count(DISTINCT enterprise) FROM services WHERE state = 'active' AND paid = 1 \
         GROUP BY product";
    for mut row in sql.rows(query, &[]).await? {
        let (product, users): (String, u32) = (row.take()?, row.take()?);
        standings.entry(product).or_default().users = users;
    }
    Ok(standings)
}

/// What was said of every product, or of this one; not who uses it.
pub async fn rated(sql: &mut dyn Sql, product: Option<&str>) -> Result<HashMap<String, Standing>, StoreError> {
    let mut standings: HashMap<String, Standing> = HashMap::new();
    let query = format!(
        "SELECT r.product, count(*), CAST(sum(r.figure) AS BIGINT) FROM reviews r {COUNTS} \
         WHERE ($1 IS NULL OR r.product = $1) GROUP BY r.product"
    );
    for mut row in sql.rows(&query, values![product]).await? {
        let (product, reviews, stars) = (row.take()?, row.take()?, row.take()?);
        standings.insert(product, Standing { reviews, stars, users: 0 });
    }
    Ok(standings)
}

/// A page of a product's reviews, the newest first: those before this one, or the first; each with the enterprise's name.
pub async fn reviews(
    sql: &mut dyn Sql,
    product: &str,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<(Review, String)>, StoreError> {
    let query = format!(
        "SELECT r.document, coalesce((SELECT name FROM organisations WHERE id = r.enterprise), '') \
         FROM reviews r {COUNTS} WHERE r.product = $1 AND ($2 IS NULL \
         OR r.made_at < (SELECT b.made_at FROM reviews b WHERE b.id = $2) \
         OR (r.made_at = (SELECT b.made_at FROM reviews b WHERE b.id = $2) AND r.id < $2)) \
         ORDER BY r.made_at DESC, r.id DESC LIMIT $3"
    );
    let review = |mut row: Row| Ok((document::read(&row.take::<String>()?)?, row.take()?));
    sql.rows(&query, values![product, before, limit]).await?.into_iter().map(review).collect()
}

//! What both databases do with the same statements. A macro, because sqlx's types name the database.

/// Defines the shared steps for one of sqlx's databases; what differs stays in the two files.
macro_rules! common_steps {
    ($database:ty) => {
        type Connection = <$database as sqlx::Database>::Connection;
        type Pool = sqlx::Pool<$database>;

        async fn products(pool: &Pool) -> Result<Vec<StoredProduct>, StoreError> {
            let rows: Vec<(String, String, i64, String)> = sqlx::query_as(sql::PRODUCTS).fetch_all(pool).await?;
            let product =
                |(slug, text, revision, config)| StoredProduct { slug, text, revision: small(revision), config };
            Ok(rows.into_iter().map(product).collect())
        }

        async fn publish(connection: &mut Connection, product: &NewProduct, at: Timestamp) -> Result<u32, StoreError> {
            let (revision,): (i64,) = sqlx::query_as(sql::PUBLISH_PRODUCT)
                .bind(&product.slug)
                .bind(product.visible)
                .bind(&product.text)
                .fetch_one(&mut *connection)
                .await?;
            sqlx::query(sql::PUBLISH_REVISION)
                .bind(&product.slug)
                .bind(revision)
                .bind(&product.config)
                .bind(at.unix())
                .execute(connection)
                .await?;
            Ok(small(revision))
        }

        /// Inside a transaction that keeps other writers out.
        async fn seed(connection: &mut Connection, products: &[NewProduct], at: Timestamp) -> Result<bool, StoreError> {
            let (taken,): (bool,) = sqlx::query_as(sql::HAS_PRODUCTS).fetch_one(&mut *connection).await?;
            if !taken {
                for product in products {
                    publish(connection, product, at).await?;
                }
            }
            Ok(!taken)
        }

        async fn quotation(pool: &Pool, id: &str) -> Result<Option<Quotation>, StoreError> {
            type Row = (String, String, i64, String, String, String, i64, i64, i64);
            let row: Option<Row> = sqlx::query_as(sql::QUOTATION).bind(id).fetch_optional(pool).await?;
            Ok(row.map(|(id, slug, revision, document, signature, key_id, total, issued_at, expires_at)| Quotation {
                id,
                slug,
                revision: small(revision),
                document,
                signature,
                key_id,
                total: Fen::new(total),
                issued_at,
                expires_at,
            }))
        }

        async fn answered(
            executor: impl sqlx::Executor<'_, Database = $database>,
            request: &RequestKey,
            now: i64,
        ) -> Result<Option<Answered>, StoreError> {
            let row: Option<(Vec<u8>, String, String)> = sqlx::query_as(sql::ANSWERED)
                .bind(&request.caller)
                .bind(request.route)
                .bind(&request.key)
                .bind(now - ANSWERS_KEPT)
                .fetch_optional(executor)
                .await?;
            Ok(row.map(|(body_hash, id, body)| Answered { body_hash, id, body }))
        }

        /// Remembers the answers of those that have a key; what was answered before is not to be written again.
        async fn remember(connection: &mut Connection, group: &[Issue]) -> Result<Vec<Kept>, StoreError> {
            let mut kept = Vec::with_capacity(group.len());
            for issue in group {
                let now = issue.quotation.issued_at;
                kept.push(match &issue.remember {
                    None => Kept::New,
                    Some(remember) => remember_one(connection, remember, now).await?,
                });
            }
            Ok(kept)
        }

        async fn remember_one(connection: &mut Connection, it: &Remember, now: i64) -> Result<Kept, StoreError> {
            sqlx::query(sql::FORGET_ANSWERS).bind(now - ANSWERS_KEPT).execute(&mut *connection).await?;
            let added = sqlx::query(sql::REMEMBER)
                .bind(&it.request.caller)
                .bind(it.request.route)
                .bind(&it.request.key)
                .bind(&it.answer.body_hash)
                .bind(&it.answer.id)
                .bind(&it.answer.body)
                .bind(now)
                .execute(&mut *connection)
                .await?;
            if added.rows_affected() > 0 {
                return Ok(Kept::New);
            }
            let earlier = answered(connection, &it.request, now).await?;
            earlier.map(Kept::Earlier).ok_or_else(|| sqlx::Error::RowNotFound.into())
        }

        async fn keep_key(pool: &Pool, key: &VerifyKey, at: Timestamp) -> Result<(), StoreError> {
            let jwk = serde_json::to_string(key).map_err(|error| sqlx::Error::Encode(error.into()))?;
            sqlx::query(sql::KEEP_KEY).bind(&key.kid).bind(jwk).bind(at.unix()).execute(pool).await?;
            Ok(())
        }

        async fn keys(pool: &Pool) -> Result<Vec<VerifyKey>, StoreError> {
            let rows: Vec<(String,)> = sqlx::query_as(sql::KEYS).fetch_all(pool).await?;
            rows.iter().map(|(jwk,)| key_of(jwk)).collect()
        }

        async fn ready(pool: &Pool) -> Result<(), StoreError> {
            sqlx::query("SELECT 1").execute(pool).await?;
            Ok(())
        }
    };
}

pub(super) use common_steps;

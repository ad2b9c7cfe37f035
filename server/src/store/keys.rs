//! Public keys that quotations were signed with, so that old ones can be checked for good.

use shared::api::VerifyKey;
use shared::calendar::Timestamp;

use super::sql::{Sql, values};
use super::{Step, StoreError};

/// Remembers a public key.
pub struct Keep {
    /// The key.
    pub key: VerifyKey,
    /// When it was first used.
    pub at: Timestamp,
}

impl Step for Keep {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        let jwk = serde_json::to_string(&self.key).map_err(|error| StoreError::Column(error.to_string().into()))?;
        let statement =
            "INSERT INTO verify_keys (kid, jwk, created_at) VALUES ($1, $2, $3) ON CONFLICT (kid) DO NOTHING";
        sql.run(statement, values![&self.key.kid, &jwk, self.at.unix()]).await?;
        Ok(())
    }
}

/// Every public key that was ever used, the newest first.
pub struct All;

impl Step for All {
    type Done = Vec<VerifyKey>;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        all(sql).await
    }
}

/// Every public key that was ever used, the newest first.
pub async fn all(sql: &mut dyn Sql) -> Result<Vec<VerifyKey>, StoreError> {
    let rows = sql.rows("SELECT jwk FROM verify_keys ORDER BY created_at DESC, kid", &[]).await?;
    let key = |mut row: super::sql::Row| {
        let jwk: String = row.take()?;
        serde_json::from_str(&jwk).map_err(|error| StoreError::Column(error.to_string().into()))
    };
    rows.into_iter().map(key).collect()
}

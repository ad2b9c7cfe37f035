//! Tokens for machines.

use shared::api::{Scope, Token, Who};
use shared::calendar::Timestamp;

use super::super::answers::Made;
use super::super::sql::{Row, Sql, values};
use super::super::{Step, StoreError};
use super::members::instant;
use super::{Refused, WHO, who};
use crate::secret::Hash;

/// So often it is written down that a token is used, in seconds.
const USED_EVERY: i64 = 60;

/// Makes a token.
pub struct Make {
    /// Of its secret.
    pub hash: Hash,
    /// Whose.
    pub member: String,
    /// What it is.
    pub token: Token,
    /// What is answered.
    pub answer: Made,
}

impl Step for Make {
    type Done = Made;
    type Refused = Refused;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Refused> {
        let statement = "INSERT INTO api_tokens (id, hash, member, name, scopes, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let Token { id, name, scopes, created_at, expires_at, .. } = &self.token;
        let scopes = scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ");
        let expires_at = expires_at.map(Timestamp::unix);
        let values = values![id, &self.hash[..], &self.member, name, &scopes, created_at.unix(), expires_at];
        sql.run(statement, values).await?;
        Ok(self.answer.clone())
    }
}

/// A member's tokens, the newest first.
pub struct Of {
    /// The member's id.
    pub member: String,
    /// In whose offset instants are written.
    pub now: Timestamp,
}

impl Step for Of {
    type Done = Vec<Token>;
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        let query = "SELECT id, name, scopes, created_at, used_at, expires_at FROM api_tokens WHERE member = $1 \
             ORDER BY created_at DESC, id";
        let token = |mut row: Row| {
            let at = |seconds: Option<i64>| seconds.map(|seconds| instant(seconds, self.now)).transpose();
            Ok(Token {
                id: row.take()?,
                name: row.take()?,
                scopes: scopes(&mut row)?,
                created_at: instant(row.take()?, self.now)?,
                last_used_at: at(row.take()?)?,
                expires_at: at(row.take()?)?,
            })
        };
        sql.rows(query, values![&self.member]).await?.into_iter().map(token).collect()
    }
}

/// Revokes a token: from now on it is unknown.
pub struct Revoke {
    /// Whose.
    pub member: String,
    /// Which.
    pub id: String,
}

impl Step for Revoke {
    type Done = Made;
    type Refused = Refused;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Made, Refused> {
        let statement = "DELETE FROM api_tokens WHERE id = $1 AND member = $2";
        let revoked = sql.run(statement, values![&self.id, &self.member]).await? > 0;
        revoked.then(|| Made { id: self.id.clone(), body: String::new() }).ok_or(Refused::NoToken)
    }
}

/// A token that is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub who: Who,
    /// What it is good for.
    pub scopes: Vec<Scope>,
    /// It is time to write down that it was [`Used`].
    pub to_be_used: bool,
}

/// The token of this secret, if it is good.
pub struct Find {
    /// Of the secret.
    pub hash: Hash,
    /// Now.
    pub now: Timestamp,
}

impl Step for Find {
    type Done = Option<Found>;
    type Refused = StoreError;
    const BRIEF: bool = true;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Self::Done, StoreError> {
        let now = self.now.unix();
        let query = format!(
            "SELECT t.id, t.scopes, t.used_at, {WHO} FROM api_tokens t JOIN members m ON m.id = t.member \
             JOIN organisations o ON o.id = m.organisation \
             WHERE t.hash = $1 AND (t.expires_at IS NULL OR t.expires_at > $2)"
        );
        let found = |mut row: Row| {
            let (id, scopes) = (row.take()?, scopes(&mut row)?);
            let used_at: Option<i64> = row.take()?;
            let to_be_used = used_at.is_none_or(|used_at| now - used_at >= USED_EVERY);
            Ok(Found { id, who: who(&mut row)?, scopes, to_be_used })
        };
        sql.row(&query, values![&self.hash[..], now]).await?.map(found).transpose()
    }
}

/// A token was used.
pub struct Used {
    /// Which.
    pub id: String,
    /// Now.
    pub now: Timestamp,
}

impl Step for Used {
    type Done = ();
    type Refused = StoreError;

    async fn take(&self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        let statement = "UPDATE api_tokens SET used_at = $2 WHERE id = $1 AND (used_at IS NULL OR used_at < $2)";
        sql.run(statement, values![&self.id, self.now.unix()]).await?;
        Ok(())
    }
}

fn scopes(row: &mut Row) -> Result<Vec<Scope>, StoreError> {
    let scopes: String = row.take()?;
    let scope = |name: &str| Scope::parse(name).ok_or_else(|| StoreError::Column(name.into()));
    scopes.split_whitespace().map(scope).collect()
}

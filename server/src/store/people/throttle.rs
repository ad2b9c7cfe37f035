//! Counting who fails to sign in, so that nobody tries out passwords, and nobody locks anybody else out by failing.
//!
//! A stranger's failures are counted for the address together with the client, and for the client alone. A browser in which
//! the member has signed in before is counted for itself only: whatever strangers do, from wherever, does not make it wait.
//! Every attempt counts as failed until it has succeeded, so that many at once are no way around.

use sha2::{Digest, Sha256};
use shared::calendar::Timestamp;

use super::super::sql::{Sql, values};
use super::super::{Step, StoreError};
use crate::secret::Hash;

/// Failures are forgotten so long after the last one, in seconds.
const FORGOTTEN: i64 = 24 * 60 * 60;

/// For whom failures are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// An address, by one client.
    Address,
    /// One client, whatever the address.
    Client,
    /// A browser that the member has used before, or a session.
    Known,
}

impl For {
    /// So many failures are free; then a pause doubles with each one, up to so many seconds.
    const fn pauses(self) -> (i64, i64) {
        match self {
            Self::Address => (5, 15 * 60),
            // An office behind one address has many who mistype.
            Self::Client => (30, 15 * 60),
            Self::Known => (10, 60),
        }
    }

    /// How long to wait after this many failures in a row, in seconds.
    pub fn pause(self, failures: i64) -> i64 {
        let (free, longest) = self.pauses();
        let beyond = failures - free;
        if beyond < 0 { 0 } else { (1_i64 << beyond.min(32)).min(longest) }
    }
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    what: For,
    key: Hash,
}

impl Count {
    fn new(what: For, parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        hash.update([what as u8]);
        for part in parts {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        Self { what, key: hash.finalize().into() }
    }
}

/// Why an attempt is not made.
#[derive(Debug)]
pub enum Refused {
    /// So many seconds too early.
    TooSoon(i64),
    /// The store does not answer.
    Store(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// An attempt that may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// The member of that address, and the hash of the password.
    pub member: Option<(String, Option<String>)>,
    /// To be forgiven when it succeeds.
    pub counted: Vec<Count>,
}

/// An attempt to sign in: counted, unless it comes too soon.
pub struct Attempt {
    /// The address that was given.
    pub email: String,
    /// From where.
    pub client: Vec<u8>,
    /// From which browser, if it says so.
    pub device: Option<Hash>,
    /// Now, by the wall clock.
    pub now: Timestamp,
}

impl Step for Attempt {
    type Done = Allowed;
    type Refused = Refused;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Allowed, Refused> {
        let query = "SELECT id, password_hash FROM members WHERE email = $1";
        let row = sql.row(query, values![&self.email]).await?;
        let member: Option<(String, Option<String>)> =
            row.map(|mut row| Ok::<_, StoreError>((row.take()?, row.take()?))).transpose()?;
        let counted = match (&self.device, &member) {
            (Some(device), Some((member, _))) if is_known(sql, device, member).await? => {
                vec![Count::new(For::Known, &[device, member.as_bytes()])]
            }
            _ => vec![
                Count::new(For::Address, &[self.email.as_bytes(), &self.client]),
                Count::new(For::Client, &[&self.client]),
            ],
        };
        count(sql, &counted, self.now).await?;
        Ok(Allowed { member, counted })
    }
}

/// An attempt of a member who is signed in to say the password again.
pub struct Again {
    /// Who.
    pub member: String,
    /// Now, by the wall clock.
    pub now: Timestamp,
}

impl Step for Again {
    type Done = Allowed;
    type Refused = Refused;

    async fn take(&self, sql: &mut dyn Sql) -> Result<Allowed, Refused> {
        let query = "SELECT id, password_hash FROM members WHERE id = $1";
        let row = sql.row(query, values![&self.member]).await?;
        let member = row.map(|mut row| Ok::<_, StoreError>((row.take()?, row.take()?))).transpose()?;
        let counted = vec![Count::new(For::Known, &[b"again", self.member.as_bytes()])];
        count(sql, &counted, self.now).await?;
        Ok(Allowed { member, counted })
    }
}

async fn is_known(sql: &mut dyn Sql, device: &Hash, member: &str) -> Result<bool, StoreError> {
    let query = "SELECT 1 FROM devices WHERE hash = $1 AND member = $2";
    Ok(sql.row(query, values![&device[..], member]).await?.is_some())
}

async fn count(sql: &mut dyn Sql, counts: &[Count], now: Timestamp) -> Result<(), Refused> {
    let now = now.unix();
    sql.run("DELETE FROM sign_in_failures WHERE last_at <= $1", values![now - FORGOTTEN]).await?;
    let mut wait = 0;
    for count in counts {
        // The row is made before it is looked at: others wait for it, also the first time.
        let statement = "INSERT INTO sign_in_failures (counted_for, failures, last_at) VALUES ($1, 0, $2) \
             ON CONFLICT (counted_for) DO NOTHING";
        sql.run(statement, values![&count.key[..], now]).await?;
        let query = "SELECT failures, last_at FROM sign_in_failures WHERE counted_for = $1 FOR UPDATE";
        let mut row = sql.row(query, values![&count.key[..]]).await?.ok_or(StoreError::GivenUp)?;
        let (failures, last_at): (i64, i64) = (row.take()?, row.take()?);
        wait = wait.max(last_at + count.what.pause(failures) - now);
    }
    if wait > 0 {
        return Err(Refused::TooSoon(wait));
    }
    for count in counts {
        let statement = "UPDATE sign_in_failures SET failures = failures + 1, last_at = $2 WHERE counted_for = $1";
        sql.run(statement, values![&count.key[..], now]).await?;
    }
    Ok(())
}

/// Takes back what was counted for an attempt that succeeded. A client's other failures stay: signing in to an account of
/// one's own must not wash off what was tried on others'.
pub(super) async fn forgive(sql: &mut dyn Sql, counted: &[Count]) -> Result<(), StoreError> {
    for count in counted {
        let statement = match count.what {
            For::Client => {
                "UPDATE sign_in_failures SET failures = failures - 1 WHERE counted_for = $1 AND failures > 0"
            }
            For::Address | For::Known => "DELETE FROM sign_in_failures WHERE counted_for = $1",
        };
        sql.run(statement, values![&count.key[..]]).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        for (what, failures, seconds) in [
            (For::Address, 0, 0),
            (For::Address, 4, 0),
            (For::Address, 5, 1),
            (For::Address, 6, 2),
            (For::Address, 14, 512),
            (For::Address, 15, 900),
            (For::Address, i64::MAX, 900),
            (For::Client, 29, 0),
            (For::Client, 30, 1),
            (For::Known, 9, 0),
            (For::Known, 10, 1),
            (For::Known, 99, 60),
        ] {
            assert_eq!(what.pause(failures), seconds, "{what:?} {failures}");
        }
    }
}

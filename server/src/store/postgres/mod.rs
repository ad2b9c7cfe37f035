//! PostgreSQL, for a market with more than one server.
//!
//! A write is a transaction of its own. What must not happen at the same time locks the row that stands for it, and
//! constraints guard the rest; a write that the database breaks off in favour of another one is done again.

mod session;
mod way;

use std::time::Duration;

use sqlx::Connection;
use sqlx::postgres::PgConnectOptions;
use tokio::time::timeout;

use super::{Step, StoreError, migrate};
use crate::fault;
use session::Session;
use way::{Lease, Way};

/// How a transaction begins that may change something, and one that sees one moment.
const WRITE: &str = "BEGIN";
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
/// By which servers' connections are known.
const SERVER: &str = "quotient";
/// How often a write is tried that others break off.
const ATTEMPTS: u32 = 20;
/// SQLSTATE of a transaction that could not be serialised, and of one that was broken off to end a deadlock.
const BROKEN_OFF: [&str; 2] = ["40001", "40P01"];
/// For how long a server's transaction may take; an order takes a hundredth of it.
const LIMIT: Duration = Duration::from_secs(8);
/// When the database itself breaks off what a server left undone.
const CUT: &str = "15s";

pub(super) struct Postgres {
    way: Way,
    /// For how long a transaction may take.
    limit: Option<Duration>,
}

impl Postgres {
    /// Connects without touching the tables.
    pub(super) async fn look(address: &str) -> Result<Self, StoreError> {
        Ok(Self { way: Way::open(options(address)?.application_name("quotient, looking")).await?, limit: None })
    }

    pub(super) async fn open(address: &str) -> Result<Self, StoreError> {
        let options = options(address)?.application_name(SERVER);
        // To change tables with many rows takes its time.
        let first = Self { way: Way::open(options.clone()).await?, limit: None };
        first.write(migrate::Migrate).await?;
        // When the way to a database is cut, what it was doing for us must not keep rows locked for ever.
        let limits = [("statement_timeout", CUT), ("idle_in_transaction_session_timeout", CUT)];
        let way = Way::open(options.options(limits)).await?;
        first.close().await;
        Ok(Self { way, limit: Some(LIMIT) })
    }

    /// Does one step that is not a server's.
    pub(super) async fn once<S: Step>(address: &str, step: S) -> Result<S::Done, S::Refused> {
        let way = Way::open(options(address)?.application_name("quotient, once")).await?;
        let postgres = Self { way, limit: None };
        let done = postgres.write(step).await;
        postgres.close().await;
        done
    }

    pub(super) async fn write<S: Step>(&self, step: S) -> Result<S::Done, S::Refused> {
        for _ in 1..ATTEMPTS {
            match self.attempt(&step, WRITE).await {
                Err(Ended::BrokenOff) => {}
                Err(Ended::Refused(refused)) => return Err(refused),
                Ok(done) => return Ok(done),
            }
        }
        self.attempt(&step, WRITE).await.map_err(|ended| match ended {
            Ended::BrokenOff => StoreError::GivenUp.into(),
            Ended::Refused(refused) => refused,
        })
    }

    pub(super) async fn read<S: Step>(&self, step: S) -> Result<S::Done, S::Refused> {
        let done = self.attempt(&step, READ).await;
        done.map_err(|ended| match ended {
            Ended::BrokenOff => StoreError::GivenUp.into(),
            Ended::Refused(refused) => refused,
        })
    }

    pub(super) async fn close(&self) {
        self.way.close().await;
    }

    async fn attempt<S: Step>(&self, step: &S, begin: &'static str) -> Result<S::Done, Ended<S::Refused>> {
        let mut lease = self.way.lease().await.map_err(|error| Ended::Refused(error.into()))?;
        let doing = async {
            if S::BRIEF && begin == READ {
                self.alone(&mut lease, step).await
            } else {
                self.transaction(&mut lease, step, begin).await
            }
        };
        let Some(limit) = self.limit.filter(|_| !S::LONG) else { return doing.await };
        timeout(limit, doing).await.unwrap_or_else(|_| {
            self.way.lost();
            Err(Ended::Refused(StoreError::TooLong.into()))
        })
    }

    /// Does a step that is one query.
    async fn alone<S: Step>(&self, lease: &mut Lease, step: &S) -> Result<S::Done, Ended<S::Refused>> {
        let connection = lease.connection().map_err(|error| Ended::Refused(error.into()))?;
        let mut session = Session { connection, way: &self.way, reads_only: true, failed: false, broken_off: false };
        let done = step.take(&mut session).await;
        if !session.failed {
            lease.whole();
        }
        done.map_err(Ended::Refused)
    }

    async fn transaction<S: Step>(
        &self,
        lease: &mut Lease,
        step: &S,
        begin: &'static str,
    ) -> Result<S::Done, Ended<S::Refused>> {
        let noted = |error: sqlx::Error| {
            self.way.note(&error);
            Ended::from(error)
        };
        let connection = lease.connection().map_err(|error| Ended::Refused(error.into()))?;
        let mut transaction = connection.begin_with(begin).await.map_err(noted)?;
        let reads_only = begin != WRITE;
        let (connection, way) = (&mut *transaction, &self.way);
        let mut session = Session { connection, way, reads_only, failed: false, broken_off: false };
        let done = step.take(&mut session).await;
        let done = if session.broken_off { Err(Ended::BrokenOff) } else { done.map_err(Ended::Refused) };
        if done.is_ok() {
            fault::point("committing");
            transaction.commit().await.map_err(noted)?;
            fault::point("committed");
            lease.whole();
        } else if transaction.rollback().await.is_ok() {
            lease.whole();
        }
        done
    }
}

fn options(address: &str) -> Result<PgConnectOptions, StoreError> {
    Ok(address.parse()?)
}

/// Why a transaction was not committed.
enum Ended<R> {
    /// The database chose another one; it can be tried again.
    BrokenOff,
    Refused(R),
}

impl<R: From<StoreError>> From<sqlx::Error> for Ended<R> {
    fn from(error: sqlx::Error) -> Self {
        if is_broken_off(&error) { Self::BrokenOff } else { Self::Refused(StoreError::from(error).into()) }
    }
}

fn is_broken_off(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| BROKEN_OFF.contains(&&*code))
}

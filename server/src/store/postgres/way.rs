//! The way to the database: a pool of connections, and what is done when they lead nowhere.
//!
//! Nobody waits for ever, and nothing that hangs is kept: a connection whose transaction did not end in good order is closed.
//! While the database is away, one task asks for it and everybody else is told soon; when it is back, all go on.

use std::sync::{Arc, Weak};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, Executor, PgConnection, PgPool, Postgres};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::store::StoreError;

const CONNECTIONS: u32 = 16;
/// For how long a request waits for a connection before it says that the database does not answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// For how long it waits when that is known: it may be back in a moment.
const MOMENT: Duration = Duration::from_secs(1);
/// A connection that was used so short a time ago is not asked whether it still answers.
const FRESH: Duration = Duration::from_secs(1);
/// Between two questions whether the database is back.
const PAUSE: Duration = Duration::from_millis(250);

pub(super) struct Way(Arc<State>);

struct State {
    options: PgConnectOptions,
    pool: PgPool,
    /// Whether the database answers, as far as is known.
    there: watch::Sender<bool>,
}

impl Way {
    pub(super) async fn open(options: PgConnectOptions) -> Result<Self, StoreError> {
        let settings = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE);
        // Whoever gave it back asked whether it still answers.
        let settings = settings.test_before_acquire(false).before_acquire(|connection, pooled| {
            Box::pin(async move {
                if pooled.idle_for > FRESH {
                    connection.ping().await?;
                }
                Ok(true)
            })
        });
        let pool = settings.connect_with(options.clone()).await?;
        Ok(Self(Arc::new(State { options, pool, there: watch::Sender::new(true) })))
    }

    /// A connection for one transaction.
    pub(super) async fn lease(&self) -> Result<Lease, StoreError> {
        if !*self.0.there.borrow() {
            let mut there = self.0.there.subscribe();
            timeout(MOMENT, there.wait_for(|there| *there))
                .await
                .map_err(|_| StoreError::Away)?
                .map_err(|_| StoreError::Closed)?;
        }
        let connection = self.0.pool.acquire().await.inspect_err(|error| self.note(error))?;
        Ok(Lease { connection: Some(connection), whole: false })
    }

    /// Notes an error that says that the database is away.
    pub(super) fn note(&self, error: &sqlx::Error) {
        use sqlx::Error::{Database, Io, PoolTimedOut, Protocol, Tls, WorkerCrashed};
        let away = match error {
            Io(_) | Tls(_) | Protocol(_) | PoolTimedOut | WorkerCrashed => true,
            // The connection is no more, or the database is being stopped or started.
            Database(error) => error.code().is_some_and(|code| code.starts_with("08") || code.starts_with("57P")),
            _ => false,
        };
        if away {
            self.lost();
        }
    }

    /// The database does not answer: it is asked until it does.
    pub(super) fn lost(&self) {
        if self.0.there.send_if_modified(|there| std::mem::replace(there, false)) {
            tokio::spawn(look_out(Arc::downgrade(&self.0)));
        }
    }

    pub(super) async fn close(&self) {
        self.0.pool.close().await;
    }
}

async fn look_out(state: Weak<State>) {
    tracing::warn!("the database does not answer");
    loop {
        let Some(state) = state.upgrade().filter(|state| !state.pool.is_closed()) else { return };
        if matches!(timeout(PATIENCE, ask(&state.options)).await, Ok(Ok(()))) {
            // Connections of before may lead nowhere.
            while let Some(connection) = state.pool.try_acquire() {
                drop(connection.detach());
            }
            state.there.send_replace(true);
            tracing::info!("the database answers again");
            return;
        }
        drop(state);
        sleep(PAUSE).await;
    }
}

async fn ask(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect_with(options).await?;
    connection.execute("SELECT 1").await?;
    connection.close().await
}

/// A connection that is closed when it is dropped, unless its transaction ended in good order.
pub(super) struct Lease {
    connection: Option<PoolConnection<Postgres>>,
    whole: bool,
}

impl Lease {
    pub(super) fn connection(&mut self) -> Result<&mut PgConnection, StoreError> {
        self.connection.as_deref_mut().ok_or(StoreError::Closed)
    }

    /// The transaction has ended in good order.
    pub(super) fn whole(&mut self) {
        self.whole = true;
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        match self.connection.take() {
            // The pool asks whether it still answers, for as long as that takes.
            Some(mut connection) if self.whole => {
                tokio::spawn(timeout(PATIENCE, connection.return_to_pool()));
            }
            Some(connection) => drop(connection.detach()),
            None => {}
        }
    }
}

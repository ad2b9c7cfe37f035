//! Reads, beside the one that writes: each sees the file as it was at one moment.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};

use tokio::sync::oneshot;

use super::connection::Connection;
use crate::store::{Step, StoreError};

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The way to the threads that read.
pub(super) struct Readers {
    queue: Mutex<Option<mpsc::Sender<Job>>>,
    /// For what is looked up where it is asked for.
    at_hand: Mutex<Vec<Connection>>,
}

impl Readers {
    /// Starts a thread for each of the connections; they end when this is closed or dropped.
    pub(super) fn start(connections: Vec<Connection>, at_hand: Vec<Connection>) -> Self {
        let (queue, jobs) = mpsc::channel::<Job>();
        let jobs = Arc::new(Mutex::new(jobs));
        for mut connection in connections {
            let jobs = Arc::clone(&jobs);
            std::thread::spawn(move || {
                loop {
                    let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok(job) = job else { break };
                    job(&mut connection);
                }
            });
        }
        Self { queue: Mutex::new(Some(queue)), at_hand: Mutex::new(at_hand) }
    }

    pub(super) async fn run<S: Step>(&self, step: S) -> Result<S::Done, S::Refused> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let done = catch_unwind(AssertUnwindSafe(|| read(connection, &step)));
            // Who asked may have gone away.
            let _ = answer.send(done.unwrap_or_else(|_| Err(StoreError::Panicked.into())));
        });
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(StoreError::Closed)?;
        queue.send(job).map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// Does a step that is one query for a few rows, here and now.
    pub(super) async fn here<S: Step>(&self, step: S) -> Result<S::Done, S::Refused> {
        let Some(mut connection) = self.hand().pop() else { return self.run(step).await };
        let done = catch_unwind(AssertUnwindSafe(|| connection.take(&step)));
        self.hand().push(connection);
        done.unwrap_or_else(|_| Err(StoreError::Panicked.into()))
    }

    fn hand(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.at_hand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn close(&self) {
        self.hand().clear();
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

fn read<S: Step>(connection: &mut Connection, step: &S) -> Result<S::Done, S::Refused> {
    connection.plain("BEGIN")?;
    let done = connection.take(step);
    connection.roll_back();
    done
}

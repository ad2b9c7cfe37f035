//! Concurrent writes that share one commit.
//!
//! A commit waits for the disk; one for each write would make a few hundred writes a second. So one thread takes whatever
//! has queued up while the last commit ran and commits it at once. Nobody waits for others to come: a lone write is
//! committed alone. One that is refused takes no other with it: where it had written something, the whole group is done again,
//! each write with a savepoint.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::{Mutex, mpsc, oneshot};

use super::connection::Connection;
use crate::store::{Step, StoreError};

/// How many writes wait here; others wait until there is room.
const QUEUE: usize = 1024;

/// The way to the thread that writes.
pub(super) struct Writer {
    queue: Mutex<Option<mpsc::Sender<Box<dyn Job>>>>,
    ended: Mutex<Option<oneshot::Receiver<()>>>,
}

impl Writer {
    /// Starts the thread, which commits at most so many writes at once; it ends when this is closed or dropped.
    pub(super) fn start(connection: Connection, largest: usize) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let (end, ended) = oneshot::channel();
        let (done, groups) = mpsc::unbounded_channel();
        std::thread::spawn(move || work(connection, jobs, largest, &done));
        tokio::spawn(async move {
            answer(groups).await;
            let _ = end.send(());
        });
        Self { queue: Mutex::new(Some(queue)), ended: Mutex::new(Some(ended)) }
    }

    /// Returns when the step is durable, or refused.
    pub(super) async fn run<S: Step>(&self, step: S) -> Result<S::Done, S::Refused> {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Asked { step, done: None, answer });
        let queue = self.queue.lock().await.clone().ok_or(StoreError::Closed)?;
        queue.send(job).await.map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }

    /// Finishes what is queued.
    pub(super) async fn close(&self) {
        self.queue.lock().await.take();
        if let Some(ended) = self.ended.lock().await.take() {
            let _ = ended.await;
        }
    }
}

/// A step that somebody waits for.
trait Job: Send {
    /// Does it; says whether it shall be kept.
    fn run(&mut self, connection: &mut Connection) -> bool;
    /// Tells whoever waits, once it is known what became of the group.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Asked<S: Step> {
    step: S,
    done: Option<Result<S::Done, S::Refused>>,
    answer: oneshot::Sender<Result<S::Done, S::Refused>>,
}

impl<S: Step> Job for Asked<S> {
    fn run(&mut self, connection: &mut Connection) -> bool {
        // The thread outlives a mistake in one step.
        let done = catch_unwind(AssertUnwindSafe(|| connection.take(&self.step)))
            .unwrap_or_else(|_| Err(StoreError::Panicked.into()));
        let keep = done.is_ok();
        self.done = Some(done);
        keep
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let done = match (self.done, committed) {
            (Some(Ok(_)) | None, Err(error)) => Err(error.into()),
            (Some(done), _) => done,
            (None, Ok(())) => Err(StoreError::Closed.into()),
        };
        // Who asked may have gone away.
        let _ = self.answer.send(done);
    }
}

/// A group of writes, and what became of it.
type Group = (Vec<Box<dyn Job>>, Result<(), StoreError>);

fn work(
    mut connection: Connection,
    mut jobs: mpsc::Receiver<Box<dyn Job>>,
    largest: usize,
    done: &mpsc::UnboundedSender<Group>,
) {
    let mut group = Vec::new();
    // A group of none would be taken for the end.
    while jobs.blocking_recv_many(&mut group, largest.max(1)) > 0 {
        let committed = write(&mut connection, &mut group);
        if done.send((std::mem::take(&mut group), committed)).is_err() {
            break;
        }
    }
}

/// Answers on the runtime's own threads: to wake each of those who wait from outside would cost more than the write.
async fn answer(mut groups: mpsc::UnboundedReceiver<Group>) {
    while let Some((group, committed)) = groups.recv().await {
        for job in group {
            job.answer(committed.clone());
        }
    }
}

fn write(connection: &mut Connection, group: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
    let mut done = transaction(connection, group, Undo::Nothing);
    if let Ok(Done::NotAlone) = done {
        done = transaction(connection, group, Undo::Each);
    }
    done.map(|_| ())
}

/// How a step that is refused is undone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Undo {
    /// Not at all: most that are refused have written nothing. For a savepoint SQLite copies each page that is written.
    Nothing,
    /// Each by itself.
    Each,
}

enum Done {
    Committed,
    /// Nothing is kept: a step was refused that had written, and would take others with it.
    NotAlone,
}

fn transaction(connection: &mut Connection, group: &mut [Box<dyn Job>], undo: Undo) -> Result<Done, StoreError> {
    connection.begin()?;
    let kept = steps(connection, group, undo);
    match kept {
        Ok(Some(true)) => connection.commit().map(|()| Done::Committed),
        // Whoever was refused did not want anything to be kept.
        Ok(Some(false)) => {
            connection.roll_back();
            Ok(Done::Committed)
        }
        Ok(None) => {
            connection.roll_back();
            Ok(Done::NotAlone)
        }
        Err(error) => {
            connection.roll_back();
            Err(error)
        }
    }
}

/// Does each step; says whether there is anything to be kept, or nothing at all where one must be undone alone and cannot.
fn steps(connection: &mut Connection, group: &mut [Box<dyn Job>], undo: Undo) -> Result<Option<bool>, StoreError> {
    let alone = group.len() == 1;
    let mut kept = false;
    for job in group {
        if undo == Undo::Each {
            connection.plain("SAVEPOINT step")?;
        }
        let written = connection.written();
        let keep = job.run(connection);
        // A full disk, say, makes SQLite give up the whole transaction, with the steps before this one.
        if connection.inner().is_autocommit() {
            return Err(StoreError::GivenUp);
        }
        match undo {
            Undo::Nothing if !keep && !alone && connection.written() != written => return Ok(None),
            Undo::Nothing => {}
            Undo::Each => {
                if !keep {
                    connection.plain("ROLLBACK TO step")?;
                }
                connection.plain("RELEASE step")?;
            }
        }
        kept |= keep;
    }
    Ok(Some(kept))
}

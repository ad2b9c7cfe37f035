//! Concurrent writes that share one commit.
//!
//! A commit waits for the disk; one for each write would make a few hundred writes a second. So one task takes whatever
//! has queued up while the last commit ran and writes it at once. Nobody waits for others to come: a lone write is
//! committed alone.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use super::{Kept, Quotation, Remember, StoreError};

/// How many writes a commit takes at most, so that the first of them does not wait for too long.
const LARGEST: usize = 512;

/// A quotation to be kept.
#[derive(Clone)]
pub(super) struct Issue {
    pub(super) quotation: Arc<Quotation>,
    pub(super) remember: Option<Remember>,
}

/// Writes a group in one transaction; answers in the same order.
pub(super) trait GroupWriter: Send + Sync + 'static {
    fn write(&self, group: &[Issue]) -> impl Future<Output = Result<Vec<Kept>, StoreError>> + Send;
}

struct Waiting {
    issue: Issue,
    answer: oneshot::Sender<Result<Kept, StoreError>>,
}

/// The way to the task that writes.
pub(super) struct Groups {
    queue: mpsc::Sender<Waiting>,
}

impl Groups {
    /// Starts the task; it ends when this is dropped.
    pub(super) fn start(writer: impl GroupWriter) -> Self {
        let (queue, waiting) = mpsc::channel(LARGEST * 2);
        tokio::spawn(work(writer, waiting));
        Self { queue }
    }

    /// Returns when the write is durable.
    pub(super) async fn issue(&self, issue: Issue) -> Result<Kept, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.queue.send(Waiting { issue, answer }).await.map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }
}

async fn work(writer: impl GroupWriter, mut waiting: mpsc::Receiver<Waiting>) {
    let mut group = Vec::with_capacity(LARGEST);
    while waiting.recv_many(&mut group, LARGEST).await > 0 {
        let (issues, answers): (Vec<Issue>, Vec<_>) = group.drain(..).map(|one| (one.issue, one.answer)).unzip();
        let results = match writer.write(&issues).await {
            Ok(kept) => kept.into_iter().map(Ok).collect(),
            // One that the database refuses must not take the others with it.
            Err(error) if issues.len() > 1 && refuses_data(&error) => one_by_one(&writer, &issues).await,
            Err(error) => vec![Err(error); issues.len()],
        };
        for (answer, result) in answers.into_iter().zip(results) {
            // Who asked may have gone away.
            let _ = answer.send(result);
        }
    }
}

async fn one_by_one(writer: &impl GroupWriter, issues: &[Issue]) -> Vec<Result<Kept, StoreError>> {
    let mut results = Vec::with_capacity(issues.len());
    for issue in issues {
        let kept = writer.write(std::slice::from_ref(issue)).await;
        results.push(kept.and_then(|kept| kept.into_iter().next().ok_or(StoreError::Closed)));
    }
    results
}

fn refuses_data(error: &StoreError) -> bool {
    matches!(error, StoreError::Database(error) if error.as_database_error().is_some())
}

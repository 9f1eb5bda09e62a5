//! Writes other than entries: whatever a caller wants done in the writer's next transaction.

use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

use crate::LogError;

/// Something to be done in a transaction, and somebody who waits for it to be committed.
pub(super) trait Job<C>: Send {
    /// Does it. Nothing is promised before the commit.
    fn run<'c>(&'c mut self, on: &'c mut C) -> BoxFuture<'c, sqlx::Result<()>>;

    /// Tells who waits how the transaction went.
    fn settle(self: Box<Self>, committed: Result<(), LogError>);
}

/// A [`Job`] made of a closure.
pub(super) struct Task<T, F> {
    work: Option<F>,
    value: Option<T>,
    done: oneshot::Sender<Result<T, LogError>>,
}

impl<T, F> Task<T, F> {
    pub(super) fn new(work: F) -> (Self, oneshot::Receiver<Result<T, LogError>>) {
        let (done, outcome) = oneshot::channel();
        (
            Self {
                work: Some(work),
                value: None,
                done,
            },
            outcome,
        )
    }
}

impl<C, T, F> Job<C> for Task<T, F>
where
    C: Send,
    T: Send,
    F: for<'c> FnOnce(&'c mut C) -> BoxFuture<'c, sqlx::Result<T>> + Send,
{
    fn run<'c>(&'c mut self, on: &'c mut C) -> BoxFuture<'c, sqlx::Result<()>> {
        Box::pin(async {
            if let Some(work) = self.work.take() {
                self.value = Some(work(on).await?);
            }
            Ok(())
        })
    }

    fn settle(self: Box<Self>, committed: Result<(), LogError>) {
        let outcome = match (committed, self.value) {
            (Ok(()), Some(value)) => Ok(value),
            (Err(error), _) => Err(error),
            // It never ran, and dropping the sender says so.
            (Ok(()), None) => return,
        };
        // An error here is somebody who does not wait any more.
        let _ = self.done.send(outcome);
    }
}

//! How long the head of a request may take, from its first byte on.
//!
//! hyper's own bound runs while nothing is asked, too. It would end kept connections after seconds, once in a while in the
//! very moment of the next request: a proxy that keeps them for longer then has no answer for a visitor.

use std::time::Duration;

use parking_lot::Mutex;
use tokio::{
    sync::Notify,
    time::{Instant, timeout_at},
};

/// How far a connection's next request has come.
#[derive(Debug)]
pub(super) struct Head {
    stage: Mutex<Stage>,
    /// Notified when that changes.
    changed: Notify,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing is asked.
    Silent,
    /// Something is, since then.
    Begun(Instant),
    /// A request is under way: what is read is its body.
    Whole,
}

impl Head {
    /// That of a new connection, which is there to ask.
    pub(super) fn awaited() -> Self {
        Self {
            stage: Mutex::new(Stage::Begun(Instant::now())),
            changed: Notify::new(),
        }
    }

    /// Notes that something was read.
    pub(super) fn reads(&self) {
        let mut stage = self.stage.lock();
        if *stage == Stage::Silent {
            *stage = Stage::Begun(Instant::now());
            self.changed.notify_one();
        }
    }

    /// Notes that a request is under way.
    pub(super) fn is_whole(&self) {
        *self.stage.lock() = Stage::Whole;
        self.changed.notify_one();
    }

    /// Notes that it was answered.
    pub(super) fn is_answered(&self) {
        *self.stage.lock() = Stage::Silent;
    }

    /// Waits until one has taken longer than `within`. Cancel safe.
    pub(super) async fn overdue(&self, within: Duration) {
        loop {
            let stage = *self.stage.lock();
            match stage {
                Stage::Silent | Stage::Whole => self.changed.notified().await,
                Stage::Begun(began) => {
                    if timeout_at(began + within, self.changed.notified()).await.is_err() {
                        return;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::{sleep, timeout};

    use super::*;

    const HOUR: Duration = Duration::from_secs(3_600);
    const WITHIN: Duration = Duration::from_secs(20);

    #[tokio::test(start_paused = true)]
    async fn the_first_is_awaited_from_the_start_and_others_from_their_first_byte() {
        let (start, head) = (Instant::now(), Head::awaited());
        head.overdue(WITHIN).await;
        assert_eq!(start.elapsed(), WITHIN);

        let head = Head::awaited();
        head.is_whole();
        let drips = async {
            loop {
                head.reads();
                sleep(Duration::from_secs(1)).await;
            }
        };
        let uploading = async {
            tokio::select! { () = head.overdue(WITHIN) => {}, () = drips => {} }
        };
        assert!(timeout(HOUR, uploading).await.is_err(), "a body is no head");
        head.is_answered();
        assert!(timeout(HOUR, head.overdue(WITHIN)).await.is_err(), "nothing is asked");

        let start = Instant::now();
        let drips = async {
            loop {
                head.reads();
                sleep(Duration::from_secs(1)).await;
            }
        };
        tokio::select! {
            () = head.overdue(WITHIN) => assert_eq!(start.elapsed(), WITHIN),
            () = drips => unreachable!("it ends"),
        }
    }
}

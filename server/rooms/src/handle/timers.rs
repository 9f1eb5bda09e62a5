//! When something is to be done about a seat: its grace is over, or it is forgotten.

use std::{
    fmt,
    future::poll_fn,
    sync::Arc,
    task::{Context, Poll},
};

use parking_lot::Mutex;
use tokio_util::time::DelayQueue;

use super::RoomHandle;
use crate::presence::Seat;

/// A timer for each seat that has one. A timer holds its room.
#[derive(Default)]
pub(super) struct Timers {
    queue: Mutex<DelayQueue<Due>>,
}

/// Something that is due.
pub(super) struct Due {
    pub room: Arc<RoomHandle>,
    pub seat: Arc<Seat>,
}

impl fmt::Debug for Timers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Timers(…)")
    }
}

impl Timers {
    /// Sets the seat's timer as it wants it now, or takes it away. To be called after each change of that: in whatever
    /// order two of them come, the last one sees how things stand.
    pub fn sync(&self, room: &Arc<RoomHandle>, seat: &Arc<Seat>) {
        let mut queue = self.queue.lock();
        let mut timer = seat.timer().lock();
        let due = seat.due();
        let mut stopped = None;
        match (due, timer.take()) {
            (Some(due), Some(key)) => {
                queue.reset_at(&key, due);
                *timer = Some(key);
            }
            (Some(due), None) => {
                let what = Due {
                    room: Arc::clone(room),
                    seat: Arc::clone(seat),
                };
                *timer = Some(queue.insert_at(what, due));
            }
            (None, Some(key)) => stopped = queue.try_remove(&key),
            (None, None) => {}
        }
        drop((timer, queue));
        // It may have held the room as the last one: that is not let go of under a lock.
        drop(stopped);
    }

    /// How many there are.
    #[cfg(test)]
    pub fn count(&self) -> usize {
        self.queue.lock().len()
    }

    /// Waits for the next seat whose time has come. Cancel safe.
    pub async fn next(&self) -> Due {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<Due> {
        let mut queue = self.queue.lock();
        match queue.poll_expired(context) {
            Poll::Ready(Some(expired)) => {
                let due = expired.into_inner();
                // Keys are used again: a seat has one only while it has a timer.
                *due.seat.timer().lock() = None;
                Poll::Ready(due)
            }
            // An empty queue wakes us with its first timer, too.
            Poll::Ready(None) | Poll::Pending => Poll::Pending,
        }
    }
}

//! Removing for good: rows first, many rooms' in one transaction, then what they were from files, once for all of them.

use std::{
    io, mem,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{task::spawn_blocking, time::timeout};
use wire::domain::RoomId;

use super::{Database, Store};
use crate::LogError;

/// Rows that one transaction of a purge deletes: few enough that those who write do not notice, and that the largest of
/// them, entries of about 20 KiB, fit into the reserve of a full disk.
const AT_ONCE: u32 = 100;

/// Steps in which one scrub gives free space back to the disk. What is left is reused, or given back by the next.
const VACUUM_STEPS: u32 = 16;

/// How long a scrub may take. It copies as much as was written since the last one.
const SCRUB_WITHIN: Duration = Duration::from_secs(30);

impl<DB: Database> Store<DB> {
    /// Deletes what was said in ended rooms, and who was there.
    pub async fn purge(&self, rooms: &[RoomId]) -> Result<(), LogError> {
        let mut left = rooms;
        while !left.is_empty() {
            let some = left[..left.len().min(AT_ONCE as usize)].to_vec();
            let deleted = self
                .writer
                .maintain(&some.clone(), move |on| {
                    Box::pin(async move { delete_some::<DB>(on, &some).await })
                })
                .await;
            // After the write, or a scrub just before it would be taken for the one that is due. An error may be one of
            // a commit that succeeded.
            self.unscrubbed.store(true, Ordering::Release);
            left = &left[deleted?..];
        }
        Ok(())
    }

    /// Removes from files what was deleted or rewritten.
    pub async fn scrub(&self) -> Result<(), LogError> {
        // Who comes meanwhile may have deleted something since this one began.
        let mut gave_up_reserve = self.scrubbing.lock().await;
        if !self.unscrubbed.swap(false, Ordering::AcqRel) {
            return Ok(());
        }
        let due = Due(&self.unscrubbed);
        let scrubbed = self.vacuum_and_scrub(&mut gave_up_reserve).await;
        if scrubbed.is_ok() {
            due.settle();
        }
        if scrubbed.is_ok() && *gave_up_reserve {
            let reserve = Arc::clone(&self.reserve);
            *gave_up_reserve = !spawn_blocking(move || reserve.keep()).await.unwrap_or(false);
        }
        scrubbed
    }

    async fn vacuum_and_scrub(&self, gave_up_reserve: &mut bool) -> Result<(), LogError> {
        for _ in 0..VACUUM_STEPS {
            let step = self.writer.maintain(&[], |on| Box::pin(DB::vacuum(on)));
            // Space that cannot be given back now is given back another time.
            if !step.await.unwrap_or(false) {
                break;
            }
        }
        let scrubbed = timeout(SCRUB_WITHIN, DB::scrub(&self.scrubs)).await;
        match scrubbed.unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into())) {
            Ok(true) => Ok(()),
            Ok(false) => Err(LogError::Busy),
            Err(error) => {
                if self.reserve.is_missed(&error) {
                    // The next one has it.
                    let reserve = Arc::clone(&self.reserve);
                    *gave_up_reserve = spawn_blocking(move || reserve.release()).await.is_ok();
                }
                Err(error.into())
            }
        }
    }
}

/// A scrub that is due again when it fails, or when who waits for it goes away.
struct Due<'s>(&'s AtomicBool);

impl Due<'_> {
    fn settle(self) {
        // Nothing else is to be dropped.
        mem::forget(self);
    }
}

impl Drop for Due<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Deletes rows of ended rooms, one room after the other. Returns how many rooms have none left.
async fn delete_some<DB: Database>(on: &mut DB::Connection, rooms: &[RoomId]) -> sqlx::Result<usize> {
    let mut left = AT_ONCE;
    for (done, room) in rooms.iter().enumerate() {
        left = left.saturating_sub(DB::delete_entries(on, room, left).await?);
        if left > 0 {
            left = left.saturating_sub(DB::delete_members(on, room, left).await?);
        }
        if left == 0 {
            return Ok(done);
        }
    }
    Ok(rooms.len())
}

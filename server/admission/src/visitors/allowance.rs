//! What is left to one address.

use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

use super::{Action, Rates};
use crate::bucket::Bucket;

/// What one address may still do, of each [`Action`].
#[derive(Debug)]
pub(super) struct Allowance {
    request: Bucket,
    file: Bucket,
    create: Bucket,
    join: Bucket,
    connect: Bucket,
    miss: Bucket,
    text: Bucket,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// When the address did something last.
    seen: Instant,
    /// Until when it may not look for rooms.
    shut_until: Option<Instant>,
}

impl Allowance {
    pub(super) fn new(rates: &Rates) -> Self {
        Self {
            request: Bucket::new(rates.request),
            file: Bucket::new(rates.file),
            create: Bucket::new(rates.create),
            join: Bucket::new(rates.join),
            connect: Bucket::new(rates.connect),
            miss: Bucket::new(rates.miss),
            text: Bucket::new(rates.text),
            state: Mutex::new(State {
                seen: Instant::now(),
                shut_until: None,
            }),
        }
    }

    pub(super) const fn bucket(&self, action: Action) -> &Bucket {
        match action {
            Action::Request => &self.request,
            Action::File => &self.file,
            Action::Create => &self.create,
            Action::Join => &self.join,
            Action::Connect => &self.connect,
            Action::Miss => &self.miss,
        }
    }

    /// Takes so many bytes of what may be said.
    ///
    /// # Errors
    /// How long to wait for them.
    pub(super) fn say(&self, bytes: usize) -> Result<(), Duration> {
        self.text.take_many(u32::try_from(bytes).unwrap_or(u32::MAX))
    }

    /// Notes that the address does something.
    pub(super) fn see(&self) {
        self.state.lock().seen = Instant::now();
    }

    /// How long ago it did something last.
    pub(super) fn idle(&self) -> Duration {
        self.state.lock().seen.elapsed()
    }

    /// Notes that a room was not there.
    pub(super) fn miss(&self) {
        if let Err(wait) = self.miss.take() {
            self.state.lock().shut_until = Some(Instant::now() + wait);
        }
    }

    /// Until when the address may not look for rooms, if it ever might not.
    pub(super) fn shut_until(&self) -> Option<Instant> {
        self.state.lock().shut_until
    }
}

//! Allowances that fill up again, and what is said to whoever has used one up.

use std::{num::NonZeroU32, time::Duration};

use governor::{
    RateLimiter,
    clock::{Clock, MonotonicClock},
    state::{InMemoryState, NotKeyed},
};
use wire::error::{AppError, Code};

use crate::rate::Rate;

/// One allowance.
#[derive(Debug)]
pub struct Bucket(RateLimiter<NotKeyed, InMemoryState, MonotonicClock>);

impl Bucket {
    /// A full one.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        Self(RateLimiter::direct_with_clock(rate.into(), MonotonicClock))
    }

    /// Takes one of what is left.
    ///
    /// # Errors
    /// How long to wait, when nothing is.
    pub fn take(&self) -> Result<(), Duration> {
        self.0
            .check()
            .map_err(|denied| denied.wait_time_from(MonotonicClock.now()))
    }

    /// Takes so many of what is left, or none.
    ///
    /// # Errors
    /// How long to wait, when there are fewer; for what is more than there ever is, an hour.
    pub fn take_many(&self, count: u32) -> Result<(), Duration> {
        let Some(count) = NonZeroU32::new(count) else {
            return Ok(());
        };
        match self.0.check_n(count) {
            Ok(taken) => taken.map_err(|denied| denied.wait_time_from(MonotonicClock.now())),
            Err(_) => Err(Duration::from_secs(3_600)),
        }
    }
}

/// Whose allowance it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everybody's at one address.
    Address,
    /// Everybody's in one room.
    Room,
    /// One participant's.
    Participant,
    /// One socket's.
    Socket,
}

/// The refusal, in words that a page can show as they are.
#[must_use]
pub fn too_fast(scope: Scope, wait: Duration) -> AppError {
    let seconds = u32::try_from(wait.as_millis().div_ceil(1_000))
        .unwrap_or(u32::MAX)
        .max(1);
    let span = match seconds {
        1 => "a second".to_owned(),
        2..90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    };
    let error = match scope {
        Scope::Address => AppError::with_detail(
            Code::RateLimited,
            format!("A lot is coming from your network right now. Please try again in {span}."),
        ),
        Scope::Room => AppError::with_detail(
            Code::RateLimited,
            format!("A lot is being said in this chat right now. Please try again in {span}."),
        ),
        Scope::Participant | Scope::Socket => Code::RateLimited.into(),
    };
    error.retry_after(seconds)
}

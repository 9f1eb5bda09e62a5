//! How much one address may do. Limits of a participant, and of a room's pace, are in [`crate::presence`], those of its
//! size in [`crate::rooms`], those of a socket where it is.
//!
//! Everybody behind one router is one address here, so that the limits are far above what a class of fifty needs that
//! joins within a minute; they are there against programs.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use app::error::{AppError, Code};
use tokio::time::Instant;

pub use self::{
    address::Address,
    bucket::{Bucket, Scope, too_fast, too_many},
};
use crate::{config::Rate, sync::lock};

mod address;
mod bucket;

/// Addresses remembered, at about 500 bytes each. Newcomers beyond that share one allowance.
const ADDRESSES_MAX: usize = 50_000;

/// How often a full table is searched for addresses that can be forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(1);

/// What is counted, each for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Any request that is more than a file.
    Request,
    /// Starting a room.
    Create,
    /// Joining one.
    Join,
    /// Opening a socket, or another lasting connection.
    Connect,
    /// Asking for a room that is not there: a mistyped link, or somebody who guesses.
    Miss,
}

/// How often an address may do each [`Deed`].
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Rates {
    /// Requests of one address, files not counted: at once, and in how long so many again.
    #[arg(long = "request-limit", env = "REQUEST_LIMIT", default_value = "1200/1m")]
    pub request: Rate,

    /// Rooms that one address may start.
    #[arg(long = "create-limit", env = "CREATE_LIMIT", default_value = "60/1m")]
    pub create: Rate,

    /// Joins of one address.
    #[arg(long = "join-limit", env = "JOIN_LIMIT", default_value = "120/1m")]
    pub join: Rate,

    /// Sockets and event streams that one address may open.
    #[arg(long = "connect-limit", env = "CONNECT_LIMIT", default_value = "600/1m")]
    pub connect: Rate,

    /// Rooms that one address may ask for and that are not there. Whoever does not find more waits between two looks.
    #[arg(long = "miss-limit", env = "MISS_LIMIT", default_value = "60/1m")]
    pub miss: Rate,
}

impl Rates {
    /// After this, an address that did nothing has all its allowances back.
    fn longest(&self) -> Duration {
        let all = [self.request, self.create, self.join, self.connect, self.miss];
        all.iter().map(Rate::per).max().unwrap_or_default()
    }
}

/// What is left to one address.
#[derive(Debug)]
struct Allowance {
    request: Bucket,
    create: Bucket,
    join: Bucket,
    connect: Bucket,
    miss: Bucket,
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
    fn new(rates: &Rates) -> Self {
        Self {
            request: Bucket::new(rates.request),
            create: Bucket::new(rates.create),
            join: Bucket::new(rates.join),
            connect: Bucket::new(rates.connect),
            miss: Bucket::new(rates.miss),
            state: Mutex::new(State {
                seen: Instant::now(),
                shut_until: None,
            }),
        }
    }

    const fn bucket(&self, deed: Deed) -> &Bucket {
        match deed {
            Deed::Request => &self.request,
            Deed::Create => &self.create,
            Deed::Join => &self.join,
            Deed::Connect => &self.connect,
            Deed::Miss => &self.miss,
        }
    }
}

/// The allowances of all addresses.
#[derive(Debug)]
pub struct Limits {
    rates: Rates,
    most: usize,
    table: Mutex<Table>,
}

#[derive(Debug)]
struct Table {
    known: HashMap<Address, Arc<Allowance>>,
    /// Of all who came when the table was full.
    others: Arc<Allowance>,
    forgot: Instant,
}

impl Limits {
    /// Nobody has done anything yet.
    #[must_use]
    pub fn new(rates: Rates) -> Self {
        Self::remembering(rates, ADDRESSES_MAX)
    }

    fn remembering(rates: Rates, most: usize) -> Self {
        let table = Table {
            known: HashMap::new(),
            others: Arc::new(Allowance::new(&rates)),
            forgot: Instant::now(),
        };
        Self {
            rates,
            most,
            table: Mutex::new(table),
        }
    }

    /// Somebody at `address`.
    #[must_use]
    pub fn visitor(self: &Arc<Self>, address: Address) -> Visitor {
        Visitor {
            allowance: self.allowance(address),
        }
    }

    fn allowance(&self, address: Address) -> Arc<Allowance> {
        let mut table = lock(&self.table);
        if let Some(allowance) = table.known.get(&address) {
            lock(&allowance.state).seen = Instant::now();
            return Arc::clone(allowance);
        }
        if table.known.len() >= self.most && table.forgot.elapsed() >= FORGET_EVERY {
            let longest = self.rates.longest();
            table
                .known
                .retain(|_, allowance| lock(&allowance.state).seen.elapsed() < longest);
            table.forgot = Instant::now();
        }
        if table.known.len() >= self.most {
            return Arc::clone(&table.others);
        }
        let allowance = Arc::new(Allowance::new(&self.rates));
        table.known.insert(address, Arc::clone(&allowance));
        allowance
    }
}

/// Somebody who asks, known by their address.
#[derive(Debug, Clone)]
pub struct Visitor {
    allowance: Arc<Allowance>,
}

impl Visitor {
    /// Counts a deed.
    ///
    /// # Errors
    /// `rate_limited`, with the time to wait, when it is one too many.
    pub fn may(&self, deed: Deed) -> Result<(), AppError> {
        let bucket = self.allowance.bucket(deed);
        bucket.take().map_err(|wait| too_fast(Scope::Address, wait))
    }

    /// Counts a deed about a room that may not be there.
    ///
    /// # Errors
    /// As [`Visitor::may`], and when too many rooms were not there.
    pub fn may_look(&self) -> Result<(), AppError> {
        let now = Instant::now();
        match lock(&self.allowance.state).shut_until {
            Some(until) if until > now => Err(too_fast(Scope::Address, until - now)),
            _ => Ok(()),
        }
    }

    /// Notes that a room was not there.
    pub fn missed(&self) {
        if let Err(wait) = self.allowance.bucket(Deed::Miss).take() {
            lock(&self.allowance.state).shut_until = Some(Instant::now() + wait);
        }
    }

    /// Notes how something ended, if it was a miss.
    pub fn note(&self, code: Code) {
        if code == Code::UnknownChat {
            self.missed();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(most: usize) -> Arc<Limits> {
        let rate: Rate = "2/1h".parse().expect("a rate");
        let rates = Rates {
            request: rate,
            create: rate,
            join: rate,
            connect: rate,
            miss: rate,
        };
        Arc::new(Limits::remembering(rates, most))
    }

    fn at(text: &str) -> Address {
        Address::of(text.parse().expect("an address"))
    }

    #[tokio::test]
    async fn each_address_and_each_deed_has_an_allowance_of_its_own() {
        let limits = limits(10);
        let visitor = limits.visitor(at("192.0.2.1"));
        assert!(visitor.may(Deed::Create).is_ok() && visitor.may(Deed::Create).is_ok());
        let refused = limits
            .visitor(at("192.0.2.1"))
            .may(Deed::Create)
            .expect_err("the third");
        assert_eq!(refused.code, Code::RateLimited);
        assert!(refused.detail.ends_with("Please try again in 30 minutes."), "{refused}");
        assert!(visitor.may(Deed::Join).is_ok());
        assert!(limits.visitor(at("192.0.2.2")).may(Deed::Create).is_ok());
    }

    #[tokio::test]
    async fn who_guesses_may_look_no_more() {
        let visitor = limits(10).visitor(at("192.0.2.1"));
        for _ in 0..3 {
            assert!(visitor.may_look().is_ok());
            visitor.note(Code::Ended);
            visitor.note(Code::UnknownChat);
        }
        assert!(visitor.may_look().is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_table_forgets_the_idle_and_lets_newcomers_share() {
        let limits = limits(2);
        let full = || [at("192.0.2.1"), at("192.0.2.2")].map(|address| limits.visitor(address));
        let _ = full();
        for address in ["192.0.2.3", "192.0.2.4"] {
            assert!(limits.visitor(at(address)).may(Deed::Join).is_ok());
        }
        assert!(limits.visitor(at("192.0.2.5")).may(Deed::Join).is_err(), "they share");
        assert_eq!(lock(&limits.table).known.len(), 2);
        tokio::time::advance(Duration::from_secs(3_600)).await;
        assert!(limits.visitor(at("192.0.2.5")).may(Deed::Join).is_ok());
        assert_eq!(lock(&limits.table).known.len(), 1, "the idle are forgotten");
    }
}

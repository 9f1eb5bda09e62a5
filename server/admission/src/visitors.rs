//! How much one address may do. Limits of a participant, of a room and of a socket are where these are.
//!
//! Everybody behind one router is one address here, so that the limits are far above what a class of fifty needs that
//! joins within a minute; they are there against programs. An IPv6 customer's actions count for the net around them, too:
//! who has 65,536 addresses has a few times what one address has, and no more.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use tokio::time::Instant;
use wire::error::{AppError, Code};

use self::{
    allowance::Allowance,
    table::{Known, Table},
};
use crate::{
    Address,
    bucket::{Scope, too_fast},
    budget::{Budget, Each, Permit},
    rate::Rate,
    resource::Resource,
};

mod allowance;
mod table;

/// Files with a conversation that are written at once, altogether: each holds a page of its log.
const EXPORTS: u64 = 32;

/// The same, for one address.
const EXPORTS_EACH: u64 = 4;

/// What is counted, each for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Any request that is more than a file.
    Request,
    /// Asking for a file of the site.
    File,
    /// Starting a room.
    Create,
    /// Joining one.
    Join,
    /// Opening a socket, or another lasting connection.
    Connect,
    /// Asking for a room that is not there: a mistyped link, or somebody who guesses.
    Miss,
}

/// How often an address may do each [`Action`].
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Requests of one address, files not counted: at once, and in how long so many again.
    pub request: Rate,

    /// Files of the site that one address may ask for. A page takes about ten.
    pub file: Rate,

    /// Rooms that one address may start.
    pub create: Rate,

    /// Joins of one address.
    pub join: Rate,

    /// Sockets and event streams that one address may open.
    pub connect: Rate,

    /// Rooms that one address may ask for and that are not there. Whoever does not find more waits between two looks.
    pub miss: Rate,

    /// Bytes of what one address may say, everywhere together. What one brings in a day shall not fill the server.
    pub text: Rate,
}

impl Rates {
    /// After this, an address that did nothing has all its allowances back; of what it may say, which takes far longer,
    /// it has some. It is forgotten then only where the table is full.
    fn longest(&self) -> Duration {
        let all = [self.request, self.file, self.create, self.join, self.connect, self.miss];
        all.iter().map(Rate::per).max().unwrap_or_default()
    }

    /// The same for each action.
    #[cfg(test)]
    const fn all(rate: Rate) -> Self {
        Self {
            request: rate,
            file: rate,
            create: rate,
            join: rate,
            connect: rate,
            miss: rate,
            text: rate,
        }
    }

    /// So many times as much.
    fn times(&self, times: NonZeroU32) -> Self {
        Self {
            request: self.request.times(times),
            file: self.file.times(times),
            create: self.create.times(times),
            join: self.join.times(times),
            connect: self.connect.times(times),
            miss: self.miss.times(times),
            text: self.text.times(times),
        }
    }
}

/// The allowances of all addresses.
#[derive(Debug)]
pub struct Visitors {
    table: Table,
    /// Sockets and event streams.
    lasting: Arc<Budget>,
    /// Conversations that are written to files.
    exports: Arc<Budget>,
}

impl Visitors {
    /// Nobody has done anything yet. One address may have `lasting` sockets and event streams at once.
    #[must_use]
    pub fn new(rates: Rates, lasting: u32) -> Self {
        Self {
            table: Table::new(rates),
            // How many there are altogether is bounded where connections are.
            lasting: Budget::new(Resource::Lasting, u64::MAX, Each::UpTo(lasting.into())),
            exports: Budget::new(Resource::Exports, EXPORTS, Each::UpTo(EXPORTS_EACH)),
        }
    }

    /// The budgets that are shared by addresses, for metrics.
    #[must_use]
    pub fn budgets(&self) -> [&Budget; 2] {
        [&self.lasting, &self.exports]
    }

    /// Somebody at `address`.
    #[must_use]
    pub fn visitor(self: &Arc<Self>, address: Address) -> Visitor {
        Visitor {
            visitors: Arc::clone(self),
            address,
            known: self.table.known(address),
        }
    }
}

/// Somebody who asks, known by their address.
#[derive(Debug, Clone)]
pub struct Visitor {
    visitors: Arc<Visitors>,
    address: Address,
    known: Known,
}

impl Visitor {
    /// Counts an action.
    ///
    /// # Errors
    /// `rate_limited`, with the time to wait, when it is one too many.
    pub fn may(&self, action: Action) -> Result<(), AppError> {
        self.known
            .allowances()
            .try_for_each(|allowance| allowance.bucket(action).take())
            .map_err(|wait| too_fast(Scope::Address, wait))
    }

    /// Counts so many bytes of what is said.
    ///
    /// # Errors
    /// `rate_limited`, with the time to wait, when they are too many.
    pub fn may_say(&self, bytes: usize) -> Result<(), AppError> {
        self.known
            .allowances()
            .try_for_each(|allowance| allowance.say(bytes))
            .map_err(|wait| too_fast(Scope::Address, wait))
    }

    /// Whether the visitor may look for rooms that may not be there. Who proves to belong to a room need not be asked:
    /// somebody else at the same address may have guessed.
    ///
    /// # Errors
    /// `rate_limited`, when too many rooms were not there.
    pub fn may_look(&self) -> Result<(), AppError> {
        let now = Instant::now();
        let shut = self.known.allowances().filter_map(Allowance::shut_until).max();
        match shut {
            Some(until) if until > now => Err(too_fast(Scope::Address, until - now)),
            _ => Ok(()),
        }
    }

    /// Notes that a room was not there.
    pub fn missed(&self) {
        self.known.allowances().for_each(Allowance::miss);
    }

    /// Notes how something ended, if it was a miss.
    pub fn note(&self, code: Code) {
        if code == Code::UnknownChat {
            self.missed();
        }
    }

    /// Opens a socket or an event stream, for as long as the permit is kept.
    ///
    /// # Errors
    /// `rate_limited`, when the address has as many as one may have.
    pub fn stay(&self) -> Result<Permit, AppError> {
        Ok(self.visitors.lasting.take(Some(self.address), 1)?)
    }

    /// Saves a conversation, for as long as the permit is kept.
    ///
    /// # Errors
    /// `rate_limited`, when the address saves as many as one may at once; `unavailable`, when all do.
    pub fn export(&self) -> Result<Permit, AppError> {
        Ok(self.visitors.exports.take(Some(self.address), 1)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visitors() -> Arc<Visitors> {
        let rate = Rate::new(NonZeroU32::MIN.saturating_add(1), Duration::from_secs(3_600));
        Arc::new(Visitors::new(Rates::all(rate), 2))
    }

    fn at(text: &str) -> Address {
        Address::of(text.parse().expect("an address"))
    }

    #[tokio::test]
    async fn each_address_and_each_deed_has_an_allowance_of_its_own() {
        let visitors = visitors();
        let visitor = visitors.visitor(at("192.0.2.1"));
        assert!(visitor.may(Action::Create).is_ok() && visitor.may(Action::Create).is_ok());
        let refused = visitors
            .visitor(at("192.0.2.1"))
            .may(Action::Create)
            .expect_err("the third");
        assert_eq!(refused.code, Code::RateLimited);
        assert!(refused.detail.ends_with("Please try again in 30 minutes."), "{refused}");
        assert!(visitor.may(Action::Join).is_ok());
        assert!(visitors.visitor(at("192.0.2.2")).may(Action::Create).is_ok());
    }

    #[tokio::test]
    async fn who_guesses_may_look_no_more() {
        let visitor = visitors().visitor(at("192.0.2.1"));
        for _ in 0..3 {
            assert!(visitor.may_look().is_ok());
            visitor.note(Code::Ended);
            visitor.note(Code::UnknownChat);
        }
        assert!(visitor.may_look().is_err());
    }

    #[tokio::test]
    async fn one_address_says_so_many_bytes() {
        let rate = Rate::new(NonZeroU32::new(1_000).expect("some"), Duration::from_secs(3_600));
        let visitors = Arc::new(Visitors::new(Rates::all(rate), 2));
        let visitor = visitors.visitor(at("2001:db8:1:1::1"));
        assert!(visitor.may_say(0).is_ok() && visitor.may_say(600).is_ok() && visitor.may_say(400).is_ok());
        let refused = visitor.may_say(300).expect_err("too many");
        assert_eq!(refused.code, Code::RateLimited);
        assert!(refused.detail.ends_with("Please try again in 18 minutes."), "{refused}");
        assert!(visitor.may_say(1_001).is_err(), "more than there ever is");
        assert!(visitors.visitor(at("192.0.2.1")).may_say(1_000).is_ok());
        let net = (2..100).filter(|n| {
            visitors
                .visitor(at(&format!("2001:db8:1:{n}::1")))
                .may_say(1_000)
                .is_ok()
        });
        assert_eq!(net.count(), 15, "a net has sixteen times as many");
    }

    #[tokio::test]
    async fn one_address_leaves_others_their_sockets_and_exports() {
        let visitors = visitors();
        let (one, other) = (visitors.visitor(at("192.0.2.1")), visitors.visitor(at("192.0.2.2")));
        let _sockets = [one.stay(), one.stay()].map(|slot| slot.expect("a place"));
        assert_eq!(one.stay().expect_err("a third").code, Code::RateLimited);
        assert!(other.stay().is_ok());
        let exports = Vec::from_iter((0..EXPORTS_EACH).map(|_| one.export().expect("a place")));
        assert_eq!(one.export().expect_err("one more").code, Code::RateLimited);
        assert!(other.export().is_ok());
        drop(exports);
        assert!(one.export().is_ok());
    }
}

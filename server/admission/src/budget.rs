//! So much of something, held by permits that give it back.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use parking_lot::Mutex;

use crate::{
    address::Address,
    resource::{Exhausted, Resource, Whose},
};

/// So many times what one address may hold may a net of IPv6 customers (a /48, which one of them may have all to
/// himself).
const NET_TIMES: u64 = 4;

/// How much of a budget one address may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Each {
    /// All that there is.
    All,
    /// So much.
    UpTo(u64),
    /// No more than is left for all others: one address alone gets half of it, two get a third each, and whoever comes
    /// next finds as much as everybody else has.
    AsIsLeft,
}

/// So many units of a [`Resource`].
pub struct Budget {
    of: Resource,
    limit: u64,
    each: Each,
    used: AtomicU64,
    /// What addresses and nets hold that hold something: no more of them than units.
    held: Mutex<HashMap<Address, u64>>,
}

impl fmt::Debug for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Budget({} of {} {:?})", self.used(), self.limit, self.of)
    }
}

impl Budget {
    /// `limit` units of `of`, of which nobody holds anything yet.
    #[must_use]
    pub fn new(of: Resource, limit: u64, each: Each) -> Arc<Self> {
        Arc::new(Self {
            of,
            limit,
            each,
            used: AtomicU64::new(0),
            held: Mutex::default(),
        })
    }

    /// Of what it is.
    #[must_use]
    pub const fn of(&self) -> Resource {
        self.of
    }

    /// How many units there may be.
    #[must_use]
    pub const fn limit(&self) -> u64 {
        self.limit
    }

    /// How many are held.
    #[must_use]
    pub fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
    }

    /// How many there still may be.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.limit.saturating_sub(self.used())
    }

    /// A permit for nothing yet, which grows. It counts for `who`, unless that is nobody in particular: a proxy's
    /// connections are those of all its visitors.
    #[must_use]
    pub fn permit(self: &Arc<Self>, who: Option<Address>) -> Permit {
        Permit {
            budget: Arc::clone(self),
            who,
            units: 0,
        }
    }

    /// Takes so many units.
    ///
    /// # Errors
    /// [`Exhausted`].
    pub fn take(self: &Arc<Self>, who: Option<Address>, units: u64) -> Result<Permit, Exhausted> {
        let mut permit = self.permit(who);
        permit.grow(units)?;
        Ok(permit)
    }

    /// Takes so many units whether there are as many or not: others are about to be given back.
    #[must_use]
    pub fn take_over(self: &Arc<Self>, who: Option<Address>, units: u64) -> Permit {
        let mut permit = self.permit(who);
        permit.set(units);
        permit
    }

    /// Counts what nobody holds a permit for, as it is there after a restart, too: one more.
    ///
    /// # Errors
    /// [`Exhausted`], and it is not counted.
    pub fn count_one(&self) -> Result<(), Exhausted> {
        self.count_within(1).map_err(|()| self.of.exhausted())
    }

    /// Counts what nobody holds a permit for, and is there in any case: more, or less.
    pub fn count(&self, change: i64) {
        let counted = |used: u64| Some(used.saturating_add_signed(change));
        let _ = self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, counted);
    }

    /// Forgets what was counted: so much is there.
    pub fn recount(&self, used: u64) {
        self.used.store(used, Ordering::Relaxed);
    }

    fn uncount(&self, units: u64) {
        let less = |used: u64| Some(used.saturating_sub(units));
        let _ = self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
    }

    fn count_within(&self, units: u64) -> Result<(), ()> {
        let within = |used: u64| used.checked_add(units).filter(|sum| *sum <= self.limit);
        let counted = self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, within);
        counted.map(drop).map_err(drop)
    }

    /// Counts units for an address, if it may have as many; and for nobody in particular without a look at the others.
    fn grow(&self, who: Option<Address>, units: u64) -> Result<(), Exhausted> {
        let full = |whose| Exhausted { of: self.of, whose };
        let Some(who) = who else {
            return self.count_within(units).map_err(|()| full(Whose::Server));
        };
        let mut held = self.held.lock();
        self.count_within(units).map_err(|()| full(Whose::Server))?;
        let after = |place: &Address| held.get(place).copied().unwrap_or_default().saturating_add(units);
        let may = match self.each {
            Each::All => true,
            Each::UpTo(most) => {
                let net = who
                    .net()
                    .is_none_or(|net| after(&net) <= most.saturating_mul(NET_TIMES));
                net && after(&who) <= most
            }
            Each::AsIsLeft => after(&who) <= self.left(),
        };
        if !may {
            self.uncount(units);
            return Err(full(Whose::Address));
        }
        for place in places(who) {
            *held.entry(place).or_default() += units;
        }
        Ok(())
    }

    /// Counts units, there being as many or not.
    fn add(&self, who: Option<Address>, units: u64) {
        self.used.fetch_add(units, Ordering::Relaxed);
        if let Some(who) = who {
            let mut held = self.held.lock();
            for place in places(who) {
                *held.entry(place).or_default() += units;
            }
        }
    }

    fn give_back(&self, who: Option<Address>, units: u64) {
        if let Some(who) = who {
            let mut held = self.held.lock();
            for place in places(who) {
                if let Some(count) = held.get_mut(&place) {
                    *count = count.saturating_sub(units);
                    if *count == 0 {
                        held.remove(&place);
                    }
                }
            }
        }
        self.uncount(units);
    }
}

/// What units of `who` count for.
fn places(who: Address) -> impl Iterator<Item = Address> {
    [who].into_iter().chain(who.net())
}

/// Units of a [`Budget`], given back when it is dropped.
#[derive(Debug)]
pub struct Permit {
    budget: Arc<Budget>,
    who: Option<Address>,
    units: u64,
}

impl Permit {
    /// Takes so many units more.
    ///
    /// # Errors
    /// [`Exhausted`], and it is as before.
    pub fn grow(&mut self, units: u64) -> Result<(), Exhausted> {
        self.budget.grow(self.who, units)?;
        self.units += units;
        Ok(())
    }

    /// Holds exactly so many from now on, whether there are as many or not: for what is small, or shrinks.
    pub fn set(&mut self, units: u64) {
        if units >= self.units {
            self.budget.add(self.who, units - self.units);
        } else {
            self.budget.give_back(self.who, self.units - units);
        }
        self.units = units;
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.budget.give_back(self.who, self.units);
    }
}

#[cfg(test)]
mod tests;

//! What there is only so much of, shared by addresses.

use std::{collections::HashMap, fmt, sync::Arc};

use admission::Address;
use parking_lot::Mutex;

/// So many units of something. Nobody may hold more than is left for all others: one address alone gets half of them,
/// two get a third each, and whoever comes next finds as much as everybody else has.
#[derive(Clone)]
pub struct Shares(Arc<Pool>);

struct Pool {
    limit: u64,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: u64,
    /// Addresses that hold something.
    by: HashMap<Address, u64>,
}

/// There is no more for this address at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("all that this address may have is taken")]
pub struct Full;

impl fmt::Debug for Shares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shares({} of {})", self.0.taken.lock().all, self.0.limit)
    }
}

impl Shares {
    /// `limit` units, of which nothing is taken yet.
    #[must_use]
    pub fn new(limit: u64) -> Self {
        Self(Arc::new(Pool {
            limit,
            taken: Mutex::default(),
        }))
    }

    /// How many units are taken.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.0.taken.lock().all
    }

    /// A share of nothing, to be grown.
    #[must_use]
    pub fn share(&self, address: Address) -> Share {
        Share {
            pool: Arc::clone(&self.0),
            address,
            units: 0,
        }
    }

    /// A share of so many units.
    ///
    /// # Errors
    /// [`Full`].
    pub fn take(&self, address: Address, units: u64) -> Result<Share, Full> {
        let mut share = self.share(address);
        share.grow(units)?;
        Ok(share)
    }
}

/// Units that somebody at an address holds, given back when it is dropped.
pub struct Share {
    pool: Arc<Pool>,
    address: Address,
    units: u64,
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Share({})", self.units)
    }
}

impl Share {
    /// Takes so many units more.
    ///
    /// # Errors
    /// [`Full`], and it is as before.
    pub fn grow(&mut self, units: u64) -> Result<(), Full> {
        let Pool { limit, taken } = &*self.pool;
        let mut taken = taken.lock();
        let own = taken.by.get(&self.address).copied().unwrap_or_default();
        let all = taken.all.saturating_add(units);
        if own.saturating_add(units) > limit.saturating_sub(all) {
            return Err(Full);
        }
        taken.all = all;
        taken.by.insert(self.address, own + units);
        self.units += units;
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.pool.taken.lock();
        taken.all -= self.units;
        if let Some(own) = taken.by.get_mut(&self.address) {
            *own -= self.units;
            if *own == 0 {
                taken.by.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(n: u8) -> Address {
        Address::of([192, 0, 2, n].into())
    }

    #[test]
    fn nobody_holds_more_than_is_left_for_others() {
        let shares = Shares::new(12);
        let mut first = shares.take(at(1), 6).expect("half of it");
        assert_eq!(first.grow(1), Err(Full));
        assert_eq!(shares.take(at(1), 1).expect_err("the same address"), Full);
        let second = shares.take(at(2), 3).expect("half of the rest");
        assert_eq!(shares.take(at(2), 1).expect_err("more than is left"), Full);
        assert!(
            shares.take(at(3), 1).is_ok(),
            "there is something for whoever comes next"
        );
        assert_eq!(shares.taken(), 9);
        drop((first, second));
        assert_eq!(shares.taken(), 0);
        assert!(shares.take(at(2), 6).is_ok(), "what was held is given back");
        assert!(shares.0.taken.lock().by.is_empty());
    }
}

//! Bytes, rooms, whatever there may be so many of altogether.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// So many for all who hold some.
#[derive(Debug)]
pub struct Budget {
    limit: u64,
    used: AtomicU64,
}

impl Budget {
    /// Nobody holds anything yet.
    #[must_use]
    pub fn new(limit: u64) -> Arc<Self> {
        Arc::new(Self {
            limit,
            used: AtomicU64::new(0),
        })
    }

    /// How many there may be.
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

    /// Takes so many, if there are; whether it did.
    #[must_use]
    pub fn take(&self, amount: u64) -> bool {
        let within = |used: u64| used.checked_add(amount).filter(|sum| *sum <= self.limit);
        self.used
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, within)
            .is_ok()
    }

    /// Counts what is there in any case: more, or less.
    pub fn count(&self, change: i64) {
        let counted = |used: u64| Some(used.saturating_add_signed(change));
        let _ = self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, counted);
    }

    /// Forgets what was counted: so many are held.
    pub fn recount(&self, used: u64) {
        self.used.store(used, Ordering::Relaxed);
    }

    /// An empty share, which grows and shrinks.
    #[must_use]
    pub fn share(self: &Arc<Self>) -> Share {
        Share {
            budget: Arc::clone(self),
            held: 0,
        }
    }
}

/// What one holds of a [`Budget`]. Given back when it is dropped.
#[derive(Debug)]
pub struct Share {
    budget: Arc<Budget>,
    held: u64,
}

impl Share {
    /// An empty one of the same budget.
    #[must_use]
    pub fn another(&self) -> Self {
        self.budget.share()
    }

    /// Takes so many more, if there are as many; whether it did.
    #[must_use]
    pub fn grow(&mut self, amount: u64) -> bool {
        let grown = self.budget.take(amount);
        if grown {
            self.held += amount;
        }
        grown
    }

    /// Holds exactly so many from now on, whether there are as many or not: for what is small, or shrinks.
    pub fn set(&mut self, amount: u64) {
        if amount >= self.held {
            self.budget.used.fetch_add(amount - self.held, Ordering::Relaxed);
        } else {
            self.budget.used.fetch_sub(self.held - amount, Ordering::Relaxed);
        }
        self.held = amount;
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.set(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_bounded_and_comes_back() {
        let budget = Budget::new(100);
        let (mut one, mut other) = (budget.share(), budget.share());
        assert!(one.grow(60) && !other.grow(41) && other.grow(40));
        assert_eq!((budget.used(), budget.left()), (100, 0));
        one.set(10);
        assert_eq!(budget.used(), 50);
        other.set(200);
        assert_eq!(budget.used(), 210, "what has to be is counted, too");
        assert!(!one.grow(1));
        drop(other);
        assert_eq!(budget.used(), 10);
        drop(one);
        assert_eq!(budget.used(), 0);
        budget.count(-1);
        assert_eq!(budget.used(), 0, "never less than nothing");
    }
}

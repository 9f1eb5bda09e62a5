//! Bytes that are held in memory, altogether.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// So many bytes for all who hold some.
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

    /// Bytes that there may be.
    #[must_use]
    pub const fn limit(&self) -> u64 {
        self.limit
    }

    /// Bytes that are held.
    #[must_use]
    pub fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
    }

    /// An empty share, which grows and shrinks.
    #[must_use]
    pub fn share(self: &Arc<Self>) -> Share {
        Share {
            budget: Arc::clone(self),
            bytes: 0,
        }
    }
}

/// What one holds of a [`Budget`]. Given back when it is dropped.
#[derive(Debug)]
pub struct Share {
    budget: Arc<Budget>,
    bytes: u64,
}

impl Share {
    /// Takes so many bytes more, if there are as many; whether it did.
    #[must_use]
    pub fn grow(&mut self, bytes: u64) -> bool {
        let within = |used: u64| used.checked_add(bytes).filter(|sum| *sum <= self.budget.limit);
        let grown = self
            .budget
            .used
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, within)
            .is_ok();
        if grown {
            self.bytes += bytes;
        }
        grown
    }

    /// Holds exactly so many bytes from now on, whether there are as many or not: for what is small, or shrinks.
    pub fn set(&mut self, bytes: u64) {
        if bytes >= self.bytes {
            self.budget.used.fetch_add(bytes - self.bytes, Ordering::Relaxed);
        } else {
            self.budget.used.fetch_sub(self.bytes - bytes, Ordering::Relaxed);
        }
        self.bytes = bytes;
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
        assert_eq!(budget.used(), 100);
        one.set(10);
        assert_eq!(budget.used(), 50);
        other.set(200);
        assert_eq!(budget.used(), 210, "what has to be is counted, too");
        assert!(!one.grow(1));
        drop(other);
        assert_eq!(budget.used(), 10);
        drop(one);
        assert_eq!(budget.used(), 0);
    }
}

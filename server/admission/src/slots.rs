//! Places for what lasts: connections, sockets, files under way.

use std::{collections::HashMap, sync::Arc};

use parking_lot::Mutex;

use crate::Address;

/// So many places of one address has a net of IPv6 customers (a /48, which one of them may have all to himself).
const NET_TIMES: usize = 4;

/// Places: so many altogether, and so many of one address.
#[derive(Debug)]
pub struct Slots {
    all: usize,
    each: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    /// Only addresses and nets that hold some: no larger than what is held.
    of: HashMap<Address, usize>,
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// All of them are taken.
    Server,
    /// The address, or its net, has as many as one may have.
    Address,
}

impl Slots {
    /// So many places altogether, and so many for one address.
    #[must_use]
    pub fn new(all: u32, each: u32) -> Arc<Self> {
        let number = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        Arc::new(Self {
            all: number(all),
            each: number(each),
            taken: Mutex::default(),
        })
    }

    /// Takes a place, which counts for `who` unless that is nobody in particular: a proxy's connections are those of
    /// all its visitors.
    ///
    /// # Errors
    /// [`Full`] when there is none.
    pub fn take(self: &Arc<Self>, who: Option<Address>) -> Result<Slot, Full> {
        let mut taken = self.taken.lock();
        if taken.all >= self.all {
            return Err(Full::Server);
        }
        let of = |address: &Address| taken.of.get(address).copied().unwrap_or_default();
        let net = who.and_then(Address::net);
        if who.is_some_and(|who| of(&who) >= self.each)
            || net.is_some_and(|net| of(&net) >= self.each.saturating_mul(NET_TIMES))
        {
            return Err(Full::Address);
        }
        taken.count(who);
        Ok(self.slot(who))
    }

    /// Takes a place, whether there is one or not: another is about to become free.
    #[must_use]
    pub fn take_over(self: &Arc<Self>, who: Option<Address>) -> Slot {
        self.taken.lock().count(who);
        self.slot(who)
    }

    fn slot(self: &Arc<Self>, who: Option<Address>) -> Slot {
        Slot {
            slots: Arc::clone(self),
            who,
        }
    }

    /// How many places are taken.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.taken.lock().all
    }
}

impl Taken {
    fn count(&mut self, who: Option<Address>) {
        self.all += 1;
        for place in places(who) {
            *self.of.entry(place).or_default() += 1;
        }
    }
}

/// What a place of `who` counts for.
fn places(who: Option<Address>) -> impl Iterator<Item = Address> {
    who.into_iter().chain(who.and_then(Address::net))
}

/// A place, for as long as it is kept.
#[derive(Debug)]
pub struct Slot {
    slots: Arc<Slots>,
    who: Option<Address>,
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.slots.taken.lock();
        taken.all = taken.all.saturating_sub(1);
        for place in places(self.who) {
            if let Some(count) = taken.of.get_mut(&place) {
                *count -= 1;
                if *count == 0 {
                    taken.of.remove(&place);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<Address> {
        Some(Address::of(text.parse().expect("an address")))
    }

    #[test]
    fn one_address_has_so_many_and_gives_them_back() {
        let slots = Slots::new(10, 2);
        let held = Vec::from_iter((0..2).map(|_| slots.take(at("192.0.2.1")).expect("a place")));
        assert_eq!(slots.take(at("192.0.2.1")).err(), Some(Full::Address));
        let other = slots.take(at("192.0.2.2")).expect("a neighbour has a place");
        drop(held);
        assert!(slots.take(at("192.0.2.1")).is_ok());
        drop(other);
        assert_eq!(slots.taken(), 0);
        assert!(slots.taken.lock().of.is_empty(), "nobody is remembered");
    }

    #[test]
    fn there_are_so_many_altogether_whoever_has_them() {
        let slots = Slots::new(3, 3);
        let _held = [None, at("192.0.2.1"), at("192.0.2.2")].map(|who| slots.take(who).expect("a place"));
        assert_eq!(slots.take(None).err(), Some(Full::Server));
        assert_eq!(slots.take(at("192.0.2.3")).err(), Some(Full::Server));
        drop(slots.take_over(at("192.0.2.3")));
        assert_eq!(slots.taken(), 3);
    }

    #[test]
    fn a_net_of_customers_has_a_few_times_as_many_as_one() {
        let slots = Slots::new(100, 2);
        let from = |customer: usize| slots.take(at(&format!("2001:db8:1:{customer:x}::1")));
        let held = Vec::from_iter((0..NET_TIMES * 2).map(|customer| from(customer).expect("a place")));
        assert_eq!(from(99).err(), Some(Full::Address));
        assert!(slots.take(at("2001:db8:2::1")).is_ok(), "another net");
        drop(held);
        assert!(from(99).is_ok());
    }
}

//! The addresses that are remembered: a bounded number, in which no net crowds out all others.

use std::{collections::HashMap, num::NonZeroU32, sync::Arc, time::Duration};

use parking_lot::Mutex;
use tokio::time::Instant;

use super::{Rates, allowance::Allowance};
use crate::Address;

/// Addresses remembered, of IPv4 and of IPv6 each, at about 600 bytes. Newcomers of a kind beyond that share one
/// allowance.
const ADDRESSES_MAX: usize = 25_000;

/// Customers of one IPv6 net that are remembered. The others have what is left to the net.
const CUSTOMERS_MAX: usize = 128;

/// So many times what one address may do may all of a net together.
const NET_TIMES: NonZeroU32 = NonZeroU32::MIN.saturating_add(15);

/// How often a full table is searched for addresses that can be forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(1);

/// What is left to a visitor: by their own address, and by the net that it is in.
#[derive(Debug, Clone)]
pub(super) struct Known {
    own: Option<Arc<Allowance>>,
    net: Option<Arc<Allowance>>,
}

impl Known {
    /// All that an action is counted in.
    pub(super) fn allowances(&self) -> impl Iterator<Item = &Allowance> {
        self.own.iter().chain(&self.net).map(AsRef::as_ref)
    }
}

/// What is left to each address.
#[derive(Debug)]
pub(super) struct Table {
    rates: Rates,
    v4: Mutex<Family>,
    v6: Mutex<Family>,
}

/// The addresses of one kind: a flood of IPv6 addresses, which are cheap, is none of IPv4's business.
#[derive(Debug)]
struct Family {
    most: usize,
    known: HashMap<Address, Arc<Allowance>>,
    nets: HashMap<Address, Net>,
    /// Of all who came when the table was full.
    others: Arc<Allowance>,
    forgot: Instant,
}

#[derive(Debug)]
struct Net {
    allowance: Arc<Allowance>,
    /// How many of its customers are remembered.
    customers: usize,
}

impl Table {
    pub(super) fn new(rates: Rates) -> Self {
        Self::remembering(rates, ADDRESSES_MAX)
    }

    fn remembering(rates: Rates, most: usize) -> Self {
        let family = || {
            Mutex::new(Family {
                most,
                known: HashMap::new(),
                nets: HashMap::new(),
                others: Arc::new(Allowance::new(&rates)),
                forgot: Instant::now(),
            })
        };
        Self {
            rates,
            v4: family(),
            v6: family(),
        }
    }

    /// What is left to somebody at `address`, who is seen.
    pub(super) fn known(&self, address: Address) -> Known {
        match address.net() {
            None => Known {
                own: Some(self.v4.lock().one(address, &self.rates)),
                net: None,
            },
            Some(net) => self.v6.lock().customer(address, net, &self.rates),
        }
    }
}

impl Family {
    fn one(&mut self, address: Address, rates: &Rates) -> Arc<Allowance> {
        if let Some(allowance) = self.known.get(&address) {
            allowance.see();
            return Arc::clone(allowance);
        }
        if !self.has_room(rates) {
            return Arc::clone(&self.others);
        }
        let allowance = Arc::new(Allowance::new(rates));
        self.known.insert(address, Arc::clone(&allowance));
        allowance
    }

    fn customer(&mut self, address: Address, net: Address, rates: &Rates) -> Known {
        if !self.nets.contains_key(&net) {
            if !self.has_room(rates) {
                return Known {
                    own: Some(Arc::clone(&self.others)),
                    net: None,
                };
            }
            let allowance = Arc::new(Allowance::new(&rates.times(NET_TIMES)));
            self.nets.insert(
                net,
                Net {
                    allowance,
                    customers: 0,
                },
            );
        }
        let is_known = self.known.contains_key(&address);
        let has_room = is_known || self.has_room(rates);
        let Some(Net { allowance, customers }) = self.nets.get_mut(&net) else {
            return Known { own: None, net: None };
        };
        allowance.see();
        let net = Some(Arc::clone(allowance));
        if !is_known {
            if !has_room || *customers >= CUSTOMERS_MAX {
                return Known { own: None, net };
            }
            *customers += 1;
        }
        let own = self
            .known
            .entry(address)
            .or_insert_with(|| Arc::new(Allowance::new(rates)));
        own.see();
        Known {
            own: Some(Arc::clone(own)),
            net,
        }
    }

    /// Whether one more can be remembered. Forgets who did nothing for long, where that makes room.
    fn has_room(&mut self, rates: &Rates) -> bool {
        let remembered = |family: &Self| family.known.len() + family.nets.len();
        if remembered(self) >= self.most && self.forgot.elapsed() >= FORGET_EVERY {
            let longest = rates.longest();
            let nets = &mut self.nets;
            self.known.retain(|address, allowance| {
                let stays = allowance.idle() < longest;
                if !stays && let Some(net) = address.net().and_then(|net| nets.get_mut(&net)) {
                    net.customers -= 1;
                }
                stays
            });
            // Its customers are seen with it: none of them is younger.
            nets.retain(|_, net| net.customers > 0 || net.allowance.idle() < longest);
            self.forgot = Instant::now();
        }
        remembered(self) < self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{rate::Rate, visitors::Action};

    /// Whose addresses may do each action twice an hour.
    fn table(most: usize) -> Table {
        let rate = Rate::new(NonZeroU32::MIN.saturating_add(1), Duration::from_secs(3_600));
        Table::remembering(Rates::all(rate), most)
    }

    fn at(text: &str) -> Address {
        Address::of(text.parse().expect("an address"))
    }

    fn joins(table: &Table, address: &str) -> bool {
        let known = table.known(at(address));
        known
            .allowances()
            .all(|allowance| allowance.bucket(Action::Join).take().is_ok())
    }

    fn remembered(family: &Mutex<Family>) -> usize {
        let family = family.lock();
        family.known.len() + family.nets.len()
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_table_forgets_the_idle_and_lets_newcomers_share() {
        let table = table(2);
        for address in ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"] {
            assert!(joins(&table, address));
        }
        assert!(!joins(&table, "192.0.2.5"), "they share");
        assert_eq!(remembered(&table.v4), 2);
        tokio::time::advance(Duration::from_secs(3_600)).await;
        assert!(joins(&table, "192.0.2.5"));
        assert_eq!(remembered(&table.v4), 1, "the idle are forgotten");
    }

    #[tokio::test]
    async fn one_net_of_50_000_customers_takes_nobody_s_place() {
        let table = table(1_000);
        let customer = |n: u32| format!("2001:db8:1:{n:x}::1");
        let joined = (0..50_000).filter(|n| joins(&table, &customer(*n))).count();
        assert_eq!(joined, 32, "sixteen times what one address may");
        assert!(remembered(&table.v6) <= CUSTOMERS_MAX + 1);
        // Newcomers of either kind have an allowance of their own.
        for address in ["192.0.2.1", "192.0.2.2", "2001:db8:2::1", "2001:db8:3::1"] {
            assert!(joins(&table, address) && joins(&table, address), "{address}");
            assert!(!joins(&table, address), "{address}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn many_nets_fill_their_own_kind_s_table_only() {
        let table = table(100);
        for n in 0..1_000 {
            joins(&table, &format!("2001:db8:{n:x}::1"));
        }
        assert!(remembered(&table.v6) <= 100);
        assert!(joins(&table, "192.0.2.1") && joins(&table, "192.0.2.1"));
        assert!(!joins(&table, "192.0.2.1"), "an allowance of its own");
        tokio::time::advance(Duration::from_secs(3_600)).await;
        assert!(joins(&table, "2001:db8:ffff::1"));
        assert!(remembered(&table.v6) <= 2, "the idle are forgotten");
    }
}

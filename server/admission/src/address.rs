//! Which address a request counts for.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
};

/// An address as it is counted: an IPv4 address, the /64 that one IPv6 customer has, or the /48 around that.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Address {
    ip: IpAddr,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    V4,
    Customer,
    Net,
}

// An address is personal: it stays out of logs.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

impl Address {
    /// What `ip` counts for.
    #[must_use]
    pub fn of(ip: IpAddr) -> Self {
        match ip.to_canonical() {
            IpAddr::V6(ip) => {
                let [a, b, c, d, ..] = ip.segments();
                Self {
                    ip: Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into(),
                    kind: Kind::Customer,
                }
            }
            ip @ IpAddr::V4(_) => Self { ip, kind: Kind::V4 },
        }
    }

    /// The /48 in which an IPv6 customer is: one who has all of it has 65,536 addresses.
    #[must_use]
    pub fn net(self) -> Option<Self> {
        match (self.kind, self.ip) {
            (Kind::Customer, IpAddr::V6(ip)) => {
                let [a, b, c, ..] = ip.segments();
                Some(Self {
                    ip: Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).into(),
                    kind: Kind::Net,
                })
            }
            _ => None,
        }
    }

    /// What the server's own calls count for, which come over no connection.
    #[must_use]
    pub const fn own() -> Self {
        Self {
            ip: IpAddr::V6(Ipv6Addr::LOCALHOST),
            kind: Kind::Customer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Address {
        Address::of(text.parse().expect("an address"))
    }

    #[test]
    fn a_customer_is_one_address() {
        assert_eq!(at("2001:db8:1:2::3"), at("2001:db8:1:2:ffff::4"));
        assert_ne!(at("2001:db8:1:2::3"), at("2001:db8:1:3::3"));
        assert_eq!(at("::ffff:192.0.2.1"), at("192.0.2.1"));
        assert_ne!(at("192.0.2.1"), at("192.0.2.2"));
    }

    #[test]
    fn customers_of_one_net_are_neighbours() {
        assert_eq!(at("2001:db8:1:2::3").net(), at("2001:db8:1:ffff::4").net());
        assert_ne!(at("2001:db8:1:2::3").net(), at("2001:db8:2:2::3").net());
        // The net is not the customer who has its first addresses.
        assert_ne!(at("2001:db8:1::3").net(), Some(at("2001:db8:1::3")));
        assert_eq!(at("192.0.2.1").net(), None);
        assert_eq!(at("::ffff:192.0.2.1").net(), None);
    }
}

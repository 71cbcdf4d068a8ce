//! Which addresses a webhook may call: those of the public internet, so that nobody who can change a name's addresses leads a call into the
//! municipality's own network.
//!
//! The addresses that are looked at are those that are connected to: a name is looked up once for a connection, and what it may not lead to is taken
//! out there. A second answer of the name service is never asked for.

use reqwest::dns::Addrs;
use reqwest::dns::Name;
use reqwest::dns::Resolve;
use reqwest::dns::Resolving;
use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::Ipv6Addr;
use std::net::SocketAddr;
use url::Host;
use url::Url;

/// The name leads to addresses that must not be called.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error(
    "its address is private, or one of this machine: set allow_private = true if that is meant"
)]
pub(super) struct Refused;

/// Whether an address may be called.
pub(super) fn may_be_called(address: IpAddr, allow_private: bool) -> bool {
    allow_private || is_public(address)
}

/// The address that stands in a URL itself.
pub(super) fn literal(url: &Url) -> Option<IpAddr> {
    match url.host()? {
        Host::Domain(_) => None,
        Host::Ipv4(address) => Some(address.into()),
        Host::Ipv6(address) => Some(address.into()),
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_4(address),
        IpAddr::V6(address) => is_public_6(address),
    }
}

/// Outside all of the special-purpose ranges of RFC 6890 and its registry.
fn is_public_4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = a == 0
        || a == 10
        || a == 127
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113);
    !special
}

/// Global unicast, without the ranges that stand for something else; where an IPv4 address is wrapped in it, that one decides.
fn is_public_6(address: Ipv6Addr) -> bool {
    if let Some(wrapped) = address.to_ipv4_mapped() {
        return is_public_4(wrapped);
    }
    let [first, second, rest @ ..] = address.segments();
    let wrapped = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_4(Ipv4Addr::new(a, b, c, d))
    };
    match (first, second) {
        // NAT64 (RFC 6052) and 6to4 (RFC 3056).
        (0x64, 0xff9b) => rest[..4] == [0; 4] && wrapped(rest[4], rest[5]),
        (0x2002, high) => wrapped(high, rest[0]),
        // Teredo and the other protocols' own (2001::/23), documentation.
        (0x2001, 0..=0x1ff | 0xdb8) | (0x3fff, _) => false,
        (first, _) => first & 0xe000 == 0x2000,
    }
}

/// Looks names up, and gives only addresses that may be called.
pub(super) struct Guard {
    pub(super) allow_private: bool,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let fits = |found: &SocketAddr| may_be_called(found.ip(), allow_private);
            let fitting: Vec<SocketAddr> = found.filter(fits).collect();
            if fitting.is_empty() {
                return Err(Refused.into());
            }
            let addresses: Addrs = Box::new(fitting.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Guard;
    use super::may_be_called;
    use reqwest::dns::Resolve;
    use std::net::IpAddr;

    #[test]
    fn only_addresses_of_the_public_internet_are_called() {
        for address in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
        ] {
            let ip: IpAddr = address.parse().unwrap();
            assert!(!may_be_called(ip, false), "{address}");
            assert!(may_be_called(ip, true), "{address}");
        }
        for address in [
            "1.1.1.1",
            "100.128.0.1",
            "172.32.0.1",
            "192.1.2.3",
            "2a00:1450::1",
            "2606:4700::1",
            "64:ff9b::101:101",
        ] {
            assert!(may_be_called(address.parse().unwrap(), false), "{address}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_leads_nowhere() {
        let guard = |allow_private| Guard { allow_private }.resolve("localhost".parse().unwrap());
        let refused = guard(false).await.err().unwrap();
        assert!(refused.to_string().contains("allow_private"), "{refused}");
        assert!(guard(true).await.unwrap().all(|found| found.ip().is_loopback()));
    }
}

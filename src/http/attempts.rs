//! How often a log-in may be tried, or the control code of a receipt. A guess costs more the more have failed; a stranger who guesses at
//! somebody's name (or a receipt's reference) holds that person up for a minute at most, and not at all where they were right before.

use crate::domain::digest::Digest;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::collections::HashMap;
use std::net::IpAddr;
use std::net::Ipv6Addr;
use std::sync::Mutex;
use std::sync::PoisonError;

/// How many failures of one kind are free, and the longest pause after more, in seconds.
struct Patience {
    free: u32,
    longest: i64,
}

/// Of one name from one address.
const OF_BOTH: Patience = Patience { free: 5, longest: 15 * 60 };
/// Of one address, whatever the name.
const OF_ADDRESS: Patience = Patience { free: 30, longest: 5 * 60 };
/// Of one name, from addresses it has never logged in from.
const OF_NAME: Patience = Patience { free: 30, longest: 60 };

/// Failures are forgotten so long after the last, in seconds; addresses that were good too.
const MEMORY: i64 = 3600;
const GOOD_MEMORY: i64 = 30 * 24 * 3600;

/// How many things are remembered; then the oldest is forgotten.
const MOST: usize = 20_000;

/// What is remembered about attempts, in this process alone. Names are kept as digests.
#[derive(Debug, Default)]
pub struct Attempts {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    failures: HashMap<Digest, Tally>,
    good: HashMap<Digest, Timestamp>,
}

#[derive(Clone, Copy, Debug)]
struct Tally {
    count: u32,
    last_at: Timestamp,
}

/// An attempt: it counts as failed until it is told to be good.
#[derive(Debug)]
pub struct Attempt {
    both: Digest,
    address: Digest,
    name: Digest,
    /// From where this name has logged in before: what strangers there do holds nobody up.
    at_home: bool,
}

impl Attempts {
    /// Begins an attempt at a name from an address.
    ///
    /// # Errors
    /// How many seconds to wait, when too many have failed.
    pub fn begin(&self, name: &str, address: IpAddr, now: Timestamp) -> Result<Attempt, i64> {
        let address = counted_as(address).to_string();
        let key = |parts: &[&str]| Digest::of(parts.join("\n").as_bytes());
        let mut attempt = Attempt {
            at_home: false,
            both: key(&["both", name, &address]),
            address: key(&["address", &address]),
            name: key(&["name", name]),
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let at_home = known.good.get(&attempt.both).is_some_and(|at| age(*at, now) < GOOD_MEMORY);
        attempt.at_home = at_home;
        let mut counted = vec![(attempt.both, OF_BOTH)];
        if !at_home {
            counted.extend([(attempt.address, OF_ADDRESS), (attempt.name, OF_NAME)]);
        }
        let wait = |(key, patience): &(Digest, Patience)| known.wait(key, patience, now);
        let wait = counted.iter().map(wait).max().unwrap_or(0);
        if wait > 0 {
            return Err(wait);
        }
        for (key, _) in counted {
            known.count(key, now);
        }
        Ok(attempt)
    }

    /// It was right.
    pub fn good(&self, attempt: &Attempt, now: Timestamp) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.failures.remove(&attempt.both);
        for key in [&attempt.address, &attempt.name].into_iter().filter(|_| !attempt.at_home) {
            if let Some(tally) = known.failures.get_mut(key) {
                tally.count = tally.count.saturating_sub(1);
            }
        }
        if known.good.len() >= MOST
            && let Some(oldest) = known.good.iter().min_by_key(|(_, at)| **at).map(|(key, _)| *key)
        {
            known.good.remove(&oldest);
        }
        known.good.insert(attempt.both, now);
    }
}

impl Known {
    fn wait(&self, key: &Digest, patience: &Patience, now: Timestamp) -> i64 {
        let Some(tally) = self.failures.get(key) else { return 0 };
        let since = age(tally.last_at, now);
        if since >= MEMORY || tally.count < patience.free {
            return 0;
        }
        let doublings = (tally.count - patience.free).min(20);
        let pause = (1_i64 << doublings).min(patience.longest);
        (pause - since).max(0)
    }

    fn count(&mut self, key: Digest, now: Timestamp) {
        if self.failures.len() >= MOST && !self.failures.contains_key(&key) {
            self.failures.retain(|_, tally| age(tally.last_at, now) < MEMORY);
            let oldest = self.failures.iter().min_by_key(|(_, tally)| tally.last_at);
            if let Some(oldest) =
                oldest.map(|(key, _)| *key).filter(|_| self.failures.len() >= MOST)
            {
                self.failures.remove(&oldest);
            }
        }
        let tally = self.failures.entry(key).or_insert(Tally { count: 0, last_at: now });
        if age(tally.last_at, now) >= MEMORY {
            tally.count = 0;
        }
        tally.count = tally.count.saturating_add(1);
        tally.last_at = now;
    }
}

/// One household's or company's addresses are one: the first half of an IPv6 address.
fn counted_as(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        address @ IpAddr::V4(_) => address,
    }
}

fn age(at: Timestamp, now: Timestamp) -> i64 {
    now.duration_since(at).max(SignedDuration::ZERO).as_secs()
}

#[cfg(test)]
mod tests {
    use super::Attempts;
    use jiff::Timestamp;
    use std::net::IpAddr;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn guesses_cost_more_and_more_and_are_forgotten_after_an_hour() {
        let attempts = Attempts::default();
        for _ in 0..5 {
            assert!(attempts.begin("anna", address(1), at(0)).is_ok());
        }
        assert_eq!(attempts.begin("anna", address(1), at(0)).unwrap_err(), 1);
        assert!(attempts.begin("anna", address(1), at(1)).is_ok());
        assert_eq!(attempts.begin("anna", address(1), at(1)).unwrap_err(), 2);
        assert!(attempts.begin("bo", address(1), at(1)).is_ok(), "another name is free");
        assert!(attempts.begin("anna", address(2), at(1)).is_ok(), "another address is free");
        assert!(attempts.begin("anna", address(1), at(3700)).is_ok());
        assert!(attempts.begin("anna", address(1), at(3700)).is_ok());
    }

    #[test]
    fn the_right_password_clears_what_failed_before() {
        let attempts = Attempts::default();
        for _ in 0..4 {
            assert!(attempts.begin("anna", address(1), at(0)).is_ok());
        }
        let good = attempts.begin("anna", address(1), at(0)).unwrap();
        attempts.good(&good, at(0));
        for _ in 0..5 {
            assert!(attempts.begin("anna", address(1), at(0)).is_ok());
        }
    }

    #[test]
    fn strangers_from_everywhere_hold_a_person_up_for_a_minute_and_never_at_home() {
        let attempts = Attempts::default();
        let home = attempts.begin("anna", address(1), at(0)).unwrap();
        attempts.good(&home, at(0));
        let mut wait = 0;
        for round in 0..60_u8 {
            wait = match attempts.begin("anna", address(100 + round), at(i64::from(round) * 60)) {
                Ok(_) => 0,
                Err(seconds) => seconds,
            };
            assert!(wait <= 60, "{wait}");
        }
        assert!(attempts.begin("anna", address(2), at(59 * 60)).is_err(), "{wait}");
        assert!(attempts.begin("anna", address(2), at(61 * 60)).is_ok());
        assert!(attempts.begin("anna", address(1), at(59 * 60)).is_ok());
    }

    #[test]
    fn strangers_at_the_same_address_hold_nobody_up_who_is_at_home_there() {
        let attempts = Attempts::default();
        let home = attempts.begin("anna", address(1), at(0)).unwrap();
        attempts.good(&home, at(0));
        for n in 0..100 {
            drop(attempts.begin(&format!("n{n}"), address(1), at(0)));
        }
        assert!(attempts.begin("bo", address(1), at(0)).is_err());
        assert!(attempts.begin("anna", address(1), at(0)).is_ok());
    }

    #[test]
    fn a_house_of_ipv6_addresses_counts_as_one() {
        let attempts = Attempts::default();
        let tried = (0..100_u16).filter(|n| {
            let address: IpAddr = format!("2001:db8:1:2::{n:x}").parse().unwrap();
            attempts.begin(&format!("n{n}"), address, at(0)).is_ok()
        });
        assert_eq!(tried.count(), 30);
    }

    #[test]
    fn one_address_cannot_try_all_names() {
        let attempts = Attempts::default();
        let tried =
            (0..100).filter(|n| attempts.begin(&format!("n{n}"), address(1), at(0)).is_ok());
        assert_eq!(tried.count(), 30);
    }
}

//! How many receipts one address gets by mail within an hour; what is beyond waits for a digest and is never dropped.
//!
//! Kept in memory: a restart forgets it, and the worst that can follow is a few receipts more.

use crate::domain::digest::Digest;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::collections::HashMap;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// Beyond so many addresses those without a receipt in the last hour are forgotten.
const ADDRESSES: usize = 4096;

/// When each address got its receipts, by the address's digest.
#[derive(Clone, Debug, Default)]
pub struct Caps(Arc<Mutex<HashMap<Digest, VecDeque<Timestamp>>>>);

impl Caps {
    /// Counts a receipt to an address; whether it goes beyond what an hour allows.
    pub(super) fn over(&self, address: &str, per_hour: u32, now: Timestamp) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = |at: &Timestamp| now.duration_since(*at) < HOUR;
        if all.len() > ADDRESSES {
            all.retain(|_, given| given.back().is_some_and(recent));
        }
        let given = all.entry(key(address)).or_default();
        while given.front().is_some_and(|at| !recent(at)) {
            given.pop_front();
        }
        if given.len() >= per_hour as usize {
            return true;
        }
        given.push_back(now);
        false
    }

    /// A receipt that was counted is not sent after all: its mail was known, or could not be stored.
    pub(super) fn give_back(&self, address: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(given) = all.get_mut(&key(address)) {
            given.pop_back();
        }
    }
}

fn key(address: &str) -> Digest {
    Digest::of(address.to_lowercase().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::Caps;
    use jiff::SignedDuration;
    use jiff::Timestamp;

    #[test]
    fn an_address_gets_so_many_an_hour_and_others_are_not_touched() {
        let caps = Caps::default();
        let start = Timestamp::UNIX_EPOCH;
        let at = |minutes: i64| start + SignedDuration::from_mins(minutes);
        let over: Vec<bool> = (0..4).map(|n| caps.over("a@hyra.example", 3, at(n))).collect();
        assert_eq!(over, [false, false, false, true]);
        assert!(caps.over("A@Hyra.example", 3, at(59)));
        assert!(!caps.over("b@hyra.example", 3, at(59)));
        assert!(!caps.over("a@hyra.example", 3, at(60)), "the first is an hour ago");
        caps.give_back("a@hyra.example");
        assert!(!caps.over("a@hyra.example", 3, at(60)), "the last was not sent after all");
    }
}

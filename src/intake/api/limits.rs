//! How much the HTTP door takes at a time: places, bytes, requests a minute, and one request a key.
//!
//! What is held while a message waits is given back when it is settled or dropped, not when the caller goes away: so no flood of
//! impatient callers outgrows the limits.

use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::intake::api::config::Config;
use jiff::Timestamp;
use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::Semaphore;

/// Bytes are counted in this unit.
const UNIT_BYTES: usize = 1024;

/// How soon a caller comes back when the door is full, in seconds.
const RETRY_AFTER_SECONDS: u32 = 2;

/// What a request holds until its message is settled.
#[derive(Debug, Default)]
pub struct Held {
    _place: Option<OwnedSemaphorePermit>,
    bytes: Option<OwnedSemaphorePermit>,
    key: Option<HeldKey>,
}

/// The limits of one door.
pub struct Limits {
    places: Arc<Semaphore>,
    bytes: Arc<Semaphore>,
    keys: Arc<Mutex<HashSet<KeyInHand>>>,
    buckets: Mutex<HashMap<String, Bucket>>,
    per_minute: f64,
}

type KeyInHand = (String, String);

impl Limits {
    /// The limits of a configuration.
    pub fn new(config: &Config) -> Self {
        let units = config.max_waiting_bytes.div_ceil(UNIT_BYTES);
        Self {
            places: Arc::new(Semaphore::new(config.max_concurrent.max(1))),
            bytes: Arc::new(Semaphore::new(units.min(Semaphore::MAX_PERMITS))),
            keys: Arc::default(),
            buckets: Mutex::default(),
            per_minute: f64::from(config.requests_per_minute.max(1)),
        }
    }

    /// A place, or 503.
    pub fn enter(&self) -> Result<Held, Problem> {
        let Ok(place) = self.places.clone().try_acquire_owned() else {
            return Err(Problem::unavailable(RETRY_AFTER_SECONDS));
        };
        Ok(Held { _place: Some(place), ..Held::default() })
    }

    /// Counts a request of a client, or 429 with the seconds to wait (token bucket: a minute's worth, refilled evenly).
    pub fn count(&self, client: &str, now: Timestamp) -> Result<(), Problem> {
        let mut buckets = lock(&self.buckets);
        if !buckets.contains_key(client) {
            buckets.insert(client.to_owned(), Bucket { tokens: self.per_minute, at: now });
        }
        let Some(bucket) = buckets.get_mut(client) else {
            return Ok(());
        };
        let elapsed = now.duration_since(bucket.at).as_secs_f64().max(0.0);
        bucket.tokens = (bucket.tokens + elapsed * self.per_minute / 60.0).min(self.per_minute);
        bucket.at = now;
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        let wait = ((1.0 - bucket.tokens) * 60.0 / self.per_minute).ceil() as u32;
        Err(Problem::new(ProblemType::TooManyRequests).retry_after(wait.max(1)))
    }

    /// Holds a client's key while its request runs, or 409.
    pub fn hold_key(&self, held: &mut Held, client: &str, key: &str) -> Result<(), Problem> {
        let entry = (client.to_owned(), key.to_owned());
        if !lock(&self.keys).insert(entry.clone()) {
            return Err(Problem::new(ProblemType::StillRunning).retry_after(1));
        }
        held.key = Some(HeldKey { entry, keys: self.keys.clone() });
        Ok(())
    }

    /// Makes sure that a request of `bytes` in all is counted, or 503 when the door holds too much.
    pub fn hold_bytes(&self, held: &mut Held, bytes: usize) -> Result<(), Problem> {
        let already = held.bytes.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let further = bytes.div_ceil(UNIT_BYTES).saturating_sub(already);
        if further == 0 {
            return Ok(());
        }
        let further = u32::try_from(further).unwrap_or(u32::MAX);
        let Ok(permit) = self.bytes.clone().try_acquire_many_owned(further) else {
            return Err(Problem::unavailable(RETRY_AFTER_SECONDS));
        };
        match &mut held.bytes {
            Some(held) => held.merge(permit),
            None => held.bytes = Some(permit),
        }
        Ok(())
    }
}

struct Bucket {
    tokens: f64,
    at: Timestamp,
}

struct HeldKey {
    entry: KeyInHand,
    keys: Arc<Mutex<HashSet<KeyInHand>>>,
}

impl std::fmt::Debug for HeldKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HeldKey(***)")
    }
}

impl Drop for HeldKey {
    fn drop(&mut self) {
        lock(&self.keys).remove(&self.entry);
    }
}

/// A panic elsewhere leaves sets and counters usable.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::Limits;
    use crate::http::problem_type::ProblemType;
    use crate::intake::api::config::Config;
    use jiff::Timestamp;
    use jiff::ToSpan;

    fn limits() -> Limits {
        Limits::new(&Config {
            max_concurrent: 2,
            max_waiting_bytes: 4096,
            requests_per_minute: 60,
            ..Config::default()
        })
    }

    #[test]
    fn places_are_given_back() {
        let limits = limits();
        let (first, _second) = (limits.enter().unwrap(), limits.enter().unwrap());
        assert_eq!(limits.enter().unwrap_err().kind(), ProblemType::Unavailable);
        drop(first);
        assert!(limits.enter().is_ok());
    }

    #[test]
    fn a_minutes_worth_may_come_at_once_and_is_refilled_evenly() {
        let limits = limits();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        for _ in 0..60 {
            limits.count("a", now).unwrap();
        }
        assert_eq!(limits.count("a", now).unwrap_err().kind(), ProblemType::TooManyRequests);
        assert!(limits.count("b", now).is_ok());
        assert!(limits.count("a", now - 1.hour()).is_err());
        assert!(limits.count("a", now + 1.second()).is_ok());
    }

    #[test]
    fn a_key_is_held_by_one_request_of_a_client_at_a_time() {
        let limits = limits();
        let (mut first, mut second) = (limits.enter().unwrap(), limits.enter().unwrap());
        limits.hold_key(&mut first, "a", "k").unwrap();
        let refused = limits.hold_key(&mut second, "a", "k").unwrap_err();
        assert_eq!(refused.kind(), ProblemType::StillRunning);
        limits.hold_key(&mut second, "b", "k").unwrap();
        drop(first);
        let mut third = limits.enter().unwrap();
        limits.hold_key(&mut third, "a", "k").unwrap();
    }

    #[test]
    fn bytes_are_counted_together_and_given_back() {
        let limits = limits();
        let (mut first, mut second) = (limits.enter().unwrap(), limits.enter().unwrap());
        limits.hold_bytes(&mut first, 1000).unwrap();
        limits.hold_bytes(&mut first, 3000).unwrap();
        limits.hold_bytes(&mut second, 1024).unwrap();
        assert!(limits.hold_bytes(&mut second, 1025).is_err());
        drop(first);
        limits.hold_bytes(&mut second, 4096).unwrap();
    }
}

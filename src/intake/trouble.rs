//! A channel that cannot be used for a while: told once when it begins and once when it ends, tried again ever more seldom, so that
//! a full or absent disk neither floods the log nor is forgotten. What works and what fails is also noted on the board of [`crate::pulse`].

use crate::pulse;
use std::time::Duration;
use tokio::time::Instant;
use tracing::error;
use tracing::info;

/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// The pause before try number `tries` (from 1) when the first is `base`.
pub(super) fn pause(base: Duration, tries: u32) -> Duration {
    base.max(Duration::from_millis(100))
        .saturating_mul(2_u32.saturating_pow(tries.min(16).saturating_sub(1)))
        .min(LONGEST_PAUSE)
}

/// One thing that works or does not.
pub(super) struct Trouble {
    door: String,
    /// What was attempted, as in "cannot … ".
    what: &'static str,
    failures: u32,
}

impl Trouble {
    pub(super) fn new(door: &str, what: &'static str) -> Self {
        Self { door: door.to_owned(), what, failures: 0 }
    }

    /// It failed. Answers how often in a row.
    pub(super) fn failed(&mut self, why: &dyn std::error::Error) -> u32 {
        self.failures = self.failures.saturating_add(1);
        pulse::board().failed(&self.door, self.what);
        if self.failures == 1 {
            let (door, what) = (&self.door, self.what);
            error!(door, error = %why, "cannot {what} of a door; it is tried again until it works");
        }
        self.failures
    }

    /// It worked: the door hears its channel.
    pub(super) fn worked(&mut self) {
        pulse::board().heard(&self.door);
        if self.failures > 0 {
            let (door, what, failures) = (&self.door, self.what, self.failures);
            info!(door, failures, "can {what} of a door again");
        }
        self.failures = 0;
    }
}

/// Stored messages that their channel would not let us settle, and when to try again.
pub(super) struct Unsettled<T> {
    items: Vec<(T, u32, Instant)>,
}

impl<T> Default for Unsettled<T> {
    fn default() -> Self {
        Self { items: Vec::new() }
    }
}

impl<T> Unsettled<T> {
    /// Keeps one that was tried `tries` times.
    pub(super) fn keep(&mut self, item: T, tries: u32, now: Instant) {
        self.items.push((item, tries, now + pause(Duration::from_secs(1), tries)));
    }

    /// Takes out those whose time has come, with the number of tries so far.
    pub(super) fn due(&mut self, now: Instant) -> Vec<(T, u32)> {
        let due = self.items.extract_if(.., |(_, _, due)| *due <= now);
        due.map(|(item, tries, _)| (item, tries)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::LONGEST_PAUSE;
    use super::Unsettled;
    use super::pause;
    use std::time::Duration;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let second = Duration::from_secs(1);
        assert_eq!([1, 2, 3, 9, u32::MAX].map(|tries| pause(second, tries)), {
            [second, 2 * second, 4 * second, LONGEST_PAUSE, LONGEST_PAUSE]
        });
        assert!(pause(Duration::ZERO, 1) > Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn what_could_not_be_settled_comes_up_when_due() {
        let now = tokio::time::Instant::now();
        let mut unsettled = Unsettled::default();
        unsettled.keep("a", 1, now);
        assert!(unsettled.due(now).is_empty());
        let later = now + Duration::from_secs(1);
        assert_eq!(unsettled.due(later), vec![("a", 1)]);
        assert!(unsettled.due(later).is_empty());
    }
}

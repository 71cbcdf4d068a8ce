//! When to try again: growing pauses with a ceiling, the same for every way out.

use jiff::SignedDuration;
use jiff::Timestamp;
use serde::Deserialize;

/// A schedule of pauses: `first`, then twice as long each time, never longer than `longest`, and after `attempts` a person decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RetryPolicy {
    /// Pause after the first failure, for example `"2s"`.
    pub first: SignedDuration,
    /// The longest pause, for example `"10m"`.
    pub longest: SignedDuration,
    /// How many attempts before the work is parked for a person.
    pub attempts: u32,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            first: SignedDuration::from_secs(2),
            longest: SignedDuration::from_mins(10),
            attempts: 40,
        }
    }
}

impl RetryPolicy {
    /// When attempt number `attempt` (1 = the first, which just failed) is followed by the next one; `None` when it was the last.
    pub fn next(&self, attempt: u32, now: Timestamp) -> Option<Timestamp> {
        if attempt >= self.attempts {
            return None;
        }
        let doublings = attempt.saturating_sub(1).min(30);
        let pause =
            self.first.checked_mul(1i32 << doublings).unwrap_or(self.longest).min(self.longest);
        Some(now.saturating_add(pause).unwrap_or(now))
    }
}

#[cfg(test)]
mod tests {
    use super::RetryPolicy;
    use jiff::SignedDuration;
    use jiff::Timestamp;

    #[test]
    fn pauses_double_up_to_the_longest_and_end() {
        let policy = RetryPolicy {
            first: SignedDuration::from_secs(2),
            longest: SignedDuration::from_secs(10),
            attempts: 5,
        };
        let now = Timestamp::UNIX_EPOCH;
        let pauses: Vec<_> =
            (1..=5).map(|attempt| policy.next(attempt, now).map(|at| at.as_second())).collect();
        assert_eq!(pauses, [Some(2), Some(4), Some(8), Some(10), None]);
    }
}

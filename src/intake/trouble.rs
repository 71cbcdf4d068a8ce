//! A channel that cannot be used for a while: told once when it begins and once when it ends, tried again ever more seldom, so that
//! a full or absent disk neither floods the log nor is forgotten. What works and what fails is also noted on the board of [`crate::pulse`].

use crate::pulse;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
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

/// Which places of a door cannot be looked into, where it looks into several side by side: it hears only when it hears all of them.
#[derive(Clone, Default)]
pub(super) struct DeafPlaces(Arc<Mutex<BTreeSet<usize>>>);

impl DeafPlaces {
    fn with<T>(&self, work: impl FnOnce(&mut BTreeSet<usize>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One thing that works or does not.
pub(super) struct Trouble {
    door: String,
    /// What was attempted, as in "cannot … ".
    what: &'static str,
    failures: u32,
    /// Which of the door's places, counted from 1, where it has several.
    place: Option<usize>,
    deaf: DeafPlaces,
    /// Whether this is what tells that the place is heard.
    is_look: bool,
}

impl Trouble {
    pub(super) fn new(door: &str, what: &'static str) -> Self {
        let (door, deaf) = (door.to_owned(), DeafPlaces::default());
        Self { door, what, failures: 0, place: None, deaf, is_look: false }
    }

    /// The same at one of several places. Never tells the place's name, which is people's.
    pub(super) fn at(mut self, place: usize, deaf: &DeafPlaces) -> Self {
        self.place = Some(place);
        self.deaf = deaf.clone();
        self
    }

    /// While this fails, the place is not heard.
    pub(super) fn looking(mut self) -> Self {
        self.is_look = true;
        self
    }

    /// It failed. Answers how often in a row.
    pub(super) fn failed(&mut self, why: &dyn std::error::Error) -> u32 {
        self.failures = self.failures.saturating_add(1);
        pulse::board().failed(&self.door, self.what);
        if let Some(place) = self.place.filter(|_| self.is_look) {
            self.deaf.with(|deaf| deaf.insert(place));
        }
        if self.failures == 1 {
            let (door, place, what) = (&self.door, self.place, self.what);
            error!(door, place, error = %why, "cannot {what} of a door; it is tried again until it works");
        }
        self.failures
    }

    /// It worked: the door hears its channel, unless another place of it is not heard.
    pub(super) fn worked(&mut self) {
        let place = self.place.filter(|_| self.is_look);
        let all_heard = self.deaf.with(|deaf| {
            deaf.retain(|one| Some(*one) != place);
            deaf.is_empty()
        });
        if all_heard {
            pulse::board().heard(&self.door);
        }
        if self.failures > 0 {
            let (door, place, what, failures) = (&self.door, self.place, self.what, self.failures);
            info!(door, place, failures, "can {what} of a door again");
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
    use super::DeafPlaces;
    use super::LONGEST_PAUSE;
    use super::Trouble;
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

    #[test]
    fn a_door_hears_only_when_no_place_of_it_is_deaf() {
        let door = "mailbox:of-two-folders";
        let deaf = DeafPlaces::default();
        let look = |place| Trouble::new(door, "look").at(place, &deaf).looking();
        let (mut one, mut two) = (look(1), look(2));
        let mut settling = Trouble::new(door, "settle").at(2, &deaf);
        let heard_at = || {
            let doors = crate::pulse::board().report(jiff::Timestamp::UNIX_EPOCH).doors;
            doors.into_iter().find(|it| it.name == door).and_then(|it| it.last_look_at)
        };
        let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        assert_eq!(one.failed(&refused), 1);
        two.worked();
        settling.worked();
        assert_eq!(heard_at(), None, "the neighbour hides nothing");
        settling.failed(&refused);
        one.worked();
        assert!(heard_at().is_some(), "settling is not hearing");
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

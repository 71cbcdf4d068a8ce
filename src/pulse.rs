//! Whether the doors live: when each last looked, what its canary and its count say, and which partners are silent.
//!
//! A door that is configured is not a door that hears. Doors note here each look at their channel that worked or failed, the pipeline what it
//! settled, canaries and comparisons what they found; pages, `/readyz` and metrics read it. Kept in memory, like the metrics, one board for
//! the process: it tells of the doors of this process, since it started. Nothing personal stands on it.

mod report;

pub use report::Canary;
pub use report::Comparison;
pub use report::Door;
pub use report::Hearing;
pub use report::Report;
pub use report::Silent;

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;
use std::time::Instant;

/// Counts of days before the latest so many are forgotten.
const DAYS: usize = 4;

/// The process's board.
pub fn board() -> &'static Board {
    static BOARD: LazyLock<Board> = LazyLock::new(Board::default);
    &BOARD
}

/// What is known of each door and of the partners.
#[derive(Debug, Default)]
pub struct Board(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    doors: BTreeMap<String, Seen>,
    silent: Vec<Silent>,
}

/// What is known of one door.
#[derive(Debug)]
struct Seen {
    /// Since when it should hear.
    since: Instant,
    heard: Option<Instant>,
    failed: Option<(Instant, &'static str)>,
    deaf: bool,
    canary: Option<Canary>,
    comparison: Option<Comparison>,
    /// Messages settled since the process started, by the local day on which they arrived.
    settled: BTreeMap<Date, u64>,
}

/// A door that became deaf, or hears again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Which door.
    pub door: String,
    /// Whether it is deaf now.
    pub deaf: bool,
    /// What it could not do at last.
    pub failure: Option<&'static str>,
}

impl Board {
    /// A door of this process: from now on it should hear.
    pub fn expect(&self, door: &str) {
        self.with(door, |_| {});
    }

    /// A door looked at its channel, and it worked.
    pub fn heard(&self, door: &str) {
        self.with(door, |seen| seen.heard = Some(Instant::now()));
    }

    /// A door could not do something with its channel; `what` as in "cannot …".
    pub fn failed(&self, door: &str, what: &'static str) {
        self.with(door, |seen| seen.failed = Some((Instant::now(), what)));
    }

    /// Messages that arrived on this local day are being settled with their door: the door's own count.
    pub fn settled(&self, door: &str, day: Date, count: u64) {
        self.with(door, |seen| {
            *seen.settled.entry(day).or_default() += count;
            while seen.settled.len() > DAYS {
                seen.settled.pop_first();
            }
        });
    }

    /// How many messages of a local day a door settled since the process started.
    pub fn settled_on(&self, door: &str, day: Date) -> u64 {
        self.known().doors.get(door).and_then(|seen| seen.settled.get(&day)).copied().unwrap_or(0)
    }

    /// Which doors turned deaf, having looked for so long in vain, and which hear again. Each turn is told once.
    pub fn judge(&self, deaf_after: Duration, now: Instant) -> Vec<Turn> {
        let mut known = self.known();
        let judged = known.doors.iter_mut().filter_map(|(door, seen)| {
            let last = seen.heard.unwrap_or(seen.since);
            let deaf = now.saturating_duration_since(last) >= deaf_after;
            let turned = std::mem::replace(&mut seen.deaf, deaf) != deaf;
            let failure = seen.failed.map(|(_, what)| what);
            turned.then(|| Turn { door: door.clone(), deaf, failure })
        });
        judged.collect()
    }

    /// What became of a door's canary. Answers whether it began or ceased to fail.
    pub fn canary(&self, door: &str, canary: Canary) -> bool {
        self.with(door, |seen| {
            let before = seen.canary.is_some_and(|before| before.failing_since.is_some());
            let after = canary.failing_since.is_some();
            seen.canary = Some(canary);
            before != after
        })
    }

    /// What became of a door's canary so far.
    pub fn canary_of(&self, door: &str) -> Option<Canary> {
        self.known().doors.get(door).and_then(|seen| seen.canary)
    }

    /// What a comparison of a door's count with the store's found. Answers whether it says anything that the last one did not.
    pub fn compared(&self, door: &str, comparison: Comparison) -> bool {
        self.with(door, |seen| {
            let new = |before: Comparison| {
                (before.day, before.difference()) != (comparison.day, comparison.difference())
            };
            let told = seen.comparison.is_none_or(new);
            seen.comparison = Some(comparison);
            told
        })
    }

    /// The partners that are silent now. Answers those that were not before.
    pub fn silent(&self, silent: Vec<Silent>) -> Vec<Silent> {
        let mut known = self.known();
        let fresh = silent
            .iter()
            .filter(|one| !known.silent.iter().any(|before| before.partner == one.partner));
        let fresh = fresh.cloned().collect();
        known.silent = silent;
        fresh
    }

    /// Everything, as those who watch see it.
    pub fn report(&self, now: Timestamp) -> Report {
        let known = self.known();
        let doors = known.doors.iter().map(|(name, seen)| Door {
            name: name.clone(),
            hearing: match (seen.deaf, seen.heard) {
                (true, _) => Hearing::Deaf,
                (false, Some(_)) => Hearing::Hears,
                (false, None) => Hearing::Waits,
            },
            last_look_at: seen.heard.map(|at| ago(now, at)),
            last_failure_at: seen.failed.map(|(at, _)| ago(now, at)),
            last_failure: seen.failed.map(|(_, what)| what),
            canary: seen.canary,
            comparison: seen.comparison,
        });
        Report { doors: doors.collect(), silent: known.silent.clone() }
    }

    fn with<T>(&self, door: &str, change: impl FnOnce(&mut Seen) -> T) -> T {
        let mut known = self.known();
        if let Some(seen) = known.doors.get_mut(door) {
            return change(seen);
        }
        change(known.doors.entry(door.to_owned()).or_insert_with(|| Seen {
            since: Instant::now(),
            heard: None,
            failed: None,
            deaf: false,
            canary: None,
            comparison: None,
            settled: BTreeMap::new(),
        }))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The instant that lies as far before now as the machine's steady clock says.
fn ago(now: Timestamp, at: Instant) -> Timestamp {
    SignedDuration::try_from(at.elapsed())
        .ok()
        .and_then(|elapsed| now.checked_sub(elapsed).ok())
        .unwrap_or(now)
}

#[cfg(test)]
#[path = "pulse/tests.rs"]
mod tests;

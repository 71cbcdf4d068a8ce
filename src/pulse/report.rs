//! What those who watch are told of doors and partners.

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

/// All doors of this process, and the partners that are silent.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// The doors by name.
    pub doors: Vec<Door>,
    /// Partners that have been silent for longer than their file says.
    #[serde(rename = "silentPartners")]
    pub silent: Vec<Silent>,
}

impl Report {
    /// Whether anything about a door is as it should not be. A partner's silence is no fault of ours.
    pub fn troubled(&self) -> bool {
        self.doors.iter().any(Door::troubled)
    }
}

/// Whether a door hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Hearing {
    /// It has not looked yet.
    Waits,
    /// Its last look was recent.
    Hears,
    /// It has looked in vain for too long.
    Deaf,
}

/// One door.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Door {
    /// Its name, such as `folder:demo`.
    pub name: String,
    /// Whether it hears.
    pub hearing: Hearing,
    /// Its last look that worked.
    pub last_look_at: Option<Timestamp>,
    /// Its last failure.
    pub last_failure_at: Option<Timestamp>,
    /// What could not be done then, as in "cannot …".
    pub last_failure: Option<&'static str>,
    /// Its canary, where one is sent.
    pub canary: Option<Canary>,
    /// Its own count against the store's.
    pub comparison: Option<Comparison>,
}

impl Door {
    /// Whether it is deaf, its canary does not come out, or its count differs from the store's.
    pub fn troubled(&self) -> bool {
        self.hearing == Hearing::Deaf
            || self.canary.is_some_and(|canary| canary.failing_since.is_some())
            || self.comparison.is_some_and(|comparison| comparison.difference() != 0)
    }
}

/// What is known of a door's canary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Canary {
    /// When one was last seen to come out with its acknowledgement.
    pub last_success_at: Option<Timestamp>,
    /// From sending to acknowledgement, for that one.
    pub took: Option<SignedDuration>,
    /// Since when none has come out in time.
    pub failing_since: Option<Timestamp>,
}

/// A door's own count of one local day against the store's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// The local day on which the messages arrived.
    pub day: Date,
    /// What the door counts.
    pub door: u64,
    /// What the store counts.
    pub store: u64,
    /// Whether the door's count is of the whole day: files that lie there. Else it counts what it settled since the process started, and
    /// only more than the store holds is a difference.
    pub whole: bool,
}

impl Comparison {
    /// How many more the door has than the store; fewer when negative.
    pub fn difference(&self) -> i64 {
        let wide = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let difference = wide(self.door) - wide(self.store);
        if self.whole { difference } else { difference.max(0) }
    }
}

/// A partner from which nothing has come for longer than its file says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Silent {
    /// The partner's id.
    pub partner: String,
    /// After how many days it counts as silent.
    pub after_days: u32,
    /// When its last message arrived; `None` when none is known.
    pub last_at: Option<Timestamp>,
}

//! The day's report: what came in, what was acknowledged the same day and what was not, and why.
//!
//! Three clocks are reported apart: the receipt to the sender is the municipality's own promise, the confirmation to Kronofogden and its copy to
//! the person are statute (SFS 2025:468 11 kap. 3 §; that the copy goes the same day is again a promise). Letters that offer help stand on a clock of their own,
//! in no figure of the statute's. A day is a local day and may have 23 or 25
//! hours. Each notice is counted once, on the day it arrived, whenever anybody looked; each promise that was not kept the same day is
//! listed with its reference and one cause. Nothing here is personal.
//!
//! Pure: [`fold`] makes the report from [`facts`], message by message; [`text`] and [`csv`] write it out.

pub mod cause;
pub mod csv;
pub mod facts;
pub mod fold;
mod listed;
mod promise;
pub mod text;
pub mod words;
pub mod xlsx;

use crate::domain::acknowledgement::Purpose;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

/// The first and the last local day that a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day, which is part of it.
    pub to: Date,
}

/// A report, as it is written to JSON (`schemas/report.v1.schema.json`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// `1.0`.
    pub schema_version: String,
    /// The first local day of arrival.
    pub from: Date,
    /// The last one.
    pub to: Date,
    /// When it was made: what is open may be closed since.
    pub made_at: Timestamp,
    /// Messages with at least one notice.
    pub messages: u64,
    /// Notices: whatever arrived, but what is no notice and what the gateway sends to itself.
    pub notices: u64,
    /// What arrived and is no notice (automatic mail, newsletters): kept and listed, in no other number.
    pub not_notices: u64,
    /// Notices first looked at when the day of their arrival had passed.
    pub first_seen_later: u64,
    /// Notices by kind.
    pub by_kind: Vec<Count>,
    /// Notices by what sort of sender wrote them.
    pub by_sender_kind: Vec<Count>,
    /// Notices by the sort of door they came by.
    pub by_door: Vec<Count>,
    /// Notices by board and unit.
    pub by_unit: Vec<UnitCount>,
    /// The three clocks: sender, Kronofogden, person; a fourth for offers of help, where there are any.
    pub clocks: Vec<Clock>,
    /// How many promises were not kept the same day, by whom they were made to and why.
    pub causes: Vec<CauseCount>,
    /// Each of them, the statutory ones first.
    pub misses: Vec<Miss>,
    /// How many more there are than are listed.
    pub misses_not_listed: u64,
    /// What has not gone out by now.
    pub outstanding: Vec<Outstanding>,
    /// How many more there are than are listed.
    pub outstanding_not_listed: u64,
    /// By which ways people were told.
    pub ways: Vec<WayCount>,
    /// Mails that came back.
    pub bounces: u64,
}

/// A number of notices of one sort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The sort's stable word.
    pub code: String,
    /// How many.
    pub notices: u64,
}

/// A number of notices of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnitCount {
    /// The board's id.
    pub board: String,
    /// The board's name, when the profile knows it.
    pub board_name: String,
    /// The unit's id.
    pub unit: String,
    /// The unit's name, when the profile knows it.
    pub unit_name: String,
    /// How many.
    pub notices: u64,
}

/// On what a promise rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Basis {
    /// The municipality's own promise.
    Policy,
    /// SFS 2025:468 11 kap. 3 §: the same day.
    Statute,
    /// SFS 2025:468 11 kap. 3 §: that it goes; the day is the municipality's own promise.
    StatuteDayByPolicy,
}

/// One clock: what was owed to one sort of recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Clock {
    /// `sender`, `enforcementAuthority` or `person`.
    pub recipient: String,
    /// `receipt`, `confirmation`, `copy` or `offer`.
    pub purpose: String,
    /// On what it rests.
    pub basis: Basis,
    /// All kinds together.
    #[serde(flatten)]
    pub all: Kept,
    /// Each kind that it concerns.
    pub by_kind: Vec<KeptOfKind>,
}

/// How a promise was kept, in notices. The five numbers after `notices` add up to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    /// Notices that the promise is about.
    pub notices: u64,
    /// Told on the local day of arrival.
    pub same_day: u64,
    /// Told later.
    pub late: u64,
    /// Not told, and the day has passed.
    pub missing: u64,
    /// Not told yet, and the day has not passed.
    pub waiting: u64,
    /// Nothing is sent, for a reason on record (automatic mail, ourselves).
    pub not_owed: u64,
    /// Of those told on the day: after the hour of it that was promised.
    #[serde(default)]
    pub after_hour: u64,
    /// Whole per cent of those owed whose day has passed or that were told; never rounded up; none where nothing was owed.
    pub share: Option<u64>,
}

/// How a promise was kept for one kind of notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOfKind {
    /// The kind's stable word.
    pub kind: String,
    /// How.
    #[serde(flatten)]
    pub kept: Kept,
}

/// A cause with its number of misses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseCount {
    /// Whom it was owed to.
    pub recipient: String,
    /// What it was to be: `receipt`, `confirmation`, `copy` or `offer`.
    #[serde(default)]
    pub purpose: String,
    /// The cause.
    pub cause: cause::Cause,
    /// How many notices.
    pub notices: u64,
}

/// A promise that was not kept the same day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Miss {
    /// The notice.
    pub reference: String,
    /// Its kind.
    pub kind: String,
    /// Its board's id.
    pub board: String,
    /// Its unit's id.
    pub unit: String,
    /// Whom it was owed to.
    pub recipient: String,
    /// What it was to be: `receipt`, `confirmation`, `copy` or `offer`.
    #[serde(default)]
    pub purpose: String,
    /// Whether a statute demands it.
    pub statutory: bool,
    /// The local day of arrival.
    pub arrival_date: Date,
    /// The end of that day.
    pub due_at: Timestamp,
    /// When it went out at last; none while it has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
    /// Why.
    pub cause: cause::Cause,
    /// The gateway's own code behind the cause, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// Something that has not gone out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outstanding {
    /// The notice.
    pub reference: String,
    /// Whom it is owed to.
    pub recipient: String,
    /// What it was to be: `receipt`, `confirmation`, `copy` or `offer`.
    #[serde(default)]
    pub purpose: String,
    /// Whether a statute demands it.
    pub statutory: bool,
    /// How far it has come.
    pub state: String,
    /// The local day of arrival.
    pub arrival_date: Date,
    /// When it is or was due.
    pub due_at: Timestamp,
}

/// What went by one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WayCount {
    /// To whom.
    pub recipient: String,
    /// What it was to be: `receipt`, `confirmation`, `copy` or `offer`.
    #[serde(default)]
    pub purpose: String,
    /// The way.
    pub way: String,
    /// Taken by the other side.
    pub sent: u64,
    /// Of these: Kronofogden's system was called, and has not fetched what the call told of.
    #[serde(default)]
    pub not_fetched: u64,
    /// On their way.
    pub open: u64,
    /// Came back.
    pub bounced: u64,
    /// Given up.
    pub failed: u64,
    /// Not sent on purpose.
    pub suppressed: u64,
}

impl Report {
    /// The clock of one purpose.
    pub fn clock(&self, purpose: Purpose) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.purpose == purpose.as_str())
    }

    /// Whether anything was not told the same day.
    pub fn has_misses(&self) -> bool {
        !self.causes.is_empty()
    }

    /// With the names of boards and units, from the profile.
    pub fn named(
        mut self,
        board: impl Fn(&str) -> Option<String>,
        unit: impl Fn(&str) -> Option<String>,
    ) -> Self {
        for count in &mut self.by_unit {
            count.board_name = board(&count.board).unwrap_or_else(|| count.board.clone());
            count.unit_name = unit(&count.unit).unwrap_or_else(|| count.unit.clone());
        }
        self
    }

    /// Numbers only: for those who see no single notice.
    pub fn without_references(mut self) -> Self {
        self.misses_not_listed += self.misses.drain(..).count() as u64;
        self.outstanding_not_listed += self.outstanding.drain(..).count() as u64;
        self
    }
}

#[cfg(test)]
#[path = "sums_tests.rs"]
mod sums;
#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;

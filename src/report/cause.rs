//! Why something was not told the same day: one cause each, the earliest that sufficed.

use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Way;
use crate::domain::copy_reason::PROTECTED;
use crate::domain::standing::DRY_RUN;
use crate::domain::standing::HELD;
use crate::domain::standing::WAY_OFF;
use crate::report::facts::Arrived;
use crate::report::facts::Event;
use crate::report::facts::Told;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;

/// Why something was not told the same day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Cause {
    /// It arrived before midnight and was first seen after: held by a mail server or a quarantine, or nobody looked.
    FirstSeenLater,
    /// It was seen before midnight and committed after.
    StoredLater,
    /// It was read as a kind that nothing is owed for, and a person put that right when its day had passed.
    Misread,
    /// Nobody could be named as responsible caseworker.
    NoCaseworker,
    /// No way was configured.
    NoWay,
    /// A person held it, and did not let it go in time.
    Held,
    /// Its way was switched off.
    WayOff,
    /// Its way was in a dry run: it was made, and not sent.
    DryRun,
    /// Kronofogden's system was called and did not fetch it.
    NotFetched,
    /// It waited for a person to approve it, or to send it.
    WaitsForApproval,
    /// The address was none that anything can be sent to.
    BadAddress,
    /// It came back.
    Bounced,
    /// The way out did not take it.
    WayFailed,
    /// It waited to be joined with others.
    Joined,
    /// Nothing failed; it went out too late.
    SentLate,
    /// Nothing failed; it has not gone out.
    NotSent,
}

impl Cause {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::FirstSeenLater,
        Self::StoredLater,
        Self::Misread,
        Self::NoCaseworker,
        Self::NoWay,
        Self::Held,
        Self::WayOff,
        Self::DryRun,
        Self::NotFetched,
        Self::WaitsForApproval,
        Self::BadAddress,
        Self::Bounced,
        Self::WayFailed,
        Self::Joined,
        Self::SentLate,
        Self::NotSent,
    ];

    /// Its stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstSeenLater => "firstSeenLater",
            Self::StoredLater => "storedLater",
            Self::Misread => "misread",
            Self::NoCaseworker => "noCaseworker",
            Self::NoWay => "noWay",
            Self::Held => HELD,
            Self::WayOff => WAY_OFF,
            Self::DryRun => DRY_RUN,
            Self::NotFetched => "notFetched",
            Self::WaitsForApproval => "waitsForApproval",
            Self::BadAddress => "badAddress",
            Self::Bounced => "bounced",
            Self::WayFailed => "wayFailed",
            Self::Joined => "joined",
            Self::SentLate => "sentLate",
            Self::NotSent => "notSent",
        }
    }
}

/// The cause of a miss, with the gateway's own code behind it. `rows`: what was owed for this purpose; `end`: the first instant of the next day.
pub(super) fn of(
    arrived: &Arrived,
    reference: &str,
    purpose: Purpose,
    rows: &[&Told],
    end: Timestamp,
) -> (Cause, Option<String>) {
    if arrived.seen_at >= end {
        return (Cause::FirstSeenLater, None);
    }
    if arrived.stored_at >= end {
        return (Cause::StoredLater, None);
    }
    let history = History { arrived, reference, purpose };
    if history.owed_from().is_some_and(|at| at >= end) {
        return (Cause::Misread, None);
    }
    let code = rows.iter().find_map(|row| row.reason.as_deref().and_then(stable));
    let known = code.as_deref().and_then(by_code);
    let cause = known
        .or_else(|| history.failed(|event| event.at < end))
        .or_else(|| history.waited(rows, end))
        .or_else(|| rows.iter().find_map(|row| by_state(row.state)))
        .or_else(|| history.failed(|_| true))
        .unwrap_or(match rows.iter().any(|row| row.reached_at().is_some()) {
            true => Cause::SentLate,
            false => Cause::NotSent,
        });
    let code = code.or_else(|| history.waits().and_then(|event| event.reason.clone()));
    // Reports are mailed and printed, with references: who is protected is told by the restricted list alone.
    (cause, code.filter(|code| code != cause.as_str() && code != PROTECTED))
}

/// A reason that is a code of ours, not another program's words.
fn stable(reason: &str) -> Option<String> {
    let head = reason.split(':').next().unwrap_or_default();
    let word = (1..=40).contains(&head.len()) && head.chars().all(|c| c.is_ascii_alphabetic());
    let ours = head.chars().next().is_some_and(|c| c.is_ascii_lowercase());
    (word && ours).then(|| head.to_owned())
}

/// What some codes say by themselves.
fn by_code(code: &str) -> Option<Cause> {
    match code {
        "noMailTransport" | "noWay" => Some(Cause::NoWay),
        "badReturnAddress" | "badReceiptsFolder" => Some(Cause::BadAddress),
        HELD => Some(Cause::Held),
        WAY_OFF => Some(Cause::WayOff),
        DRY_RUN => Some(Cause::DryRun),
        "notFetched" => Some(Cause::NotFetched),
        "noCaseworker" => Some(Cause::NoCaseworker),
        "digest" => Some(Cause::Joined),
        _ => None,
    }
}

fn by_state(state: AcknowledgementState) -> Option<Cause> {
    match state {
        AcknowledgementState::Bounced => Some(Cause::Bounced),
        AcknowledgementState::Failed | AcknowledgementState::Retrying => Some(Cause::WayFailed),
        AcknowledgementState::Pending
        | AcknowledgementState::Sent
        | AcknowledgementState::Suppressed => None,
    }
}

/// The history of one notice's acknowledgements for one purpose.
struct History<'a> {
    arrived: &'a Arrived,
    reference: &'a str,
    purpose: Purpose,
}

impl<'a> History<'a> {
    fn events(&self) -> impl Iterator<Item = &'a Event> {
        let (reference, purpose) = (self.reference, self.purpose);
        let message = self.arrived.reference.as_str();
        self.arrived.history.iter().filter(move |event| match purpose {
            Purpose::Receipt => event.reference == message && event.purpose == Some(purpose),
            Purpose::Confirmation | Purpose::Copy | Purpose::Offer => {
                event.reference == reference && event.purpose == Some(purpose)
            }
        })
    }

    /// What a way said, of those events.
    fn failed(&self, those: impl Fn(&Event) -> bool) -> Option<Cause> {
        let mut found = None;
        for event in self.events().filter(|event| those(event)) {
            match event.event.as_str() {
                "acknowledgement.bounced" => return Some(Cause::Bounced),
                "acknowledgement.retrying" | "acknowledgement.failed" => {
                    found = Some(Cause::WayFailed);
                }
                _ => {}
            }
        }
        found
    }

    /// When a correction made it one that this is owed for; nothing where it was so from the beginning.
    fn owed_from(&self) -> Option<Timestamp> {
        let mut owed = self.events().filter(|event| event.event == "acknowledgement.owed");
        owed.next().map(|event| event.at)
    }

    /// The first word of why it could not go.
    fn waits(&self) -> Option<&'a Event> {
        self.events().find(|event| event.event == "confirmation.waits")
    }

    /// That it had no name, no way or no approval when the day ended.
    fn waited(&self, rows: &[&Told], end: Timestamp) -> Option<Cause> {
        let held = rows.iter().any(|row| row.way == Way::Outstanding || row.created_at >= end);
        if !held {
            return None;
        }
        match self.purpose {
            Purpose::Receipt => None,
            Purpose::Copy | Purpose::Offer => Some(Cause::WaitsForApproval),
            Purpose::Confirmation => {
                self.waits().and_then(|event| by_code(event.reason.as_deref()?))
            }
        }
    }
}

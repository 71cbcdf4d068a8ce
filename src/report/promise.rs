//! How one promise about one notice was kept, and the sums of it.

use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::notice::NoticeType;
use crate::report::Basis;
use crate::report::Clock;
use crate::report::Kept;
use crate::report::KeptOfKind;
use crate::report::facts::Arrived;
use crate::report::facts::ArrivedNotice;
use crate::report::facts::Told;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What came of one promise about one notice.
pub(super) struct Came {
    /// How it was kept.
    pub(super) how: How,
    /// The last second of the day it was for.
    pub(super) due_at: Timestamp,
    /// When its recipient knew.
    pub(super) reached_at: Option<Timestamp>,
    /// On the day, but after the hour that was promised.
    pub(super) after_hour: bool,
}

/// How a promise was kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// On the day.
    SameDay,
    /// Later.
    Late,
    /// Not, and the day has passed.
    Missing,
    /// Not yet.
    Waiting,
    /// Nothing is sent, on purpose.
    NotOwed,
}

impl Kept {
    /// Adds one notice.
    pub(super) fn add(&mut self, came: &Came) {
        self.notices += 1;
        self.after_hour += u64::from(came.after_hour);
        match came.how {
            How::SameDay => self.same_day += 1,
            How::Late => self.late += 1,
            How::Missing => self.missing += 1,
            How::Waiting => self.waiting += 1,
            How::NotOwed => self.not_owed += 1,
        }
    }

    fn plus(self, other: &Self) -> Self {
        Self {
            notices: self.notices + other.notices,
            same_day: self.same_day + other.same_day,
            late: self.late + other.late,
            missing: self.missing + other.missing,
            waiting: self.waiting + other.waiting,
            not_owed: self.not_owed + other.not_owed,
            after_hour: self.after_hour + other.after_hour,
            share: None,
        }
    }

    fn with_share(self) -> Self {
        let decided = self.same_day + self.late + self.missing;
        Self { share: (self.same_day * 100).checked_div(decided), ..self }
    }
}

/// One clock, with all kinds together and each by itself.
pub(super) fn clock(purpose: Purpose, kinds: Option<BTreeMap<String, Kept>>) -> Clock {
    let kinds = kinds.unwrap_or_default();
    let all = kinds.values().fold(Kept::default(), Kept::plus).with_share();
    let of_kind = |(kind, kept): (String, Kept)| KeptOfKind { kind, kept: kept.with_share() };
    Clock {
        recipient: recipient(purpose).as_str().to_owned(),
        purpose: purpose.as_str().to_owned(),
        basis: basis(purpose),
        all,
        by_kind: kinds.into_iter().map(of_kind).collect(),
    }
}

/// On what a promise of this purpose rests.
pub(super) fn basis(purpose: Purpose) -> Basis {
    match purpose {
        Purpose::Receipt | Purpose::Offer => Basis::Policy,
        Purpose::Confirmation => Basis::Statute,
        Purpose::Copy => Basis::StatuteDayByPolicy,
    }
}

/// Whom each purpose is for.
pub(super) fn recipient(purpose: Purpose) -> Recipient {
    match purpose {
        Purpose::Receipt => Recipient::Sender,
        Purpose::Confirmation => Recipient::EnforcementAuthority,
        Purpose::Copy | Purpose::Offer => Recipient::Person,
    }
}

/// Sender, Kronofogden, person: the order of the contract.
pub(super) fn place(purpose: Purpose) -> usize {
    Purpose::ALL.iter().position(|known| *known == purpose).unwrap_or_default()
}

/// Whether a kind demands it, whatever was planned.
pub(super) fn demanded(kind: &str, purpose: Purpose) -> bool {
    match purpose {
        Purpose::Receipt => true,
        Purpose::Confirmation => {
            NoticeType::parse(kind).is_some_and(NoticeType::demands_confirmation)
        }
        Purpose::Offer => false,
        Purpose::Copy => NoticeType::parse(kind).is_some_and(NoticeType::demands_copy_to_person),
    }
}

/// What was planned for a notice and a purpose: the receipt is its message's.
pub(super) fn rows<'a>(
    arrived: &'a Arrived,
    notice: &ArrivedNotice,
    purpose: Purpose,
) -> Vec<&'a Told> {
    let own = |told: &&Told| {
        told.purpose == purpose
            && (purpose == Purpose::Receipt || told.reference == notice.reference)
    };
    arrived.told.iter().filter(own).collect()
}

/// A day ends with its last second; what went within it went the same day.
pub(super) fn end_of_day(due_at: Timestamp) -> Timestamp {
    due_at.saturating_add(SignedDuration::from_secs(1)).unwrap_or(due_at)
}

/// The first that reached its recipient counts; a later version (another caseworker) has a day of its own and takes nothing back.
pub(super) fn came(arrived: &Arrived, rows: &[&Told], now: Timestamp) -> Came {
    let due_at = rows.iter().map(|told| told.due_at).min().unwrap_or(arrived.stored_at);
    let end = end_of_day(due_at);
    let reached_at = rows.iter().filter_map(|told| told.reached_at()).min();
    let not_owed = !rows.is_empty() && rows.iter().all(|told| told.is_not_owed());
    let how = match reached_at {
        Some(at) if at < end => How::SameDay,
        Some(_) => How::Late,
        None if not_owed => How::NotOwed,
        None if now < end => How::Waiting,
        None => How::Missing,
    };
    let promised_at = rows.iter().filter_map(|told| told.promised_at).min();
    let after = |hour| reached_at.is_some_and(|at| at > hour);
    let after_hour = how == How::SameDay && promised_at.is_some_and(after);
    Came { how, due_at, reached_at, after_hour }
}

/// How far what is still open has come. A receipt that went one way is open by no other; a statute is open while any version is.
pub(super) fn open_state(rows: &[&Told], purpose: Purpose) -> Option<AcknowledgementState> {
    let settled = rows.iter().any(|told| !told.is_open());
    let open = rows.iter().find(|told| told.is_open())?;
    (purpose != Purpose::Receipt || !settled).then_some(open.state)
}

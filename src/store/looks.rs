//! What the views show, column by column.

use crate::store::engine::Row;
use crate::store::jobs::instant;
use jiff::Timestamp;

/// A message as stored; the personal parts are JSON that the caller opens.
#[derive(Clone, Debug)]
pub struct MessageRow {
    /// Its reference.
    pub reference: String,
    /// The first answer, as JSON.
    pub answer: String,
    /// The partner or API client that sent it.
    pub partner: Option<String>,
    /// The door's stable word.
    pub channel: String,
    /// The sender's own reference.
    pub sender_reference: Option<String>,
    /// The board that owns it.
    pub board: String,
    /// The envelope, as JSON.
    pub envelope: String,
    /// When it was committed.
    pub stored_at: Timestamp,
    /// How large it was.
    pub size_bytes: i64,
    /// Its digest.
    pub sha256: String,
    /// What it was.
    pub format: String,
}

/// A notice as lists and pages show it.
#[derive(Clone, Debug)]
pub struct NoticeRow {
    /// Its reference.
    pub reference: String,
    /// Its message's reference.
    pub message: String,
    /// Its kind's stable word.
    pub kind: String,
    /// Its delivery state.
    pub state: String,
    /// Its unit.
    pub unit: String,
    /// Its case.
    pub case_id: Option<String>,
    /// Why it stands where it stands.
    pub reason: Option<String>,
    /// Attempts to hand it over.
    pub attempts: i64,
    /// When it last moved.
    pub updated_at: Timestamp,
    /// Where it goes, as JSON.
    pub assignment: String,
    /// The canonical notice, as JSON.
    pub notice: String,
    /// The door.
    pub channel: String,
    /// When it reached the municipality.
    pub received_at: Timestamp,
    /// When it was committed.
    pub stored_at: Timestamp,
    /// The board that owns it.
    pub board: String,
}

/// An acknowledgement as lists and pages show it.
#[derive(Clone, Debug)]
pub struct AcknowledgementRow {
    /// Of which message or notice.
    pub reference: String,
    /// To whom.
    pub recipient: String,
    /// For what.
    pub purpose: String,
    /// By which way.
    pub way: String,
    /// The how-manieth.
    pub version: i64,
    /// How far it has come.
    pub state: String,
    /// By when.
    pub due_at: Timestamp,
    /// When it was taken by the other side.
    pub sent_at: Option<Timestamp>,
    /// Why it stands where it stands.
    pub reason: Option<String>,
    /// Attempts to send it.
    pub attempts: i64,
    /// The other side's words.
    pub evidence: Option<String>,
    /// When it was planned.
    pub created_at: Timestamp,
    /// The hour by which it was promised, where one was.
    pub promised_at: Option<Timestamp>,
    /// When Kronofogden's client fetched this confirmation, whichever way it went.
    pub fetched_at: Option<Timestamp>,
}

/// One entry of the history.
#[derive(Clone, Debug)]
pub struct JournalRow {
    /// Its place in the chain.
    pub seq: i64,
    /// The entry, as canonical JSON.
    pub entry: String,
}

/// Which notices are listed, newest first.
#[derive(Clone, Debug)]
pub enum NoticeFilter {
    /// All, by arrival.
    Recent,
    /// Those that have not ended.
    Open,
    /// Those in one state.
    State(String),
}

/// The figures of the front page and of the metrics.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Open notices by state.
    pub states: Vec<(String, i64)>,
    /// Acknowledgements not sent.
    pub acknowledgements_pending: i64,
    /// Of these, past their time.
    pub acknowledgements_overdue: i64,
    /// Messages stored since the day began.
    pub received_today: i64,
    /// Notices delivered since the day began.
    pub delivered_today: i64,
    /// Jobs.
    pub jobs: Vec<OpenJobs>,
}

/// Jobs of one kind and state.
#[derive(Clone, Debug)]
pub struct OpenJobs {
    /// Kind.
    pub kind: String,
    /// `ready`, `claimed` or `retrying`.
    pub state: String,
    /// How many.
    pub count: i64,
    /// When the oldest was put in place.
    pub oldest_at: Timestamp,
}

pub(super) fn open_jobs(mut row: Row) -> OpenJobs {
    OpenJobs {
        kind: row.text(0),
        state: row.text(1),
        count: row.int(2),
        oldest_at: instant(row.int(3)),
    }
}

pub(super) fn message_row(mut row: Row) -> MessageRow {
    MessageRow {
        reference: row.text(0),
        answer: row.text(1),
        partner: row.maybe_text(2),
        channel: row.text(3),
        sender_reference: row.maybe_text(4),
        board: row.text(5),
        envelope: row.text(6),
        stored_at: instant(row.int(7)),
        size_bytes: row.int(8),
        sha256: row.text(9),
        format: row.text(10),
    }
}

pub(super) fn notice_row(mut row: Row) -> NoticeRow {
    NoticeRow {
        reference: row.text(0),
        message: row.text(1),
        kind: row.text(2),
        state: row.text(3),
        unit: row.text(4),
        case_id: row.maybe_text(5),
        reason: row.maybe_text(6),
        attempts: row.int(7),
        updated_at: instant(row.int(8)),
        assignment: row.text(9),
        notice: row.text(10),
        channel: row.text(11),
        received_at: instant(row.int(12)),
        stored_at: instant(row.int(13)),
        board: row.text(14),
    }
}

pub(super) fn acknowledgement_row(mut row: Row) -> AcknowledgementRow {
    AcknowledgementRow {
        reference: row.text(0),
        recipient: row.text(1),
        purpose: row.text(2),
        way: row.text(3),
        version: row.int(4),
        state: row.text(5),
        due_at: instant(row.int(6)),
        sent_at: row.maybe_int(7).map(instant),
        reason: row.maybe_text(8),
        attempts: row.int(9),
        evidence: row.maybe_text(10),
        created_at: instant(row.int(11)),
        promised_at: row.maybe_int(12).map(instant),
        fetched_at: row.maybe_int(13).map(instant),
    }
}

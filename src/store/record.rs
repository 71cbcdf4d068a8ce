//! Storing a message: bytes, notices, acknowledgements, jobs and history in one transaction (Transactional Outbox).
//!
//! The unique key (door, proven sender, key) decides what is a duplicate (Idempotent Receiver): never a read before the write, so two
//! gateways that get the same message at once store it once.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::answer::Answer;
use crate::domain::assignment::Assignment;
use crate::domain::delivery::DeliveryState;
use crate::domain::digest::Digest;
use crate::domain::notice::NoticeType;
use crate::domain::received::Envelope;
use crate::domain::received::SourceKey;
use crate::domain::reference::Reference;
use crate::store::StoreError;
use crate::store::blob;
use crate::store::engine::Session;
use crate::store::jobs;
use crate::store::jobs::JobKind;
use crate::store::journal::Line;
use crate::store::statements as sql;
use bytes::Bytes;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

/// A message and everything that follows from it.
#[derive(Debug)]
pub struct Record {
    /// How it came.
    pub envelope: Envelope,
    /// The bytes.
    pub original: Bytes,
    /// What its sender is told; holds reference, arrival and digest.
    pub answer: Answer,
    /// The board that owns it.
    pub board: String,
    /// The sender's own reference, for receipts.
    pub sender_reference: Option<String>,
    /// What was found in it, in order.
    pub notices: Vec<NewNotice>,
    /// Who is told what.
    pub acknowledgements: Vec<NewAcknowledgement>,
}

/// A notice of a new message.
#[derive(Debug)]
pub struct NewNotice {
    /// Its reference.
    pub reference: Reference,
    /// Its kind.
    pub kind: NoticeType,
    /// Where it begins: queued, needsReview or notNotice.
    pub state: DeliveryState,
    /// Why it is not queued; a stable code.
    pub reason: Option<String>,
    /// Where it goes.
    pub assignment: Assignment,
    /// The canonical notice as JSON.
    pub notice_json: String,
    /// The identity numbers in it (twelve digits), to be hashed.
    pub identities: Vec<String>,
    /// The job that moves it on; `None` when it waits for a person or is no notice.
    pub job: Option<JobKind>,
}

/// An acknowledgement of a new message.
#[derive(Debug)]
pub struct NewAcknowledgement {
    /// Which one.
    pub key: AcknowledgementKey,
    /// `pending`, `sent` (the API's answer) or `suppressed`.
    pub state: AcknowledgementState,
    /// By when.
    pub due_at: Timestamp,
    /// Why it is suppressed or outstanding.
    pub reason: Option<String>,
    /// Where it goes: the way's own JSON.
    pub address: Option<String>,
    /// What is sent.
    pub rendering: Rendering,
    /// Whether a job sends it.
    pub job: bool,
}

/// What is sent, stored before it is sent.
#[derive(Clone)]
pub enum Rendering {
    /// Nothing to store.
    Nothing,
    /// UTF-8 text, complete.
    Text(String),
    /// Text that bears the next running number of a counter, drawn in the same transaction.
    Numbered {
        /// The counter's name.
        counter: String,
        /// Renders with the number.
        render: Arc<dyn Fn(i64) -> String + Send + Sync>,
    },
}

impl fmt::Debug for Rendering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rendering(***)")
    }
}

/// What became of a message.
#[derive(Clone, Debug)]
pub enum Recorded {
    /// Stored for the first time.
    New,
    /// Stored before.
    Duplicate {
        /// The first answer.
        answer: Answer,
        /// Whether this very delivery was already recorded (interrupted before it was settled).
        redelivered: bool,
    },
    /// The drawn reference was taken: draw again.
    ReferenceTaken,
}

/// A message that was sent once more and gets an answer of its own.
#[derive(Debug)]
pub struct Repeat {
    /// Its source key.
    pub source_key: SourceKey,
    /// Which delivery.
    pub occurrence: String,
    /// The first one's reference.
    pub reference: Reference,
    /// What is told; versions are drawn here.
    pub acknowledgements: Vec<NewAcknowledgement>,
}

/// Inserts messages; tells for each, in order, what became of it.
pub(super) async fn insert(
    session: &mut Session,
    records: &[&Record],
    now: Timestamp,
    inline_bytes: usize,
    lines: &mut Vec<Line>,
) -> Result<Vec<Recorded>, StoreError> {
    let rows: Vec<_> =
        records.iter().map(|record| message_row(record, now, inline_bytes)).collect();
    let mut inserted = HashSet::new();
    for mut row in session.rows(&sql::INSERT_MESSAGES, &[rows_json(&rows)?.into()]).await? {
        inserted.insert(row.text(0));
    }
    let new: Vec<&Record> = records
        .iter()
        .filter(|r| inserted.contains(r.answer.reference.as_str()))
        .copied()
        .collect();
    follow(session, &new, now, inline_bytes, lines).await?;
    let old: Vec<&Record> = records
        .iter()
        .filter(|r| !inserted.contains(r.answer.reference.as_str()))
        .copied()
        .collect();
    let mut duplicates = duplicates(session, &old).await?;
    let result = |record: &&Record| {
        if inserted.contains(record.answer.reference.as_str()) {
            return Recorded::New;
        }
        duplicates.remove(record.answer.reference.as_str()).unwrap_or(Recorded::ReferenceTaken)
    };
    Ok(records.iter().map(result).collect())
}

/// Everything that follows from messages that are new.
async fn follow(
    session: &mut Session,
    new: &[&Record],
    now: Timestamp,
    inline_bytes: usize,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    if new.is_empty() {
        return Ok(());
    }
    for record in new.iter().filter(|record| record.original.len() > inline_bytes) {
        blob::write_pieces(session, &record.answer.sha256, &record.original).await?;
    }
    let occurrences: Vec<_> = new
        .iter()
        .filter_map(|record| {
            let occurrence = record.envelope.occurrence.as_ref()?;
            Some((&record.envelope.source_key.door, occurrence, &record.answer.reference))
        })
        .collect();
    run_rows(session, &sql::INSERT_OCCURRENCES, &occurrences).await?;
    let notices: Vec<_> = new.iter().flat_map(|record| notice_rows(record, now)).collect();
    run_rows(session, &sql::INSERT_NOTICES, &notices).await?;
    insert_person_keys(session, new).await?;
    let mut work: Vec<jobs::NewJob> =
        new.iter().flat_map(|record| notice_jobs(record, now)).collect();
    for record in new {
        lines.push(received(record, now));
        let message = &record.answer.reference;
        insert_acknowledgements(session, message, &record.acknowledgements, now, &mut work).await?;
    }
    jobs::insert(session, &work).await
}

fn notice_jobs(record: &Record, now: Timestamp) -> impl Iterator<Item = jobs::NewJob> + '_ {
    record.notices.iter().filter_map(move |notice| {
        Some(jobs::NewJob {
            kind: notice.job?,
            subject: notice.reference.to_string(),
            priority: notice.assignment.priority.rank(),
            due_at: now,
        })
    })
}

async fn insert_acknowledgements(
    session: &mut Session,
    message: &Reference,
    acknowledgements: &[NewAcknowledgement],
    now: Timestamp,
    work: &mut Vec<jobs::NewJob>,
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(acknowledgements.len());
    for new in acknowledgements {
        let (rendered, number) = render(session, &new.rendering).await?;
        let sent_at = matches!(new.state, AcknowledgementState::Sent).then(|| now.as_microsecond());
        rows.push(json!([
            new.key.reference,
            new.key.recipient.as_str(),
            new.key.purpose.as_str(),
            new.key.way.as_str(),
            new.key.version,
            message,
            new.state.as_str(),
            new.due_at.as_microsecond(),
            now.as_microsecond(),
            sent_at,
            new.reason,
            new.address,
            rendered,
            number,
        ]));
        if new.job {
            work.push(jobs::NewJob {
                kind: JobKind::Acknowledge,
                subject: new.key.subject(),
                priority: 0,
                due_at: now,
            });
        }
    }
    run_rows(session, &sql::INSERT_ACKNOWLEDGEMENTS, &rows).await
}

async fn render(
    session: &mut Session,
    rendering: &Rendering,
) -> Result<(Option<String>, Option<i64>), StoreError> {
    match rendering {
        Rendering::Nothing => Ok((None, None)),
        Rendering::Text(text) => Ok((Some(text.clone()), None)),
        Rendering::Numbered { counter, render } => {
            let row = session.row(&sql::NEXT_NUMBER, &[counter.as_str().into()]).await?;
            let number = row.ok_or(StoreError::Corrupt("counter"))?.int(0);
            Ok((Some(render(number)), Some(number)))
        }
    }
}

/// Records that a message came once more; nothing happens when this delivery is already known.
pub(super) async fn repeat(
    session: &mut Session,
    repeat: &Repeat,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    let occurrence = [(&repeat.source_key.door, &repeat.occurrence, &repeat.reference)];
    let occurrence = rows_json(&occurrence)?;
    if session.rows(&sql::INSERT_OCCURRENCES, &[occurrence.into()]).await?.is_empty() {
        return Ok(());
    }
    let last = session.row(&sql::LAST_VERSION, &[repeat.reference.as_str().into()]).await?;
    let version = u32::try_from(last.map_or(0, |row| row.int(0)) + 1).unwrap_or(u32::MAX);
    let mut acknowledgements = Vec::with_capacity(repeat.acknowledgements.len());
    for new in &repeat.acknowledgements {
        acknowledgements.push(NewAcknowledgement {
            key: AcknowledgementKey { version, ..new.key.clone() },
            state: new.state,
            due_at: new.due_at,
            reason: new.reason.clone(),
            address: new.address.clone(),
            rendering: new.rendering.clone(),
            job: new.job,
        });
    }
    let mut work = Vec::new();
    insert_acknowledgements(session, &repeat.reference, &acknowledgements, now, &mut work).await?;
    jobs::insert(session, &work).await?;
    lines.push(Line::gateway(
        &repeat.reference,
        now,
        "message.repeated",
        json!({ "version": version }),
    ));
    Ok(())
}

async fn duplicates(
    session: &mut Session,
    old: &[&Record],
) -> Result<HashMap<String, Recorded>, StoreError> {
    if old.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<_> = old
        .iter()
        .map(|record| {
            let key = &record.envelope.source_key;
            let occurrence = record.envelope.occurrence.as_deref().unwrap_or_default();
            (&record.answer.reference, &key.door, &key.sender, &key.key, occurrence)
        })
        .collect();
    let mut found = HashMap::new();
    for mut row in session.rows(&sql::FIND_DUPLICATES, &[rows_json(&rows)?.into()]).await? {
        let offered = row.text(0);
        let answer =
            serde_json::from_str(&row.text(1)).map_err(|_| StoreError::Corrupt("answer"))?;
        let redelivered = row.maybe_text(2).is_some();
        found.insert(offered, Recorded::Duplicate { answer, redelivered });
    }
    Ok(found)
}

fn message_row(record: &Record, now: Timestamp, inline_bytes: usize) -> serde_json::Value {
    let envelope = &record.envelope;
    let inline = record.original.len() <= inline_bytes;
    json!([
        record.answer.reference,
        envelope.source_key.door,
        envelope.source_key.sender,
        envelope.source_key.key,
        envelope.channel.as_str(),
        envelope.format.as_str(),
        envelope.sender.partner,
        record.board,
        envelope.received_at.as_microsecond(),
        envelope.seen_at.as_microsecond(),
        now.as_microsecond(),
        record.answer.arrival_date,
        record.original.len(),
        record.answer.sha256,
        inline.then(|| hex::encode(&record.original)),
        serde_json::to_string(envelope).unwrap_or_default(),
        serde_json::to_string(&record.answer).unwrap_or_default(),
        record.sender_reference,
    ])
}

fn notice_rows(record: &Record, now: Timestamp) -> impl Iterator<Item = serde_json::Value> + '_ {
    record.notices.iter().enumerate().map(move |(ordinal, notice)| {
        json!([
            notice.reference,
            record.answer.reference,
            ordinal,
            notice.assignment.board,
            notice.kind.as_str(),
            notice.state.as_str(),
            notice.assignment.unit,
            notice.assignment.priority.rank(),
            record.answer.arrival_date,
            serde_json::to_string(&notice.assignment).unwrap_or_default(),
            notice.notice_json,
            notice.reason,
            now.as_microsecond(),
        ])
    })
}

async fn insert_person_keys(session: &mut Session, new: &[&Record]) -> Result<(), StoreError> {
    let mut identities = new
        .iter()
        .flat_map(|record| record.notices.iter())
        .flat_map(|notice| notice.identities.iter().map(|identity| (identity, &notice.reference)))
        .peekable();
    if identities.peek().is_none() {
        return Ok(());
    }
    let key = crate::store::actions::lookup_key(session).await?;
    let rows: Vec<_> = identities.map(|(identity, notice)| (key.hash(identity), notice)).collect();
    run_rows(session, &sql::INSERT_PERSON_KEYS, &rows).await
}

fn received(record: &Record, now: Timestamp) -> Line {
    let notices: Vec<_> = record
        .notices
        .iter()
        .map(|notice| {
            json!({
                "reference": notice.reference,
                "state": notice.state.as_str(),
                "type": notice.kind.as_str(),
                "unit": notice.assignment.unit,
            })
        })
        .collect();
    let acknowledgements: Vec<_> = record
        .acknowledgements
        .iter()
        .map(|new| format!("{}={}", new.key.subject(), new.state.as_str()))
        .collect();
    let salted = Digest::of_all([
        record.answer.reference.as_str().as_bytes(),
        record.answer.sha256.as_bytes().as_slice(),
    ]);
    Line::gateway(
        &record.answer.reference,
        now,
        "message.received",
        json!({
            "acknowledgements": acknowledgements,
            "channel": record.envelope.channel.as_str(),
            "digest": salted,
            "notices": notices,
        }),
    )
}

pub(super) fn rows_json<T: Serialize>(rows: &[T]) -> Result<String, StoreError> {
    serde_json::to_string(rows).map_err(|_| StoreError::Corrupt("row"))
}

pub(super) async fn run_rows<T: Serialize>(
    session: &mut Session,
    statement: &crate::store::engine::Statement,
    rows: &[T],
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    session.run(statement, &[rows_json(rows)?.into()]).await.map(drop)
}

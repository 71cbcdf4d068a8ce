//! Storing a message: bytes, notices, acknowledgements, jobs and history in one transaction (Transactional Outbox).
//!
//! The unique key (door, proven sender, key) decides what is a duplicate (Idempotent Receiver): never a read before the write, so two
//! gateways that get the same message at once store it once.

use crate::domain::answer::Answer;
use crate::domain::assignment::Assignment;
use crate::domain::delivery::DeliveryState;
use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::notice::NoticeType;
use crate::domain::received::Envelope;
use crate::domain::reference::Reference;
use crate::store::Begun;
use crate::store::StoreError;
use crate::store::acknowledgements;
use crate::store::acknowledgements::NewAcknowledgement;
use crate::store::blob;
use crate::store::bounces;
use crate::store::bounces::BounceReport;
use crate::store::canaries;
use crate::store::engine::Session;
use crate::store::inserts;
use crate::store::jobs;
use crate::store::jobs::JobKind;
use crate::store::journal::Line;
use crate::store::proofs;
use crate::store::rows::message_row;
use crate::store::rows::notice_rows;
use crate::store::rows::occurrence_row;
use crate::store::rows::received;
use crate::store::rows::rows_json;
use crate::store::statements as sql;
use bytes::Bytes;
use jiff::Timestamp;
use std::collections::HashMap;
use std::collections::HashSet;

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
    /// The receipt (JSON) that its mail tells of, signed: kept with it as proof.
    pub sealed: Option<Masked>,
    /// What was found in it, in order.
    pub notices: Vec<NewNotice>,
    /// Who is told what.
    pub acknowledgements: Vec<NewAcknowledgement>,
    /// Work of this message that its bearer begins as soon as it is committed; the attempt is committed with it.
    pub begun: Option<Begun>,
    /// What it tells of one of our own mails, when it is a delivery status notification.
    pub bounce: Option<BounceReport>,
    /// The digest of its token, when it is a canary.
    pub canary: Option<Digest>,
}

/// A notice of a new message.
#[derive(Debug)]
pub struct NewNotice {
    /// Its reference.
    pub reference: Reference,
    /// Its kind.
    pub kind: NoticeType,
    /// Where it begins: queued, reading, needsReview or notNotice.
    pub state: DeliveryState,
    /// Why it is not queued; a stable code.
    pub reason: Option<String>,
    /// Where it goes.
    pub assignment: Assignment,
    /// The canonical notice as JSON.
    pub notice_json: String,
    /// The identity numbers in it (twelve digits), to be hashed.
    pub identities: Vec<String>,
    /// What it must have in common with another to be one with it, to be hashed.
    pub sameness: Option<Masked>,
    /// The job that moves it on; `None` when it waits for a person or is no notice.
    pub job: Option<JobKind>,
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

/// Inserts messages; tells for each, in order, what became of it.
pub(super) async fn insert(
    session: &mut Session,
    records: &[&Record],
    now: Timestamp,
    inline_bytes: usize,
    lines: &mut Vec<Line>,
) -> Result<Vec<Recorded>, StoreError> {
    let rows = records.iter().map(|record| message_row(record, now, inline_bytes)).collect();
    let mut inserted = HashSet::new();
    for mut row in session.insert(&inserts::MESSAGES, rows).await? {
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
            let (door, reference) = (&record.envelope.source_key.door, &record.answer.reference);
            Some(occurrence_row(door, occurrence, reference))
        })
        .collect();
    session.insert(&inserts::OCCURRENCES, occurrences).await?;
    let notices = new.iter().flat_map(|record| notice_rows(record, now)).collect();
    session.insert(&inserts::NOTICES, notices).await?;
    insert_keys(session, new).await?;
    let mut work: Vec<jobs::NewJob> =
        new.iter().flat_map(|record| notice_jobs(record, now)).collect();
    let mut told = Vec::new();
    for record in new {
        lines.push(received(record, now));
        let (message, begun) = (&record.answer.reference, record.begun.as_ref());
        told.extend(record.acknowledgements.iter().map(|new| (message, new, begun)));
        if let Some(receipt) = &record.sealed {
            let receipt = (record.answer.notices.len(), receipt);
            proofs::keep(session, message, receipt, now, lines).await?;
        }
        if let Some(report) = &record.bounce {
            bounces::keep(session, report, message, now, lines).await?;
        }
        if let Some(token) = &record.canary {
            canaries::name(session, token, message).await?;
        }
    }
    acknowledgements::insert(session, &told, now, &mut work).await?;
    jobs::insert(session, &work, now).await
}

pub(super) fn notice_jobs(
    record: &Record,
    now: Timestamp,
) -> impl Iterator<Item = jobs::NewJob> + '_ {
    record.notices.iter().filter_map(move |notice| {
        Some(jobs::NewJob {
            kind: notice.job?,
            subject: notice.reference.to_string(),
            priority: notice.assignment.priority.rank(),
            due_at: now,
            begun: record.begun.clone(),
        })
    })
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
        let answer: Answer =
            serde_json::from_str(&row.text(1)).map_err(|_| StoreError::Corrupt("answer"))?;
        let redelivered = row.maybe_text(2).is_some();
        // Its own reference: an earlier try was committed although the engine could not say so any more.
        let own = answer.reference.as_str() == offered;
        let recorded =
            if own { Recorded::New } else { Recorded::Duplicate { answer, redelivered } };
        found.insert(offered, recorded);
    }
    Ok(found)
}

/// What persons and equal notices are looked up by: hashes with the store's own key.
pub(super) async fn insert_keys(session: &mut Session, new: &[&Record]) -> Result<(), StoreError> {
    let mut identities = new
        .iter()
        .flat_map(|record| record.notices.iter())
        .flat_map(|notice| notice.identities.iter().map(|identity| (identity, &notice.reference)))
        .peekable();
    if identities.peek().is_none() {
        return Ok(());
    }
    let key = crate::store::lookup::lookup_key(session).await?;
    let row = |(identity, notice): (&String, &Reference)| {
        vec![key.hash(identity).into(), notice.as_str().into()]
    };
    session.insert(&inserts::PERSON_KEYS, identities.map(row).collect()).await?;
    let contents = new.iter().flat_map(|record| &record.notices).filter_map(|notice| {
        let content = notice.sameness.as_ref()?;
        Some(vec![notice.reference.as_str().into(), key.hash(content.reveal()).into()])
    });
    session.insert(&inserts::NOTICE_CONTENTS, contents.collect()).await?;
    // Only what goes on by itself makes a case for the others; what waits for a person does so when it is let go.
    let going = new.iter().flat_map(|record| &record.notices).filter_map(|notice| {
        let content = notice.sameness.as_ref().filter(|_| notice.job.is_some())?;
        let owner = notice.reference.as_str();
        let board = notice.assignment.board.as_str();
        Some(vec![board.into(), key.hash(content.reveal()).into(), owner.into()])
    });
    session.insert(&inserts::CONTENT_OWNERS, going.collect()).await.map(drop)
}

//! How messages, notices and entries are laid out as rows.

use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::store::StoreError;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::Value;
use crate::store::journal::Line;
use crate::store::record::Record;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

/// A message as a row of its table.
pub(super) fn message_row(record: &Record, now: Timestamp, inline_bytes: usize) -> Vec<Value> {
    let (envelope, answer) = (&record.envelope, &record.answer);
    let inline = record.original.len() <= inline_bytes;
    vec![
        answer.reference.as_str().into(),
        envelope.source_key.door.as_str().into(),
        envelope.source_key.sender.as_str().into(),
        envelope.source_key.key.as_str().into(),
        envelope.channel.as_str().into(),
        envelope.format.as_str().into(),
        envelope.sender.partner.clone().into(),
        record.board.as_str().into(),
        envelope.received_at.as_microsecond().into(),
        envelope.seen_at.as_microsecond().into(),
        now.as_microsecond().into(),
        answer.arrival_date.to_string().into(),
        size(record.original.len()).into(),
        answer.sha256.to_string().into(),
        if inline { Value::Bytes(record.original.to_vec()) } else { Value::Null },
        serde_json::to_string(envelope).unwrap_or_default().into(),
        serde_json::to_string(answer).unwrap_or_default().into(),
        record.sender_reference.clone().into(),
    ]
}

/// One delivery of a message by its channel as a row.
pub(super) fn occurrence_row(door: &str, occurrence: &str, reference: &Reference) -> Vec<Value> {
    vec![door.into(), occurrence.into(), reference.as_str().into()]
}

fn size(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A message's notices as rows of theirs.
pub(super) fn notice_rows(record: &Record, now: Timestamp) -> impl Iterator<Item = Vec<Value>> {
    record.notices.iter().enumerate().map(move |(ordinal, notice)| {
        vec![
            notice.reference.as_str().into(),
            record.answer.reference.as_str().into(),
            size(ordinal).into(),
            notice.assignment.board.as_str().into(),
            notice.kind.as_str().into(),
            notice.state.as_str().into(),
            notice.assignment.unit.as_str().into(),
            notice.assignment.priority.rank().into(),
            record.answer.arrival_date.to_string().into(),
            serde_json::to_string(&notice.assignment).unwrap_or_default().into(),
            notice.notice_json.as_str().into(),
            notice.reason.clone().into(),
            now.as_microsecond().into(),
        ]
    })
}

/// The journal's entry of a message's arrival.
pub(super) fn received(record: &Record, now: Timestamp) -> Line {
    let acknowledgements: Vec<_> = record
        .acknowledgements
        .iter()
        .map(|new| format!("{}={}", new.key.subject(), new.state.as_str()))
        .collect();
    let salted = Digest::of_all([
        record.answer.reference.as_str().as_bytes(),
        record.answer.sha256.as_bytes().as_slice(),
    ]);
    let mut detail = json!({
        "acknowledgements": acknowledgements,
        "channel": record.envelope.channel.as_str(),
        "digest": salted,
        "notices": notices_told(record),
    });
    // Late from the beginning, and this is why: a mail server, a quarantine, or nobody looked.
    let due_at = record.acknowledgements.iter().map(|new| new.due_at).min();
    if due_at.is_some_and(|due_at| record.envelope.seen_at.as_second() > due_at.as_second()) {
        detail["firstSeenLater"] = true.into();
    }
    Line::gateway(&record.answer.reference, now, "message.received", detail)
}

/// What the journal tells of a message's notices.
pub(super) fn notices_told(record: &Record) -> Vec<serde_json::Value> {
    let told = record.notices.iter().map(|notice| {
        json!({
            "reference": notice.reference,
            "state": notice.state.as_str(),
            "type": notice.kind.as_str(),
            "unit": notice.assignment.unit,
        })
    });
    told.collect()
}

/// Many rows as the one JSON array that a statement over rows takes.
pub(super) fn rows_json<T: Serialize>(rows: &[T]) -> Result<String, StoreError> {
    serde_json::to_string(rows).map_err(|_| StoreError::Corrupt("row"))
}

/// Runs a statement over rows, if there are any.
pub(super) async fn run_rows<T: Serialize>(
    session: &mut Session,
    statement: &Statement,
    rows: &[T],
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    session.run(statement, &[rows_json(rows)?.into()]).await.map(drop)
}

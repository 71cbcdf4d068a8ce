//! How messages, notices and entries are laid out as rows.

use crate::domain::digest::Digest;
use crate::store::StoreError;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::journal::Line;
use crate::store::record::Record;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

/// Messages as rows of their table, and their small originals one after the other.
pub(super) fn message_rows(
    records: &[&Record],
    now: Timestamp,
    inline_bytes: usize,
) -> (Vec<serde_json::Value>, Vec<u8>) {
    let mut originals = vec![0];
    let mut rows = Vec::with_capacity(records.len());
    for record in records {
        let inline = record.original.len() <= inline_bytes;
        let begins = inline.then_some(originals.len() + 1);
        if inline {
            originals.extend_from_slice(&record.original);
        }
        rows.push(message_row(record, now, begins));
    }
    (rows, originals)
}

fn message_row(record: &Record, now: Timestamp, begins: Option<usize>) -> serde_json::Value {
    let envelope = &record.envelope;
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
        begins,
        begins.map(|_| record.original.len()),
        serde_json::to_string(envelope).unwrap_or_default(),
        serde_json::to_string(&record.answer).unwrap_or_default(),
        record.sender_reference,
    ])
}

/// A message's notices as rows of theirs.
pub(super) fn notice_rows(
    record: &Record,
    now: Timestamp,
) -> impl Iterator<Item = serde_json::Value> + '_ {
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

/// The journal's entry of a message's arrival.
pub(super) fn received(record: &Record, now: Timestamp) -> Line {
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

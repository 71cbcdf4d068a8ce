//! What a message that was committed unread turned out to say: its documents take longer to read than a sender waits.
//!
//! The notice that stood for it becomes the first of those found, under the reference that was told, and the others follow it. All of it is one
//! transaction: a process that dies before leaves the message as it was, to be read again.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Way;
use crate::store::Record;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::acknowledgements;
use crate::store::acknowledgements::NewAcknowledgement;
use crate::store::command::Command;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::inserts;
use crate::store::jobs;
use crate::store::jobs::JobKind;
use crate::store::journal::Line;
use crate::store::record;
use crate::store::rows::notice_rows;
use crate::store::rows::notices_told;
use crate::store::rows::run_rows;
use crate::store::statements as sql;
use jiff::SignedDuration;
use jiff::Timestamp;
use serde_json::json;
use std::collections::HashSet;

pub(super) const FIRST_READ: Statement = same!(
    "UPDATE notices SET board = $2, kind = $3, state = $4, unit = $5, priority = $6, assignment = $7, notice = $8, reason = $9, \
     updated_at = $10 WHERE reference = $1 AND state = 'reading' RETURNING reference"
);
/// What an API client was told stays word for word.
pub(super) const MESSAGE_READ: Statement = same!(
    "UPDATE messages SET board = $2, sender_reference = COALESCE($3, sender_reference), \
     answer = CASE WHEN channel = 'api' THEN answer ELSE $4 END WHERE reference = $1"
);
pub(super) const TOLD_OF: Statement = same!(
    "SELECT reference || '/' || recipient || '/' || purpose || '/' || way || '/' || CAST(version AS TEXT) \
     FROM acknowledgements WHERE message = $1"
);
/// Sends a waiting acknowledgement now, when no attempt has begun. Whoever has this row keeps others from beginning.
pub(super) const HURRY: Statement = same!(
    "UPDATE jobs SET due_at = $2 WHERE kind = 'acknowledge' AND subject = $1 AND lease_until IS NULL AND attempt = 0 \
     RETURNING subject"
);
pub(super) const NUMBER_OF: Statement = same!(
    "SELECT number FROM acknowledgements WHERE reference = $1 AND recipient = $2 AND purpose = $3 AND way = $4 AND version = $5"
);
pub(super) const RENDER_ANEW: Statement = same!(
    "UPDATE acknowledgements SET rendered = $6 WHERE reference = $1 AND recipient = $2 AND purpose = $3 AND way = $4 AND version = $5"
);

impl Store {
    /// Stores what a message turned out to say; its first notice bears the reference of the one that stood for it. Tells whether that was still
    /// awaited: a person may have set it aside meanwhile, and another process may have been quicker.
    ///
    /// # Errors
    /// When nothing was stored; the reading may be repeated.
    pub async fn found(&self, record: Record) -> Result<bool, StoreError> {
        self.writer.send(|reply| Command::Found(Box::new(record), reply)).await
    }
}

/// See [`Store::found`].
pub(super) async fn found(
    session: &mut Session,
    record: &Record,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<bool, StoreError> {
    let message = &record.answer.reference;
    let awaited = first(session, record, now).await?;
    run_rows(session, &sql::DELETE_JOBS, &[json!([JobKind::Read.as_str(), message])]).await?;
    if !awaited {
        return Ok(false);
    }
    let others = notice_rows(record, now).skip(1).collect();
    session.insert(&inserts::NOTICES, others).await?;
    record::insert_keys(session, &[record]).await?;
    let answer = serde_json::to_string(&record.answer).unwrap_or_default();
    let (board, own) = (record.board.as_str().into(), record.sender_reference.clone().into());
    session.run(&MESSAGE_READ, &[message.as_str().into(), board, own, answer.into()]).await?;
    let mut work: Vec<jobs::NewJob> = record::notice_jobs(record, now).collect();
    tell(session, record, now, &mut work).await?;
    jobs::insert(session, &work, now).await?;
    lines.push(Line::gateway(
        message,
        now,
        "message.read",
        json!({ "notices": notices_told(record) }),
    ));
    Ok(true)
}

/// The notice that stood for the message becomes the first one found.
async fn first(session: &mut Session, record: &Record, now: Timestamp) -> Result<bool, StoreError> {
    let Some(notice) = record.notices.first() else { return Ok(false) };
    let values = [
        notice.reference.as_str().into(),
        notice.assignment.board.as_str().into(),
        notice.kind.as_str().into(),
        notice.state.as_str().into(),
        notice.assignment.unit.as_str().into(),
        notice.assignment.priority.rank().into(),
        serde_json::to_string(&notice.assignment).unwrap_or_default().into(),
        notice.notice_json.as_str().into(),
        notice.reason.clone().into(),
        now.as_microsecond().into(),
    ];
    Ok(session.row(&FIRST_READ, &values).await?.is_some())
}

/// Acknowledgements that follow from what was found: each once. A receipt file that has waited for this tells it; one that was written is
/// followed by another.
async fn tell(
    session: &mut Session,
    record: &Record,
    now: Timestamp,
    work: &mut Vec<jobs::NewJob>,
) -> Result<(), StoreError> {
    let message = &record.answer.reference;
    let rows = session.rows(&TOLD_OF, &[message.as_str().into()]).await?;
    let known: HashSet<String> = rows.into_iter().map(|mut row| row.text(0)).collect();
    // A confirmation or a copy that is on its way has another way by now.
    let is_owed = |key: &AcknowledgementKey| {
        let (recipient, purpose) = (key.recipient.as_str(), key.purpose.as_str());
        let same = format!("{}/{recipient}/{purpose}/", key.reference);
        key.purpose == Purpose::Receipt || !known.iter().any(|known| known.starts_with(&same))
    };
    let mut new = Vec::new();
    for told in record.acknowledgements.iter().filter(|told| is_owed(&told.key)) {
        let told = NewAcknowledgement { wait: SignedDuration::ZERO, ..told.clone() };
        if !known.contains(&told.key.subject()) {
            new.push(told);
        } else if told.key.way == Way::Files && !anew(session, &told, now).await? {
            let last = session.row(&sql::LAST_VERSION, &[message.as_str().into()]).await?;
            let version = u32::try_from(last.map_or(0, |row| row.int(0)) + 1).unwrap_or(u32::MAX);
            new.push(NewAcknowledgement {
                key: AcknowledgementKey { version, ..told.key.clone() },
                ..told
            });
        }
    }
    let new: Vec<_> = new.iter().map(|told| (message, told, None)).collect();
    acknowledgements::insert(session, &new, now, work).await
}

/// Renders a receipt file that nobody began to write anew, under its number.
async fn anew(
    session: &mut Session,
    told: &NewAcknowledgement,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let subject = told.key.subject();
    let values = [subject.into(), now.as_microsecond().into()];
    if session.row(&HURRY, &values).await?.is_none() {
        return Ok(false);
    }
    let key = &told.key;
    let mut values = vec![
        key.reference.as_str().into(),
        key.recipient.as_str().into(),
        key.purpose.as_str().into(),
        key.way.as_str().into(),
        i64::from(key.version).into(),
    ];
    let row = session.row(&NUMBER_OF, &values).await?;
    let number = row.ok_or(StoreError::Corrupt("acknowledgement"))?.int(0);
    values.push(told.rendering.with_number(number).into());
    session.run(&RENDER_ANEW, &values).await?;
    Ok(true)
}

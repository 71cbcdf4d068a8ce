//! A message that was sent once more in a way that wants an answer of its own: a file dropped again gets its own receipt.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::received::SourceKey;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::acknowledgements;
use crate::store::acknowledgements::NewAcknowledgement;
use crate::store::engine::Session;
use crate::store::inserts;
use crate::store::jobs;
use crate::store::journal::Line;
use crate::store::rows::occurrence_row;
use crate::store::rows::rows_json;
use crate::store::statements as sql;
use jiff::Timestamp;
use serde_json::json;
use std::collections::HashSet;

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

impl Store {
    /// Which of these deliveries by a door are committed.
    pub async fn occurrences(
        &self,
        door: &str,
        occurrences: &[String],
    ) -> Result<HashSet<String>, StoreError> {
        let asked: Vec<_> = occurrences.iter().map(|occurrence| (door, occurrence)).collect();
        let mut session = self.engine.reading().await?;
        let rows = session.rows(&sql::FIND_OCCURRENCES, &[rows_json(&asked)?.into()]).await?;
        Ok(rows.into_iter().map(|mut row| row.text(0)).collect())
    }
}

/// Records that a message came once more; nothing happens when this delivery is already known.
pub(super) async fn repeat(
    session: &mut Session,
    repeat: &Repeat,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    let door = &repeat.source_key.door;
    let occurrence = occurrence_row(door, &repeat.occurrence, &repeat.reference);
    if session.insert(&inserts::OCCURRENCES, vec![occurrence]).await?.is_empty() {
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
            promised_at: new.promised_at,
            owed_at: new.owed_at,
            reason: new.reason.clone(),
            address: new.address.clone(),
            rendering: new.rendering.clone(),
            job: new.job,
            wait: new.wait,
        });
    }
    let mut work = Vec::new();
    let told: Vec<_> = acknowledgements.iter().map(|new| (&repeat.reference, new, None)).collect();
    acknowledgements::insert(session, &told, now, &mut work).await?;
    jobs::insert(session, &work, now).await?;
    lines.push(Line::gateway(
        &repeat.reference,
        now,
        "message.repeated",
        json!({ "version": version }),
    ));
    Ok(())
}

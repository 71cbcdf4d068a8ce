//! Receipts that wait to be sent together, and the digest that takes them up: made in one transaction, sent once, and with it all it lists.

use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::acknowledgements;
use crate::store::acknowledgements::NewAcknowledgement;
use crate::store::actions::ActionRefused;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::over_rows;
use crate::store::engine::same;
use crate::store::jobs;
use crate::store::journal::Line;
use crate::store::rows::rows_json;
use jiff::Timestamp;
use serde_json::json;

/// A receipt that waits for a digest.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Which one, as jobs call it.
    pub subject: String,
    /// Its message's reference.
    pub message: Reference,
    /// Where it goes: the way's own JSON, secret.
    pub address: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When its message arrived.
    pub received_at: Timestamp,
    /// The board that owns it.
    pub board: String,
    /// The digest of what was sent.
    pub sha256: Digest,
}

pub(super) const WAITING: Statement = same!(
    "SELECT a.reference || '/' || a.recipient || '/' || a.purpose || '/' || a.way || '/' || CAST(a.version AS TEXT), \
     a.message, a.address, a.created_at, m.received_at, m.board, m.sha256 FROM acknowledgements a JOIN messages m ON m.reference = a.message \
     WHERE a.reason = 'digest' AND a.state = 'pending' ORDER BY a.created_at LIMIT 5000"
);
pub(super) const TAKE_UP: Statement = over_rows!(
    "UPDATE acknowledgements SET reason = 'digest:' || $2",
    "WHERE acknowledgements.message = r.value ->> 0 AND acknowledgements.reason = 'digest' AND acknowledgements.way = 'mail' \
     RETURNING acknowledgements.message"
);
pub(super) const GIVE_BACK: Statement = over_rows!(
    "UPDATE acknowledgements SET reason = 'digest'",
    "WHERE acknowledgements.message = r.value ->> 0 AND acknowledgements.reason = 'digest:' || $2"
);
pub(super) const SENT_WITH: Statement = same!(
    "UPDATE acknowledgements SET state = 'sent', sent_at = $2, evidence = $3 \
     WHERE reason = 'digest:' || $1 AND state = 'pending' RETURNING message"
);

impl Store {
    /// The receipts that wait for a digest, oldest first.
    pub async fn waiting_for_digest(&self) -> Result<Vec<Waiting>, StoreError> {
        let mut session = self.engine.reading().await?;
        let rows = session.rows(&WAITING, &[]).await?;
        Ok(rows
            .into_iter()
            .filter_map(|mut row| {
                Some(Waiting {
                    subject: row.text(0),
                    message: Reference::parse(&row.text(1))?,
                    address: row.text(2),
                    created_at: jobs::instant(row.int(3)),
                    received_at: jobs::instant(row.int(4)),
                    board: row.text(5),
                    sha256: Digest::from_hex(&row.text(6))?,
                })
            })
            .collect())
    }
}

/// Stores a digest with the job that sends it, and ties to it the receipts of the messages it lists. Refused when one of them was taken
/// up by another gateway meanwhile.
pub(super) async fn compose(
    session: &mut Session,
    digest: &NewAcknowledgement,
    messages: &[Reference],
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let subject = digest.key.subject();
    let rows: Vec<[&str; 1]> = messages.iter().map(|message| [message.as_str()]).collect();
    let mut taken = Vec::new();
    let values = [rows_json(&rows)?.into(), subject.as_str().into()];
    for mut row in session.rows(&TAKE_UP, &values).await? {
        taken.push([row.text(0)]);
    }
    if taken.len() != messages.len() {
        // Only what we took: the rest is in another gateway's digest, or in one of ours that was committed after all.
        let values = [rows_json(&taken)?.into(), subject.as_str().into()];
        session.run(&GIVE_BACK, &values).await?;
        return Ok(Err(ActionRefused::Taken));
    }
    let mut work = Vec::new();
    let bearer = &digest.key.reference;
    acknowledgements::insert(session, &[(bearer, digest, None)], now, &mut work).await?;
    jobs::insert(session, &work, now).await?;
    let detail = json!({ "key": subject, "receipts": messages.len() });
    lines.push(Line::gateway(bearer, now, "acknowledgement.digest", detail));
    Ok(Ok(()))
}

/// A digest was taken by the recipient's side, and with it the receipts that it lists.
pub(super) async fn sent(
    session: &mut Session,
    subject: &str,
    evidence: &str,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    let values = [subject.into(), now.as_microsecond().into(), evidence.into()];
    for mut row in session.rows(&SENT_WITH, &values).await? {
        let Some(message) = Reference::parse(&row.text(0)) else { continue };
        let detail = json!({ "with": subject });
        lines.push(Line::gateway(&message, now, "acknowledgement.sent", detail));
    }
    Ok(())
}

//! Confirmations to Kronofogden that a later one takes the place of before they have gone: they end, so that none arrives after what replaced it.
//!
//! One that is being sent at this moment ends when its attempt has failed; one that was taken stays told.

use crate::domain::reference::Reference;
use crate::store::StoreError;
use crate::store::by_hand;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::JobKind;
use crate::store::jobs::instant;
use crate::store::journal::Line;
use jiff::Timestamp;
use serde_json::json;

/// When the first of what has not gone is due, and since when the oldest is owed.
pub(super) const OWED: Statement = same!(
    "SELECT MIN(due_at), MIN(COALESCE(owed_at, created_at)) FROM acknowledgements WHERE reference = $1 AND purpose = 'confirmation' \
     AND state IN ('pending', 'retrying', 'failed', 'bounced')"
);
/// All but the last that have not gone, and are not being sent.
pub(super) const END_REPLACED: Statement = same!(
    "DELETE FROM acknowledgements WHERE reference = $1 AND purpose = 'confirmation' AND state IN ('pending', 'retrying', 'failed', 'bounced') \
     AND version < (SELECT MAX(b.version) FROM acknowledgements b WHERE b.reference = $1 AND b.purpose = 'confirmation') \
     AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'confirm' AND j.lease_until IS NOT NULL AND j.subject = acknowledgements.reference \
     || '/' || acknowledgements.recipient || '/' || acknowledgements.purpose || '/' || acknowledgements.way || '/' || \
     CAST(acknowledgements.version AS TEXT)) \
     RETURNING reference || '/' || recipient || '/' || purpose || '/' || way || '/' || CAST(version AS TEXT)"
);

/// When one is due that takes the place of what has not gone, and since when it is owed: as that was, or as given.
pub(super) async fn owed(
    session: &mut Session,
    notice: &str,
    (due_at, now): (Timestamp, Timestamp),
) -> Result<(Timestamp, Timestamp), StoreError> {
    let row = session.row(&OWED, &[notice.into()]).await?;
    let so_far = |column| row.as_ref().and_then(|row| row.maybe_int(column)).map(instant);
    Ok((so_far(0).map_or(due_at, |at| at.min(due_at)), so_far(1).unwrap_or(now)))
}

/// Ends what a later one has taken the place of; the history says so.
pub(super) async fn end(
    session: &mut Session,
    notice: &Reference,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    for mut row in session.rows(&END_REPLACED, &[notice.as_str().into()]).await? {
        let subject = row.text(0);
        let job = [JobKind::Confirm.as_str().into(), subject.as_str().into()];
        session.run(&by_hand::DELETE_JOB, &job).await?;
        lines.push(Line::gateway(notice, now, "confirmation.replaced", json!({ "key": subject })));
    }
    Ok(())
}

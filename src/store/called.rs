//! Confirmations that Kronofogden's system was called about and has not fetched: a call names no caseworker, so it is not left at that when the day ends.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::notice::NoticeType;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::actions::ActionRefused;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::instant;
use crate::store::journal::Line;
use jiff::SignedDuration;
use jiff::Timestamp;
use serde_json::json;

/// Older ones are left to people: what was never fetched before this gateway looked is not sent again after weeks.
const NO_OLDER: SignedDuration = SignedDuration::from_hours(7 * 24);

pub(super) const CALLED_ONLY: Statement = same!(
    "SELECT a.reference, a.version, n.kind, a.sent_at, a.due_at FROM confirmations f JOIN acknowledgements a ON a.reference = f.notice \
     AND a.version = f.version AND a.purpose = 'confirmation' AND a.way = 'webhook' AND a.state = 'sent' \
     AND COALESCE(a.reason, '') <> 'byHand' JOIN notices n ON n.reference = a.reference \
     WHERE f.fetched_at IS NULL AND f.written_at > $2 AND a.due_at <= $1 AND NOT EXISTS (SELECT 1 FROM acknowledgements b \
     WHERE b.reference = a.reference AND b.purpose = 'confirmation' AND b.version > a.version) ORDER BY a.due_at, a.reference"
);
pub(super) const CALLED_IN_VAIN: Statement = same!(
    "UPDATE acknowledgements SET state = 'failed', reason = 'notFetched' WHERE reference = $1 AND version = $2 AND purpose = 'confirmation' \
     AND way = 'webhook' AND state = 'sent' AND COALESCE(reason, '') <> 'byHand' AND NOT EXISTS (SELECT 1 FROM confirmations f \
     WHERE f.notice = $1 AND f.version = $2 AND f.fetched_at IS NOT NULL) RETURNING recipient"
);

/// A confirmation that was called about and is not fetched.
#[derive(Clone, Debug)]
pub struct Called {
    /// Which one.
    pub key: AcknowledgementKey,
    /// The type of its notice.
    pub kind: NoticeType,
    /// When the call was answered well.
    pub called_at: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
}

impl Store {
    /// Those that are due by then, the most pressing first.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn called_only(&self, due_by: Timestamp) -> Result<Vec<Called>, StoreError> {
        let now = self.clock.now();
        let since = now.saturating_sub(NO_OLDER).unwrap_or(now);
        let values = [due_by.as_microsecond().into(), since.as_microsecond().into()];
        let rows = self.engine.reading().await?.rows(&CALLED_ONLY, &values).await?;
        rows.into_iter().map(called).collect()
    }
}

fn called(mut row: Row) -> Result<Called, StoreError> {
    Ok(Called {
        key: AcknowledgementKey {
            reference: Reference::parse(&row.text(0)).ok_or(StoreError::Corrupt("reference"))?,
            recipient: Recipient::EnforcementAuthority,
            purpose: Purpose::Confirmation,
            way: Way::Webhook,
            version: u32::try_from(row.int(1)).unwrap_or(u32::MAX),
        },
        kind: NoticeType::parse(&row.text(2)).ok_or(StoreError::Corrupt("kind"))?,
        called_at: instant(row.int(3)),
        due_at: instant(row.int(4)),
    })
}

/// The call is not left at: it goes by the next way. Refused where it was fetched, or told by a person, meanwhile.
pub(super) async fn in_vain(
    session: &mut Session,
    key: &AcknowledgementKey,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let values = [key.reference.as_str().into(), i64::from(key.version).into()];
    if session.row(&CALLED_IN_VAIN, &values).await?.is_none() {
        return Ok(Err(ActionRefused::Unknown));
    }
    let detail = json!({ "key": key.subject() });
    lines.push(Line::gateway(&key.reference, now, "confirmation.notFetched", detail));
    Ok(Ok(()))
}

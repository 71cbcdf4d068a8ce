//! Letters that offer help: what takes the reason for one away before it has left. No statute asks for one, so it may stay unsent, and the history
//! says why.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::copy_reason::BY_PERSON;
use crate::domain::notice::Notice;
use crate::domain::received::Envelope;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::actions::ActionRefused;
use crate::store::actions::by;
use crate::store::by_hand;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::JobKind;
use crate::store::journal::Line;
use crate::store::lookup;
use jiff::Timestamp;
use serde_json::json;

/// What has begun to leave stays what it is.
pub(super) const NOT_SENT: Statement = same!(
    "UPDATE acknowledgements SET state = 'suppressed', reason = $2, address = NULL, rendered = NULL WHERE reference = $1 \
     AND purpose = 'offer' AND (state IN ('failed', 'bounced') OR (state = 'pending' AND way = 'outstanding')) \
     AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.subject = acknowledgements.reference || '/' || acknowledgements.recipient || '/' || \
     acknowledgements.purpose || '/' || acknowledgements.way || '/' || CAST(acknowledgements.version AS TEXT) \
     AND l.stage IN ('begun', 'taken', 'placed', 'sent')) \
     RETURNING reference || '/' || recipient || '/' || purpose || '/' || way || '/' || CAST(version AS TEXT)"
);
/// What may take a notice back and was stored after it, found by what both name.
pub(super) const WITHDRAWALS: Statement = same!(
    "SELECT m.envelope, n.notice FROM person_keys k JOIN notices n ON n.reference = k.notice JOIN messages m ON m.reference = n.message \
     JOIN notices o ON o.reference = $2 JOIN messages p ON p.reference = o.message WHERE k.key_hash = $1 AND n.reference <> o.reference \
     AND n.kind = 'withdrawal' AND n.board = o.board AND n.state NOT IN ('notNotice', 'dismissed') AND m.stored_at >= p.stored_at \
     ORDER BY m.stored_at DESC LIMIT 50"
);
pub(super) const ENVELOPE_OF: Statement = same!(
    "SELECT m.envelope FROM notices n JOIN messages m ON m.reference = n.message WHERE n.reference = $1"
);
/// Whether a letter about the same notice by another door has gone, or is on its way.
pub(super) const OFFERED_ALREADY: Statement = same!(
    "SELECT COUNT(*) FROM notice_contents c JOIN notice_contents d ON d.content_key = c.content_key AND d.notice <> c.notice \
     JOIN notices n ON n.reference = c.notice JOIN notices f ON f.reference = d.notice AND f.board = n.board \
     JOIN acknowledgements a ON a.reference = d.notice AND a.purpose = 'offer' \
     AND (a.state = 'sent' OR (a.way <> 'outstanding' AND a.state IN ('pending', 'retrying'))) WHERE c.notice = $1"
);

impl Store {
    /// What may take a notice back, and how each came, by what both name (`key`).
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn withdrawals(
        &self,
        key: &str,
        of: &Reference,
    ) -> Result<Vec<(Envelope, Notice)>, StoreError> {
        let mut session = self.engine.reading().await?;
        let hash = lookup::lookup_key(&mut session).await?.hash(key);
        let rows = session.rows(&WITHDRAWALS, &[hash.into(), of.as_str().into()]).await?;
        let read = rows.into_iter().map(|mut row| {
            let notice = serde_json::from_str(&row.text(1));
            Ok((envelope(&row.text(0))?, notice.map_err(|_| StoreError::Corrupt("notice"))?))
        });
        read.collect()
    }

    /// How a notice's message came; none where there is no such notice.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn envelope_of(&self, notice: &Reference) -> Result<Option<Envelope>, StoreError> {
        let values = [notice.as_str().into()];
        let row = self.engine.reading().await?.row(&ENVELOPE_OF, &values).await?;
        row.map(|mut row| envelope(&row.text(0))).transpose()
    }

    /// Whether a letter about the same notice by another door has gone, or is on its way.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offered_already(&self, reference: &Reference) -> Result<bool, StoreError> {
        let values = [reference.as_str().into()];
        let row = self.engine.reading().await?.row(&OFFERED_ALREADY, &values).await?;
        Ok(row.is_some_and(|row| row.int(0) > 0))
    }
}

fn envelope(text: &str) -> Result<Envelope, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt("envelope"))
}

/// A letter that offers help is not sent; refused for whatever a statute demands, and for what has begun to leave.
pub(super) async fn not_sent(
    session: &mut Session,
    (reference, actor, reason): (&Reference, Option<&str>, &str),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let code = if actor.is_some() { BY_PERSON } else { reason };
    let values = [reference.as_str().into(), code.into()];
    let told = session.rows(&NOT_SENT, &values).await?;
    if told.is_empty() {
        return Ok(Err(ActionRefused::State("without a letter that may stay unsent".to_owned())));
    }
    for mut row in told {
        let subject = row.text(0);
        let kind = AcknowledgementKey::parse(&subject).as_ref().map(JobKind::that_sends);
        let job = [kind.unwrap_or(JobKind::Letter).as_str().into(), subject.as_str().into()];
        session.run(&by_hand::DELETE_JOB, &job).await?;
        let detail = json!({ "key": subject, "reason": reason });
        lines.push(match actor {
            Some(actor) => by(actor, reference.as_str(), now, "person.droppedOffer", detail),
            None => Line::gateway(reference, now, "offer.notSent", detail),
        });
    }
    Ok(Ok(()))
}

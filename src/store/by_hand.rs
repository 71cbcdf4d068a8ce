//! A person has told what we did not: a copy, or an offer of help, was sent otherwise; and what was told so needs no job any more.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::reference::Reference;
use crate::store::StoreError;
use crate::store::actions::ActionRefused;
use crate::store::actions::by;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::JobKind;
use crate::store::journal::Line;
use jiff::Timestamp;
use serde_json::json;

pub(super) const SENT_BY_HAND: Statement = same!(
    "UPDATE acknowledgements SET state = 'sent', sent_at = $2, reason = 'byHand', evidence = COALESCE(evidence, '') || $3 \
     WHERE reference = $1 AND purpose IN ('copy', 'offer') AND state IN ('pending', 'retrying', 'failed', 'bounced') \
     RETURNING reference || '/' || recipient || '/' || purpose || '/' || way || '/' || CAST(version AS TEXT)"
);

pub(super) async fn run(
    session: &mut Session,
    (reference, actor, how): (&Reference, &str, &str),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let evidence = format!("; sent by a person: {how}");
    let values = [reference.as_str().into(), now.as_microsecond().into(), evidence.into()];
    let sent = session.rows(&SENT_BY_HAND, &values).await?;
    settled(session, (reference, actor, "person.sentCopy"), sent, now, lines).await
}

/// What a person has told needs no job any more; refused when there was nothing to tell.
pub(super) async fn settled(
    session: &mut Session,
    (reference, actor, event): (&Reference, &str, &'static str),
    told: Vec<Row>,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    if told.is_empty() {
        return Ok(Err(ActionRefused::State("without one that is still to be told".to_owned())));
    }
    for mut row in told {
        let subject = row.text(0);
        let kind = AcknowledgementKey::parse(&subject).as_ref().map(JobKind::that_sends);
        let job = [kind.unwrap_or(JobKind::Confirm).as_str().into(), subject.as_str().into()];
        session.run(&DELETE_JOB, &job).await?;
        lines.push(by(actor, reference.as_str(), now, event, json!({ "key": subject })));
    }
    Ok(Ok(()))
}

pub(super) const DELETE_JOB: Statement = same!("DELETE FROM jobs WHERE kind = $1 AND subject = $2");

//! What a person decides about a notice or its receipt: try again, set aside, told another way. Each is journalled with who decided.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::reference::Reference;
use crate::store::StoreError;
use crate::store::actions::ActionRefused;
use crate::store::actions::by;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs;
use crate::store::jobs::JobKind;
use crate::store::journal::Line;
use jiff::Timestamp;
use serde_json::json;

/// The last: it is the only notice of its message, and its documents could not be read on this machine.
pub(super) const NOTICE_STATE: Statement = same!(
    "SELECT n.state, n.priority, n.message, n.reason, CASE WHEN n.notice LIKE '%\"document.notRead\"%' AND NOT EXISTS \
     (SELECT 1 FROM notices o WHERE o.message = n.message AND o.reference <> n.reference) \
     THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END FROM notices n WHERE n.reference = $1"
);
pub(super) const SET_NOTICE_STATE: Statement =
    same!("UPDATE notices SET state = $2, reason = $3, updated_at = $4 WHERE reference = $1");
pub(super) const DELETE_NOTICE_JOBS: Statement =
    same!("DELETE FROM jobs WHERE subject = $1 AND kind IN ('deliver', 'publish', 'read')");
pub(super) const SET_INTERRUPTED: Statement = same!(
    "UPDATE jobs SET interrupted = $2, due_at = $3 WHERE subject = $1 AND kind IN ('deliver', 'publish') AND lease_until IS NULL"
);
pub(super) const INSERT_INTERRUPTED: Statement = same!(
    "INSERT INTO jobs (kind, subject, priority, due_at, created_at, interrupted) VALUES ($1, $2, $3, $4, $4, $5) \
     ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at, interrupted = excluded.interrupted \
     WHERE jobs.lease_until IS NULL"
);
/// No letter to a person: its letters are looked at and approved anew.
pub(super) const FAILED_ACKNOWLEDGEMENTS: Statement = same!(
    "UPDATE acknowledgements SET state = 'pending', reason = NULL WHERE message = $1 AND state IN ('failed', 'bounced') \
     AND purpose NOT IN ('copy', 'offer') AND way IN ('mail', 'files', 'folder', 'digest', 'sftp', 'webhook') AND rendered IS NOT NULL \
     RETURNING reference || '/' || recipient || '/' || purpose || '/' || way || '/' || CAST(version AS TEXT)"
);
pub(super) const MESSAGE_OF: Statement = same!(
    "SELECT m.reference FROM messages m WHERE m.reference = $1 \
     OR m.reference = (SELECT n.message FROM notices n WHERE n.reference = $1)"
);
pub(super) const TOLD_BY_A_PERSON: Statement = same!(
    "UPDATE acknowledgements SET state = 'suppressed', reason = 'toldByPerson', sent_at = $3, evidence = COALESCE(evidence, '') || $2 \
     WHERE message = (SELECT m.reference FROM messages m WHERE m.reference = $1 OR m.reference = \
     (SELECT n.message FROM notices n WHERE n.reference = $1)) AND purpose = 'receipt' AND state IN ('failed', 'bounced') \
     RETURNING reference || '/' || recipient || '/' || purpose || '/' || way || '/' || CAST(version AS TEXT)"
);

/// How a notice goes on its way again.
#[derive(Clone, Copy, Debug)]
pub struct Again {
    /// The job that moves it: by broker or directly.
    pub job: JobKind,
    /// Whether to look for an earlier case first.
    pub look_first: bool,
    /// A person has compared with the original what a notice says that waits for one. Without it such a notice goes nowhere: a number misread
    /// could be somebody else's. One whose documents could not be read is read again instead.
    pub compared: bool,
}

/// A notice goes on its way again; the receipts of its message that failed or bounced are sent again. What was judged to be no notice becomes one.
pub(super) async fn retry(
    session: &mut Session,
    (reference, actor, again): (&Reference, &str, &Again),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let Some(mut row) = session.row(&NOTICE_STATE, &[reference.as_str().into()]).await? else {
        return Ok(Err(ActionRefused::Unknown));
    };
    let (state, priority, message) = (row.text(0), row.int(1), row.text(2));
    if state == "needsReview" && !again.compared {
        if row.int(4) == 0 {
            return Ok(Err(ActionRefused::NotCompared));
        }
        read_again(session, reference, (&message, priority), now).await?;
        lines.push(by(actor, reference.as_str(), now, "person.readAgain", json!({})));
        return Ok(Ok(()));
    }
    let canary = row.maybe_text(3).is_some_and(|reason| reason == "canary");
    let resent = failed_receipts(session, &message, now).await?;
    let moves = match state.as_str() {
        "parked" | "retrying" | "uncertain" | "needsReview" => true,
        "notNotice" => !canary,
        _ => false,
    };
    if !moves && resent == 0 {
        return Ok(Err(ActionRefused::State(state)));
    }
    let at = now.as_microsecond();
    if moves {
        let queued = [reference.as_str().into(), "queued".into(), None::<i64>.into(), at.into()];
        session.run(&SET_NOTICE_STATE, &queued).await?;
        let look =
            i64::from(again.look_first && !matches!(state.as_str(), "needsReview" | "notNotice"));
        let values = [reference.as_str().into(), look.into(), at.into()];
        session.run(&SET_INTERRUPTED, &values).await?;
        for kind in [JobKind::Deliver, again.job] {
            let (kind, subject) = (kind.as_str().into(), reference.as_str().into());
            let values = [kind, subject, priority.into(), at.into(), look.into()];
            session.run(&INSERT_INTERRUPTED, &values).await?;
        }
    }
    let detail = json!({
        "acknowledgements": resent, "from": state, "lookFirst": again.look_first, "compared": again.compared,
    });
    lines.push(by(actor, reference.as_str(), now, "person.retried", detail));
    Ok(Ok(()))
}

/// A message whose documents this machine could not read is read again, as if it had just come.
async fn read_again(
    session: &mut Session,
    reference: &Reference,
    (message, priority): (&str, i64),
    now: Timestamp,
) -> Result<(), StoreError> {
    let at = now.as_microsecond();
    let reading = [reference.as_str().into(), "reading".into(), None::<String>.into(), at.into()];
    session.run(&SET_NOTICE_STATE, &reading).await?;
    let (kind, subject) = (JobKind::Read, message.to_owned());
    jobs::insert(
        session,
        &[jobs::NewJob { kind, subject, priority, due_at: now, begun: None }],
        now,
    )
    .await
}

/// The receipts of a message that failed or bounced are sent again.
pub(super) async fn send_again(
    session: &mut Session,
    (reference, actor): (&Reference, &str),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let Some(mut row) = session.row(&MESSAGE_OF, &[reference.as_str().into()]).await? else {
        return Ok(Err(ActionRefused::Unknown));
    };
    let resent = failed_receipts(session, &row.text(0), now).await?;
    if resent == 0 {
        return Ok(Err(ActionRefused::NothingFailed));
    }
    let detail = json!({ "acknowledgements": resent });
    lines.push(by(actor, reference.as_str(), now, "person.sentAgain", detail));
    Ok(Ok(()))
}

async fn failed_receipts(
    session: &mut Session,
    message: &str,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let mut resent = Vec::new();
    for mut row in session.rows(&FAILED_ACKNOWLEDGEMENTS, &[message.into()]).await? {
        let subject = row.text(0);
        let key = AcknowledgementKey::parse(&subject);
        let kind = key.as_ref().map_or(JobKind::Acknowledge, JobKind::that_sends);
        resent.push(jobs::NewJob { kind, subject, priority: 0, due_at: now, begun: None });
    }
    jobs::insert(session, &resent, now).await?;
    Ok(resent.len())
}

/// A notice is set aside, with a reason.
pub(super) async fn dismiss(
    session: &mut Session,
    (reference, actor, reason): (&Reference, &str, &str),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let allowed = |state: &str| !matches!(state, "delivered" | "dismissed");
    let from = match end(session, (reference, "dismissed", reason), allowed, now).await? {
        Ok(from) => from,
        Err(refused) => return Ok(Err(refused)),
    };
    let detail = json!({ "from": from });
    lines.push(by(actor, reference.as_str(), now, "person.dismissed", detail));
    Ok(Ok(()))
}

/// The broker gave a notice up: it waits for a person.
pub(super) async fn park(
    session: &mut Session,
    reference: &Reference,
    reason: &str,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let allowed = |state: &str| matches!(state, "queued" | "retrying" | "uncertain");
    let from = match end(session, (reference, "parked", reason), allowed, now).await? {
        Ok(from) => from,
        Err(refused) => return Ok(Err(refused)),
    };
    let detail = json!({ "from": from, "reason": reason });
    lines.push(Line::gateway(reference, now, "delivery.person", detail));
    Ok(Ok(()))
}

/// Takes a notice off its way into a state; tells the one it came from.
async fn end(
    session: &mut Session,
    (reference, to, reason): (&Reference, &str, &str),
    allowed: impl Fn(&str) -> bool,
    now: Timestamp,
) -> Result<Result<String, ActionRefused>, StoreError> {
    let Some(mut row) = session.row(&NOTICE_STATE, &[reference.as_str().into()]).await? else {
        return Ok(Err(ActionRefused::Unknown));
    };
    let state = row.text(0);
    if !allowed(&state) {
        return Ok(Err(ActionRefused::State(state)));
    }
    let at = now.as_microsecond();
    let values = [reference.as_str().into(), to.into(), reason.into(), at.into()];
    session.run(&SET_NOTICE_STATE, &values).await?;
    session.run(&DELETE_NOTICE_JOBS, &[reference.as_str().into()]).await?;
    Ok(Ok(state))
}

/// The sender was told by a person: the receipts that did not arrive are settled.
pub(super) async fn told(
    session: &mut Session,
    (reference, actor, reason): (&Reference, &str, &str),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let evidence = format!("; told by a person: {reason}");
    let values = [reference.as_str().into(), evidence.into(), now.as_microsecond().into()];
    let settled = session.rows(&TOLD_BY_A_PERSON, &values).await?;
    if settled.is_empty() {
        return Ok(Err(ActionRefused::State("without a receipt that failed".to_owned())));
    }
    for mut row in settled {
        let detail = json!({ "key": row.text(0) });
        lines.push(by(actor, reference.as_str(), now, "person.told", detail));
    }
    Ok(Ok(()))
}

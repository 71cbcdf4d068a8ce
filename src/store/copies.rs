//! The copy of a confirmation that goes to the person whom an eviction concerns: outstanding until a person approves its letters, or puts on record how
//! it was sent.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::reference::Reference;
use crate::store::StoreError;
use crate::store::acknowledgements;
use crate::store::acknowledgements::NewAcknowledgement;
use crate::store::actions::ActionRefused;
use crate::store::actions::by;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs;
use crate::store::jobs::JobKind;
use crate::store::journal::Line;
use jiff::Timestamp;
use serde_json::json;

pub(super) const TAKE_COPY: Statement = same!(
    "DELETE FROM acknowledgements WHERE reference = $1 AND purpose = 'copy' AND way = 'outstanding' AND state = 'pending' \
     RETURNING message, version, due_at"
);
pub(super) const SENT_BY_HAND: Statement = same!(
    "UPDATE acknowledgements SET state = 'sent', sent_at = $2, reason = 'byHand', evidence = COALESCE(evidence, '') || $3 \
     WHERE reference = $1 AND purpose = 'copy' AND state IN ('pending', 'retrying', 'failed', 'bounced') \
     RETURNING reference || '/' || recipient || '/' || purpose || '/' || way || '/' || CAST(version AS TEXT)"
);

/// What happens to a copy.
#[derive(Clone, Debug)]
pub enum CopyChange {
    /// A person has approved its letters: they are on their way. Version and due time are those of the one that waited.
    Approved {
        /// Who.
        actor: String,
        /// The letters.
        letters: Box<NewAcknowledgement>,
    },
    /// A person has sent it, and says how.
    ByHand {
        /// The notice.
        reference: Reference,
        /// Who.
        actor: String,
        /// How; kept with the copy.
        how: String,
    },
}

/// Runs a change inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    change: &CopyChange,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    match change {
        CopyChange::Approved { actor, letters } => {
            approved(session, (actor, letters), now, lines).await
        }
        CopyChange::ByHand { reference, actor, how } => {
            by_hand(session, (reference, actor, how), now, lines).await
        }
    }
}

async fn approved(
    session: &mut Session,
    (actor, letters): (&str, &NewAcknowledgement),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let reference = letters.key.reference.as_str();
    let Some(mut row) = session.row(&TAKE_COPY, &[reference.into()]).await? else {
        return Ok(Err(ActionRefused::State("without a copy that waits".to_owned())));
    };
    let message = Reference::parse(&row.text(0)).ok_or(StoreError::Corrupt("reference"))?;
    let version = u32::try_from(row.int(1)).unwrap_or(0);
    let new = NewAcknowledgement {
        key: AcknowledgementKey { version, ..letters.key.clone() },
        due_at: jobs::instant(row.int(2)),
        ..letters.clone()
    };
    let mut work = Vec::new();
    acknowledgements::insert(session, &[(&message, &new, None)], now, &mut work).await?;
    jobs::insert(session, &work, now).await?;
    lines.push(by(
        actor,
        reference,
        now,
        "person.approvedCopy",
        json!({ "key": new.key.subject() }),
    ));
    Ok(Ok(()))
}

async fn by_hand(
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
        let job = [JobKind::Confirm.as_str().into(), subject.as_str().into()];
        session.run(&DELETE_JOB, &job).await?;
        let detail = json!({ "key": subject });
        lines.push(by(actor, reference.as_str(), now, event, detail));
    }
    Ok(Ok(()))
}

pub(super) const DELETE_JOB: Statement = same!("DELETE FROM jobs WHERE kind = $1 AND subject = $2");

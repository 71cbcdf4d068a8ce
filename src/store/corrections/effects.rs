//! What a correction changes of what Kronofogden and the person are told: what has not gone is told right, what has gone is told anew, and what the
//! statute does not ask for any more ends.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::Purpose;
use crate::domain::reference::Reference;
use crate::store::StoreError;
use crate::store::acknowledgements;
use crate::store::acknowledgements::NewAcknowledgement;
use crate::store::by_hand;
use crate::store::confirmations;
use crate::store::corrections::ASK_ANEW;
use crate::store::corrections::Correction;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::JobKind;
use crate::store::jobs::instant;
use crate::store::journal::Line;
use crate::store::replaced;
use jiff::Timestamp;
use serde_json::json;

/// What has not gone of one purpose, and is not being sent.
pub(in crate::store) const END_OPEN: Statement = same!(
    "DELETE FROM acknowledgements WHERE reference = $1 AND purpose = $2 AND state IN ('pending', 'retrying', 'failed', 'bounced') \
     AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.subject = acknowledgements.reference || '/' || acknowledgements.recipient || '/' || \
     acknowledgements.purpose || '/' || acknowledgements.way || '/' || CAST(acknowledgements.version AS TEXT)) \
     AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.lease_until IS NOT NULL AND j.subject = acknowledgements.reference || '/' || \
     acknowledgements.recipient || '/' || acknowledgements.purpose || '/' || acknowledgements.way || '/' || \
     CAST(acknowledgements.version AS TEXT)) \
     RETURNING reference || '/' || recipient || '/' || purpose || '/' || way || '/' || CAST(version AS TEXT), due_at, \
     COALESCE(owed_at, created_at), promised_at, version"
);
/// What was told, or is about to be.
pub(in crate::store) const TOLD: Statement = same!(
    "SELECT a.version, a.state, a.way, CASE WHEN EXISTS (SELECT 1 FROM confirmations f WHERE f.notice = a.reference AND f.version = a.version) \
     THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END FROM acknowledgements a WHERE a.reference = $1 AND a.purpose = $2 \
     ORDER BY a.version DESC LIMIT 1"
);
pub(in crate::store) const NAMED_BEFORE: Statement = same!(
    "INSERT INTO caseworkers (notice, version, caseworker, named_at) SELECT c.notice, CAST($2 AS BIGINT), c.caseworker, c.named_at \
     FROM caseworkers c WHERE c.notice = $1 AND c.version < $2 ORDER BY c.version DESC LIMIT 1"
);
pub(in crate::store) const TOLD_OF_IT: Statement = same!(
    "UPDATE corrections SET confirmation = COALESCE(CAST($3 AS BIGINT), confirmation), copy = COALESCE(CAST($4 AS BIGINT), copy) WHERE notice = $1 AND version = $2"
);

/// All that follows for Kronofogden and the person.
pub(super) async fn follow(
    session: &mut Session,
    it: &Correction,
    (message, version): (&str, i64),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    let reference = it.reference.as_str();
    if it.other_number {
        session.run(&ASK_ANEW, &[reference.into(), now.as_microsecond().into()]).await?;
    }
    let message = Reference::parse(message).ok_or(StoreError::Corrupt("reference"))?;
    let owed = |purpose| it.owed.iter().find(|it| it.key.purpose == purpose);
    let told = match owed(Purpose::Confirmation) {
        Some(new) => confirmation(session, it, (&message, new), now, lines).await?,
        None => end(session, it, Purpose::Confirmation, now, lines).await.map(|_| None)?,
    };
    let mut written = None;
    for purpose in [Purpose::Copy, Purpose::Offer] {
        match owed(purpose) {
            Some(new) => written = letters(session, it, (&message, new, told), now, lines).await?,
            None => {
                end(session, it, purpose, now, lines).await?;
            }
        }
    }
    let values = [reference.into(), version.into(), told.into(), written.into()];
    session.run(&TOLD_OF_IT, &values).await.map(drop)
}

/// The confirmation: owed since the arrival where the kind is one of the statute's now; anew where it was told otherwise.
async fn confirmation(
    session: &mut Session,
    it: &Correction,
    (message, new): (&Reference, &NewAcknowledgement),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Option<i64>, StoreError> {
    let (notice, purpose) = (it.reference.as_str(), Purpose::Confirmation.as_str());
    let Some(mut last) = session.row(&TOLD, &[notice.into(), purpose.into()]).await? else {
        owe(session, (message, new), now, lines).await?;
        return Ok(None);
    };
    let written = last.int(3) == 1 || last.text(1) != "pending" || last.text(2) != "outstanding";
    if !it.tells_otherwise || !written {
        return Ok(None);
    }
    let version = last.int(0) + 1;
    let (due_at, owed_at) = replaced::owed(session, notice, (it.due_at, now)).await?;
    let values = [
        notice.into(),
        version.into(),
        message.as_str().into(),
        due_at.as_microsecond().into(),
        now.as_microsecond().into(),
        owed_at.as_microsecond().into(),
    ];
    session.run(&confirmations::INSERT_OUTSTANDING, &values).await?;
    session.run(&NAMED_BEFORE, &[notice.into(), version.into()]).await?;
    replaced::end(session, &it.reference, now, lines).await?;
    let detail = json!({ "version": version });
    lines.push(Line::gateway(&it.reference, now, "confirmation.corrected", detail));
    Ok(Some(version))
}

/// The copy, or the offer of help: letters that have not gone are made anew, once a person has looked at them; what has gone is followed by another.
async fn letters(
    session: &mut Session,
    it: &Correction,
    (message, new, told): (&Reference, &NewAcknowledgement, Option<i64>),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Option<i64>, StoreError> {
    let (notice, purpose) = (it.reference.as_str(), new.key.purpose);
    let Some(mut last) = session.row(&TOLD, &[notice.into(), purpose.as_str().into()]).await?
    else {
        owe(session, (message, new), now, lines).await?;
        return Ok(None);
    };
    let made = last.text(1) != "pending" || last.text(2) != "outstanding";
    if !it.writes_otherwise || !made {
        return Ok(None);
    }
    let version = told.unwrap_or(last.int(0) + 1).max(last.int(0) + 1);
    let ended = end(session, it, purpose, now, lines).await?;
    let new = NewAcknowledgement {
        key: AcknowledgementKey {
            version: u32::try_from(version).unwrap_or(u32::MAX),
            ..new.key.clone()
        },
        ..new.clone()
    };
    let new = match ended {
        Some(was) => NewAcknowledgement {
            due_at: was.due_at.min(it.due_at),
            owed_at: Some(was.owed_at),
            promised_at: was.promised_at,
            ..new
        },
        None => {
            NewAcknowledgement { due_at: it.due_at, owed_at: Some(now), promised_at: None, ..new }
        }
    };
    let mut work = Vec::new();
    acknowledgements::insert(session, &[(message, &new, None)], now, &mut work).await?;
    lines.push(Line::gateway(&it.reference, now, "copy.anew", json!({ "version": version })));
    Ok(Some(version))
}

/// What is owed from now on, since the notice arrived.
async fn owe(
    session: &mut Session,
    (message, new): (&Reference, &NewAcknowledgement),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    let mut work = Vec::new();
    acknowledgements::insert(session, &[(message, new, None)], now, &mut work).await?;
    let detail = json!({ "key": new.key.subject(), "late": now >= new.due_at });
    lines.push(Line::gateway(&new.key.reference, now, "acknowledgement.owed", detail));
    Ok(())
}

/// What has ended.
struct Was {
    due_at: Timestamp,
    owed_at: Timestamp,
    promised_at: Option<Timestamp>,
}

/// Ends what has not gone; the most pressing of it. What is being sent at this moment, and letters that have begun to go, stay.
async fn end(
    session: &mut Session,
    it: &Correction,
    purpose: Purpose,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Option<Was>, StoreError> {
    let mut first: Option<Was> = None;
    let values = [it.reference.as_str().into(), purpose.as_str().into()];
    for mut row in session.rows(&END_OPEN, &values).await? {
        let subject = row.text(0);
        let key = AcknowledgementKey::parse(&subject);
        let kind = key.as_ref().map_or(JobKind::Confirm, JobKind::that_sends);
        let job = [kind.as_str().into(), subject.as_str().into()];
        session.run(&by_hand::DELETE_JOB, &job).await?;
        let was = Was {
            due_at: instant(row.int(1)),
            owed_at: instant(row.int(2)),
            promised_at: row.maybe_int(3).map(instant),
        };
        let detail = json!({ "key": subject });
        lines.push(Line::gateway(&it.reference, now, "acknowledgement.ended", detail));
        first = Some(match first {
            Some(first) if first.due_at <= was.due_at => first,
            _ => was,
        });
    }
    Ok(first)
}

//! A person's corrections of what was read of a notice: each earlier text is kept, and what follows from the correction is decided in the same
//! transaction, for what has not gone and what has.

pub(super) mod effects;
pub(super) mod enclosed;
pub(super) mod look;

pub use look::Change;
pub use look::CorrectionRow;
pub use look::changes;

use crate::domain::assignment::Assignment;
use crate::domain::correction::Because;
use crate::domain::masked::Masked;
use crate::domain::notice::NoticeType;
use crate::domain::reference::Reference;
use crate::store::StoreError;
use crate::store::acknowledgements::NewAcknowledgement;
use crate::store::actions::ActionRefused;
use crate::store::actions::by;
use crate::store::decisions;
use crate::store::decisions::Again;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::inserts;
use crate::store::journal::Line;
use crate::store::links;
use crate::store::lookup;
use crate::store::sameness;
use jiff::Timestamp;
use serde_json::json;

/// The text that the person saw stands in the statement: what was corrected meanwhile is not written over.
pub(super) const CORRECT: Statement = same!(
    "UPDATE notices SET notice = $3, kind = $4, board = $5, unit = $6, priority = $7, assignment = $8, updated_at = $9 \
     WHERE reference = $1 AND notice = $2 AND state NOT IN ('dismissed', 'reading') RETURNING state, message"
);
/// Its way is not touched while nobody is on it; whoever would begin waits for this transaction.
pub(super) const STAY: Statement = same!(
    "UPDATE jobs SET priority = $2 WHERE subject = $1 AND kind IN ('deliver', 'publish') AND lease_until IS NULL"
);
pub(super) const IN_HAND: Statement = same!(
    "SELECT COUNT(*) FROM jobs WHERE subject = $1 AND kind IN ('deliver', 'publish') AND lease_until IS NOT NULL"
);
pub(super) const ASSIGNED: Statement =
    same!("SELECT state, assignment FROM notices WHERE reference = $1");
pub(super) const KEEP_EARLIER: Statement = same!(
    "INSERT INTO corrections (notice, version, at, actor, reason, paths, earlier, state) SELECT CAST($1 AS TEXT), COALESCE(MAX(version), 0) + 1, \
     CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT) \
     FROM corrections WHERE notice = $1 RETURNING version"
);
pub(super) const FORGET_PERSONS: Statement = same!("DELETE FROM person_keys WHERE notice = $1");
pub(super) const FORGET_CONTENT: Statement = same!("DELETE FROM notice_contents WHERE notice = $1");
pub(super) const GIVE_UP_CONTENT: Statement = same!("DELETE FROM content_owners WHERE notice = $1");
/// Nobody is known to be safe whose number is another; who was protected stays so until the sources were asked anew.
pub(super) const ASK_ANEW: Statement = same!(
    "UPDATE protections SET answer = 'unknown', sources = '', asked_at = $2 WHERE notice = $1 AND answer = 'notProtected'"
);

/// A correction with all that follows from it, worked out from the text that it corrects.
#[derive(Clone, Debug)]
pub struct Correction {
    /// The notice.
    pub reference: Reference,
    /// Who.
    pub actor: String,
    /// Why.
    pub because: Because,
    /// JSON Pointers of what changed.
    pub paths: Vec<String>,
    /// The notice's text as it was stored: nothing is done when it is another by now.
    pub before: Masked,
    /// Its text from now on.
    pub after: Masked,
    /// Its kind.
    pub kind: NoticeType,
    /// Where it goes, where it has not gone.
    pub assignment: Assignment,
    /// By what it is found.
    pub identities: Vec<String>,
    /// What it must have in common with another to be one with it.
    pub sameness: Option<Masked>,
    /// Whether somebody's number is another.
    pub other_number: bool,
    /// What its kind demands, as it was due from the beginning: confirmation and copy.
    pub owed: Vec<NewAcknowledgement>,
    /// Whether what Kronofogden is told of it is another.
    pub tells_otherwise: bool,
    /// Whether a letter would be another, or go to somebody else.
    pub writes_otherwise: bool,
    /// When is due what takes the place of what has gone.
    pub due_at: Timestamp,
    /// It is handed over as it stands now.
    pub hand_over: Option<Again>,
}

/// Runs a correction inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    it: &Correction,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let notice = it.reference.as_str();
    let Some(mut row) = session.row(&ASSIGNED, &[notice.into()]).await? else {
        return Ok(Err(ActionRefused::Unknown));
    };
    let (state, assigned) = (row.text(0), row.text(1));
    if matches!(state.as_str(), "dismissed" | "reading") {
        return Ok(Err(ActionRefused::State(state)));
    }
    let gone = state == "delivered";
    let assigned = serde_json::from_str(&assigned).ok().filter(|_: &Assignment| gone);
    let assignment = assigned.unwrap_or_else(|| it.assignment.clone());
    let rank = assignment.priority.rank();
    session.run(&STAY, &[notice.into(), rank.into()]).await?;
    let in_hand = session.row(&IN_HAND, &[notice.into()]).await?;
    if in_hand.is_some_and(|row| row.int(0) > 0) {
        return Ok(Err(ActionRefused::InHand));
    }
    let values = [
        notice.into(),
        it.before.reveal().into(),
        it.after.reveal().into(),
        it.kind.as_str().into(),
        assignment.board.as_str().into(),
        assignment.unit.as_str().into(),
        rank.into(),
        serde_json::to_string(&assignment).unwrap_or_default().into(),
        now.as_microsecond().into(),
    ];
    let Some(mut row) = session.row(&CORRECT, &values).await? else {
        return Ok(Err(ActionRefused::Stale));
    };
    let (state, message) = (row.text(0), row.text(1));
    let version = keep(session, it, (&state, now), lines).await?;
    find_by(session, it, &state).await?;
    effects::follow(session, it, (&message, version), now, lines).await?;
    hand_over(session, it, &state, now, lines).await
}

/// The earlier text, and the history's line: places, no values.
async fn keep(
    session: &mut Session,
    it: &Correction,
    (state, now): (&str, Timestamp),
    lines: &mut Vec<Line>,
) -> Result<i64, StoreError> {
    let (notice, at) = (it.reference.as_str(), now.as_microsecond());
    let paths = serde_json::to_string(&it.paths).unwrap_or_default();
    let values = [
        notice.into(),
        at.into(),
        it.actor.as_str().into(),
        it.because.as_str().into(),
        paths.into(),
        it.before.reveal().into(),
        state.into(),
    ];
    let row = session.row(&KEEP_EARLIER, &values).await?;
    let version = row.ok_or(StoreError::Corrupt("correction"))?.int(0);
    let detail = json!({
        "paths": it.paths, "reason": it.because.as_str(), "state": state, "version": version,
    });
    lines.push(by(&it.actor, notice, now, "notice.corrected", detail));
    Ok(version)
}

/// By what the notice is found, and with which it is one, as it stands now.
async fn find_by(session: &mut Session, it: &Correction, state: &str) -> Result<(), StoreError> {
    let notice = it.reference.as_str();
    for forget in [&FORGET_PERSONS, &FORGET_CONTENT, &GIVE_UP_CONTENT, &links::LOOK_AGAIN] {
        session.run(forget, &[notice.into()]).await?;
    }
    links::compare_anew(session, notice).await?;
    let key = lookup::lookup_key(session).await?;
    let persons = it.identities.iter().map(|it| vec![key.hash(it).into(), notice.into()]);
    session.insert(&inserts::PERSON_KEYS, persons.collect()).await?;
    let content = it.sameness.iter().map(|it| vec![notice.into(), key.hash(it.reveal()).into()]);
    session.insert(&inserts::NOTICE_CONTENTS, content.collect()).await?;
    // What waits for a person makes a case for the others when it is let go.
    if !matches!(state, "needsReview" | "notNotice") {
        sameness::own(session, &it.reference).await?;
    }
    Ok(())
}

async fn hand_over(
    session: &mut Session,
    it: &Correction,
    state: &str,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let waits = matches!(state, "needsReview" | "notNotice" | "parked" | "retrying" | "uncertain");
    match &it.hand_over {
        Some(again) if waits => {
            // A canary stays where it is; the correction stands all the same.
            let retried = decisions::retry(session, (&it.reference, &it.actor, again), now, lines);
            drop(retried.await?);
            Ok(Ok(()))
        }
        _ => Ok(Ok(())),
    }
}

//! What belongs with a notice's case after its hand-over: the confirmations and letters that were sent, and what people corrected, each once its notice has a
//! case.
//!
//! Each is work of the outbox, planned by looking: whichever comes first, the case or the sending, and whoever dies between the two, the next look
//! finds what is missing.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::enclosure::EnclosureKey;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::actions::ActionRefused;
use crate::store::actions::by;
use crate::store::corrections::enclosed;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::over_rows;
use crate::store::engine::same;
use crate::store::jobs::JobKind;
use crate::store::jobs::instant;
use crate::store::journal::Line;
use crate::store::rows::rows_json;
use crate::store::rows::run_rows;
use crate::store::statements as sql;
use jiff::Timestamp;
use serde_json::json;

/// What is missing: sent by us (what a person did otherwise is not ours to enclose), and its notice has a case.
macro_rules! missing {
    ($head:expr, $tail:expr) => {
        same!(concat!(
            $head,
            " FROM acknowledgements a JOIN notices n ON n.reference = a.reference WHERE a.state = 'sent' \
             AND a.purpose IN ('confirmation', 'copy', 'offer') AND a.enclosed IS NULL AND a.rendered IS NOT NULL \
             AND COALESCE(a.reason, '') <> 'byHand' AND n.state = 'delivered' AND n.case_id IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'enclose' AND j.subject = a.reference || '/' || a.recipient || '/' || \
             a.purpose || '/' || a.way || '/' || CAST(a.version AS TEXT))",
            $tail
        ))
    };
}

pub(super) const MISSING: Statement = missing!("SELECT a.reference", " LIMIT 1");
pub(super) const PLAN: Statement = missing!(
    "INSERT INTO jobs (kind, subject, priority, due_at, created_at) SELECT 'enclose', a.reference || '/' || a.recipient || '/' || \
     a.purpose || '/' || a.way || '/' || CAST(a.version AS TEXT), 0, $1, $1",
    " ON CONFLICT DO NOTHING"
);
pub(super) const READ_ENCLOSURES: Statement = over_rows!(
    "SELECT a.reference || '/' || a.recipient || '/' || a.purpose || '/' || a.way || '/' || CAST(a.version AS TEXT), \
     a.rendered, a.sent_at, f.document",
    "JOIN acknowledgements a ON a.reference = r.value ->> 0 AND a.recipient = r.value ->> 1 AND a.purpose = r.value ->> 2 \
     AND a.way = r.value ->> 3 AND a.version = CAST(r.value ->> 4 AS BIGINT) AND a.state = 'sent' \
     LEFT JOIN confirmations f ON f.notice = a.reference AND f.version = a.version AND a.purpose = 'confirmation'"
);
pub(super) const MARK: Statement = same!(
    "UPDATE acknowledgements SET enclosed = $6 WHERE reference = $1 AND recipient = $2 AND purpose = $3 AND way = $4 AND version = $5"
);
pub(super) const AGAIN: Statement = same!(
    "UPDATE acknowledgements SET enclosed = NULL WHERE reference = $1 AND enclosed = 'failed'"
);
pub(super) const BY_HAND: Statement = same!(
    "UPDATE acknowledgements SET enclosed = 'byHand' WHERE reference = $1 AND enclosed = 'failed'"
);
pub(super) const FAILED: Statement = same!(
    "SELECT a.reference, n.case_id, a.purpose FROM acknowledgements a JOIN notices n ON n.reference = a.reference WHERE a.enclosed = 'failed' \
     UNION SELECT c.notice, n.case_id, 'correction' FROM corrections c JOIN notices n ON n.reference = c.notice WHERE c.enclosed IN ('failed', 'notTaken') \
     ORDER BY 1, 3"
);

/// What was sent, to be kept with the case.
pub struct EnclosureJob {
    /// Which acknowledgement.
    pub key: AcknowledgementKey,
    /// What was sent, as it was stored.
    pub rendered: String,
    /// When.
    pub sent_at: Timestamp,
    /// The confirmation itself (JSON), whatever way it went.
    pub document: Option<String>,
}

/// What the case system did not take; a person sees to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotEnclosed {
    /// The notice.
    pub reference: Reference,
    /// Its case.
    pub case_id: String,
    /// `confirmation`, `copy`, `offer` or `correction`.
    pub purpose: String,
}

/// What happens to it.
#[derive(Clone, Debug)]
pub enum EnclosureChange {
    /// Whatever is missing becomes work.
    Planned,
    /// The case system has it, or takes no such thing.
    Done {
        /// Which piece.
        key: EnclosureKey,
        /// Whether the case system has it.
        taken: bool,
    },
    /// There is nothing to enclose any more: it came back, and goes another way.
    Gone {
        /// Its key, as the job has it.
        subject: String,
    },
    /// It failed for now.
    Again {
        /// Which piece.
        key: EnclosureKey,
        /// When to try again.
        at: Timestamp,
    },
    /// It failed for good: a person sees to it.
    Failed {
        /// Which piece.
        key: EnclosureKey,
    },
    /// A person lets what failed be tried again.
    Retried {
        /// The notice.
        reference: Reference,
        /// Who.
        actor: String,
    },
    /// A person has put it there.
    ByHand {
        /// The notice.
        reference: Reference,
        /// Who.
        actor: String,
    },
}

impl Store {
    /// Makes work of what is missing.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn plan_enclosures(&self) -> Result<(), StoreError> {
        let mut session = self.engine.reading().await?;
        let mut missing = session.row(&MISSING, &[]).await?.is_some();
        missing |= session.row(&enclosed::MISSING_CORRECTION, &[]).await?.is_some();
        drop(session);
        if missing {
            let planned = crate::store::Action::Enclosure(EnclosureChange::Planned);
            // Nothing refuses it.
            drop(self.act(planned).await?);
        }
        Ok(())
    }

    /// What is needed to enclose these; of what has come back meanwhile, nothing.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn enclosure_jobs(
        &self,
        subjects: &[String],
    ) -> Result<Vec<EnclosureJob>, StoreError> {
        let keys = subjects.iter().filter_map(|subject| AcknowledgementKey::parse(subject));
        let keys: Vec<_> = keys
            .map(|key| {
                let (recipient, purpose) = (key.recipient.as_str(), key.purpose.as_str());
                (key.reference, recipient, purpose, key.way.as_str(), key.version)
            })
            .collect();
        let mut session = self.engine.reading().await?;
        let rows = session.rows(&READ_ENCLOSURES, &[rows_json(&keys)?.into()]).await?;
        rows.into_iter().map(job).collect()
    }

    /// What the case system did not take.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn not_enclosed(&self) -> Result<Vec<NotEnclosed>, StoreError> {
        let rows = self.engine.reading().await?.rows(&FAILED, &[]).await?;
        let read = |mut row: Row| {
            let reference =
                Reference::parse(&row.text(0)).ok_or(StoreError::Corrupt("reference"))?;
            Ok(NotEnclosed { reference, case_id: row.text(1), purpose: row.text(2) })
        };
        rows.into_iter().map(read).collect()
    }
}

fn job(mut row: Row) -> Result<EnclosureJob, StoreError> {
    Ok(EnclosureJob {
        key: AcknowledgementKey::parse(&row.text(0))
            .ok_or(StoreError::Corrupt("acknowledgement key"))?,
        rendered: row.text(1),
        sent_at: row.maybe_int(2).map(instant).unwrap_or_default(),
        document: row.maybe_text(3),
    })
}

/// Runs a change inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    change: &EnclosureChange,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    match change {
        EnclosureChange::Planned => {
            for plan in [&PLAN, &enclosed::PLAN_CORRECTIONS] {
                session.run(plan, &[now.as_microsecond().into()]).await?;
            }
        }
        EnclosureChange::Done { key, taken: true } => {
            end(session, key, "taken").await?;
            lines.push(told(key, now, true));
        }
        EnclosureChange::Done { key, taken: false } => end(session, key, "notTaken").await?,
        EnclosureChange::Gone { subject } => end_job(session, subject).await?,
        EnclosureChange::Failed { key } => {
            end(session, key, "failed").await?;
            lines.push(told(key, now, false));
        }
        EnclosureChange::Again { key, at } => {
            let row = json!([JobKind::Enclose.as_str(), key.subject(), at.as_microsecond(), 0]);
            run_rows(session, &sql::RESCHEDULE_JOBS, &[row]).await?;
        }
        EnclosureChange::Retried { reference, actor } => {
            let event = "person.enclosureRetried";
            let again = [&AGAIN, &enclosed::CORRECTION_AGAIN];
            return by_person(session, again, (reference, actor, event), now, lines).await;
        }
        EnclosureChange::ByHand { reference, actor } => {
            let event = "person.enclosed";
            let by_hand = [&BY_HAND, &enclosed::CORRECTION_BY_HAND];
            return by_person(session, by_hand, (reference, actor, event), now, lines).await;
        }
    }
    Ok(Ok(()))
}

async fn end(session: &mut Session, key: &EnclosureKey, word: &str) -> Result<(), StoreError> {
    match key {
        EnclosureKey::Sent(key) => {
            let values = [
                key.reference.as_str().into(),
                key.recipient.as_str().into(),
                key.purpose.as_str().into(),
                key.way.as_str().into(),
                i64::from(key.version).into(),
                word.into(),
            ];
            session.run(&MARK, &values).await?;
        }
        EnclosureKey::Corrected { reference, version } => {
            let values = [reference.as_str().into(), i64::from(*version).into(), word.into()];
            session.run(&enclosed::MARK_CORRECTION, &values).await?;
        }
    }
    end_job(session, &key.subject()).await
}

async fn end_job(session: &mut Session, subject: &str) -> Result<(), StoreError> {
    let row = json!([JobKind::Enclose.as_str(), subject]);
    run_rows(session, &sql::DELETE_JOBS, &[row]).await.map(drop)
}

async fn by_person(
    session: &mut Session,
    statements: [&Statement; 2],
    (reference, actor, event): (&Reference, &str, &'static str),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let mut changed = 0;
    for statement in statements {
        changed += session.run(statement, &[reference.as_str().into()]).await?;
    }
    if changed == 0 {
        return Ok(Err(ActionRefused::Unknown));
    }
    lines.push(by(actor, reference.as_str(), now, event, json!({})));
    Ok(Ok(()))
}

fn told(key: &EnclosureKey, now: Timestamp, taken: bool) -> Line {
    let event = match (key, taken) {
        (EnclosureKey::Sent(_), true) => "acknowledgement.enclosed",
        (EnclosureKey::Sent(_), false) => "acknowledgement.notEnclosed",
        (EnclosureKey::Corrected { .. }, true) => "correction.enclosed",
        (EnclosureKey::Corrected { .. }, false) => "correction.notEnclosed",
    };
    Line::gateway(key.reference(), now, event, json!({ "key": key.subject() }))
}

//! What became of the duty roster, on which it hangs whom Kronofogden is told: who changed its file by the pages, and that it was changed by other
//! hands. A log that is only added to; it holds digests and ids, no names.
//!
//! A change by the pages is asked for before the file is written and found in it afterwards. A process that dies between the two leaves the finding
//! to the next look at the file: whose change it is, is known by its digest.

use crate::domain::digest::Digest;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::actions::ActionRefused;
use crate::store::actions::by;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::instant;
use crate::store::journal::Line;
use jiff::Timestamp;
use serde_json::json;

/// A row takes the next number; where two processes are at it at once, one of them adds nothing.
pub(super) const ADD_TO_ROSTER_LOG: Statement = same!(
    "INSERT INTO roster_log (seq, at, actor, event, digest_before, digest_after, what) \
     SELECT COALESCE(MAX(seq), 0) + 1, CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT), \
     CAST($6 AS TEXT) FROM roster_log WHERE TRUE ON CONFLICT DO NOTHING"
);
/// What the file is known to hold.
pub(super) const LAST_ROSTER: Statement = same!(
    "SELECT digest_after FROM roster_log WHERE event IN ('saved', 'seen') ORDER BY seq DESC LIMIT 1"
);
/// Who asked for what is found, if nobody has been told since what became of it.
pub(super) const ASKED_FOR_ROSTER: Statement = same!(
    "SELECT actor, digest_before, what FROM roster_log WHERE event = 'asked' AND digest_after = $1 AND seq > \
     COALESCE((SELECT MAX(o.seq) FROM roster_log o WHERE o.event <> 'asked' AND o.digest_after = $1), 0) ORDER BY seq DESC LIMIT 1"
);
pub(super) const ROSTER_LOG: Statement = same!(
    "SELECT at, actor, event, what, digest_after FROM roster_log WHERE event <> 'asked' ORDER BY seq DESC LIMIT $1"
);

/// What happens to the roster's file.
#[derive(Clone, Debug)]
pub enum RosterChange {
    /// Somebody is about to write it.
    Asked {
        /// Who.
        actor: String,
        /// What it holds.
        before: Digest,
        /// What it is to hold.
        after: Digest,
        /// What differs, by sections and ids.
        what: String,
    },
    /// It could not be written.
    Dropped {
        /// Who.
        actor: String,
        /// What it was to hold.
        after: Digest,
    },
    /// This is what it holds now. Harmless to repeat.
    Found {
        /// Its digest.
        digest: Digest,
        /// What differs from what it held, where that is known.
        what: String,
    },
}

/// One entry of the log.
#[derive(Clone, Debug)]
pub struct RosterEntry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// `saved` by the pages, `seen` when it was changed by other hands, `dropped` when it could not be written.
    pub event: String,
    /// What differs, by sections and ids; empty when it is not known.
    pub what: String,
    /// The digest of the file.
    pub digest: String,
}

impl Store {
    /// The latest entries of the roster's log, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn roster_log(&self, limit: i64) -> Result<Vec<RosterEntry>, StoreError> {
        let rows = self.engine.reading().await?.rows(&ROSTER_LOG, &[limit.into()]).await?;
        let entry = |mut row: Row| RosterEntry {
            at: instant(row.int(0)),
            actor: row.text(1),
            event: row.text(2),
            what: row.text(3),
            digest: row.text(4),
        };
        Ok(rows.into_iter().map(entry).collect())
    }
}

/// Runs a change inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    change: &RosterChange,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    match change {
        RosterChange::Asked { actor, before, after, what } => {
            let entry = (actor.as_str(), "asked", before.to_string(), *after, what.as_str());
            add(session, entry, now).await
        }
        RosterChange::Dropped { actor, after } => {
            add(session, (actor, "dropped", String::new(), *after, ""), now).await
        }
        RosterChange::Found { digest, what } => found(session, (digest, what), now, lines).await,
    }
}

async fn found(
    session: &mut Session,
    (digest, what): (&Digest, &str),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let last = session.row(&LAST_ROSTER, &[]).await?.map(|mut row| row.text(0));
    if last.as_deref() == Some(digest.to_string().as_str()) {
        return Ok(Ok(()));
    }
    let asked = session.row(&ASKED_FOR_ROSTER, &[digest.to_string().into()]).await?;
    let asked = asked.map(|mut row| (row.text(0), row.text(1), row.text(2)));
    let (actor, event, before, what, said) = match asked {
        Some((actor, before, what)) => (actor, "saved", before, what, "roster.changed"),
        None => {
            let before = last.unwrap_or_default();
            ("gateway".to_owned(), "seen", before, what.to_owned(), "roster.seen")
        }
    };
    let detail = json!({ "before": before, "digest": digest, "what": what });
    if let Err(refused) = add(session, (&actor, event, before, *digest, &what), now).await? {
        return Ok(Err(refused));
    }
    lines.push(by(&actor, "", now, said, detail));
    Ok(Ok(()))
}

async fn add(
    session: &mut Session,
    (actor, event, before, after, what): (&str, &str, String, Digest, &str),
    now: Timestamp,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let values = [
        now.as_microsecond().into(),
        actor.into(),
        event.into(),
        before.into(),
        after.to_string().into(),
        what.into(),
    ];
    let added = session.run(&ADD_TO_ROSTER_LOG, &values).await?;
    Ok(if added == 0 { Err(ActionRefused::Taken) } else { Ok(()) })
}

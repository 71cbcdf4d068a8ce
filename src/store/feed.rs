//! Confirmations to Kronofogden in the order of their running number, as each was first written, and who has fetched which: whoever has fetched one has
//! been told.
//!
//! A number is drawn in the transaction that writes its confirmation, and the counter is held until that commits: the series has no holes, and a number
//! is never seen before a lower one.

use crate::domain::acknowledgement::Recipient;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::acknowledgements::NewAcknowledgement;
use crate::store::acknowledgements::Rendering;
use crate::store::actions::ActionRefused;
use crate::store::actions::by;
use crate::store::by_hand;
use crate::store::confirmations::Confirm;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::JobKind;
use crate::store::jobs::instant;
use crate::store::journal::Line;
use crate::store::statements as sql;
use crate::telemetry;
use jiff::Timestamp;
use serde_json::json;

pub(super) const WRITE: Statement = same!(
    "INSERT INTO confirmations (number, notice, version, document, written_at) VALUES ($1, $2, $3, $4, $5)"
);
/// What a person holds back at $2, and what has not gone any other way; `f` is the confirmation.
macro_rules! held {
    ($select:literal, $more:literal) => {
        same!(concat!(
            $select,
            " FROM holds h JOIN confirmations f ON f.notice = h.notice WHERE h.until > $2 AND f.fetched_at IS NULL \
             AND NOT EXISTS (SELECT 1 FROM acknowledgements a WHERE a.reference = f.notice AND a.purpose = 'confirmation' \
             AND a.version = f.version AND a.state = 'sent')",
            $more
        ))
    };
}

/// The lowest number that is held; $1 is the highest there can be.
pub(super) const FIRST_HELD: Statement = held!("SELECT COALESCE(MIN(f.number), $1)", "");
pub(super) const IS_HELD: Statement = held!("SELECT f.number", " AND f.number = $1");
pub(super) const READ_ON: Statement = same!(
    "SELECT number, document, fetched_at FROM confirmations WHERE number > $1 AND number < $3 ORDER BY number LIMIT $2"
);
pub(super) const READ_ONE: Statement =
    same!("SELECT number, document, fetched_at FROM confirmations WHERE number = $1");
pub(super) const READ_OF: Statement = same!(
    "SELECT f.number, f.document, f.fetched_at FROM confirmations f JOIN notices n ON n.reference = f.notice \
     WHERE n.message = $1 ORDER BY f.number"
);
pub(super) const FETCHED: Statement = same!(
    "UPDATE confirmations SET fetched_at = $2, fetched_by = $3 WHERE number = $1 AND fetched_at IS NULL RETURNING notice, version"
);
/// Whichever way it was to go: it has come.
pub(super) const TOLD_BY_FEED: Statement = same!(
    "UPDATE acknowledgements SET state = 'sent', sent_at = $3, reason = NULL, evidence = COALESCE(evidence || '; ', '') || $4 \
     WHERE reference = $1 AND purpose = 'confirmation' AND version = $2 AND way <> 'outstanding' \
     AND state IN ('pending', 'retrying', 'failed', 'bounced') \
     RETURNING reference || '/' || recipient || '/' || purpose || '/' || way || '/' || CAST(version AS TEXT), \
     (SELECT m.received_at FROM messages m WHERE m.reference = acknowledgements.message)"
);
/// What it was called about, and counts as told since then.
pub(super) const CALL_ANSWERED: Statement = same!(
    "UPDATE acknowledgements SET evidence = COALESCE(evidence || '; ', '') || $3 WHERE reference = $1 AND purpose = 'confirmation' \
     AND version = $2 AND way = 'webhook' AND state = 'sent'"
);
pub(super) const ALLOW_READER: Statement =
    same!("INSERT INTO feed_readers (client, since) VALUES ($1, $2) ON CONFLICT DO NOTHING");
pub(super) const READERS: Statement = same!("SELECT client FROM feed_readers ORDER BY client");
pub(super) const MAY_READ: Statement = same!("SELECT client FROM feed_readers WHERE client = $1");

/// What happens to the feed.
#[derive(Clone, Debug)]
pub enum FeedChange {
    /// A client may read it from now on.
    Allowed {
        /// The client's name.
        client: String,
        /// Who allows it.
        actor: String,
    },
    /// Confirmations are handed out to a client: committed before the answer leaves.
    Fetched {
        /// The client's name.
        client: String,
        /// Their running numbers.
        numbers: Vec<i64>,
    },
}

/// A confirmation of the series.
#[derive(Clone)]
pub struct FeedRow {
    /// Its running number.
    pub number: i64,
    /// It, as JSON.
    pub document: String,
    /// When it was first fetched.
    pub fetched_at: Option<Timestamp>,
}

impl Store {
    /// Confirmations after a number, the lowest first, so many at most. The series stops before one that a person holds back: what comes after it
    /// waits as well, so that no reader sees a hole.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn confirmations_after(
        &self,
        number: i64,
        limit: i64,
    ) -> Result<Vec<FeedRow>, StoreError> {
        let mut session = self.engine.reading().await?;
        let held = [i64::MAX.into(), self.clock.now().as_microsecond().into()];
        let first_held = session.row(&FIRST_HELD, &held).await?;
        let before = first_held.map_or(i64::MAX, |row| row.int(0));
        let values = [number.into(), limit.into(), before.into()];
        let rows = session.rows(&READ_ON, &values).await?;
        Ok(rows.into_iter().map(feed_row).collect())
    }

    /// The confirmation with this number, unless a person holds it back.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn confirmation(&self, number: i64) -> Result<Option<FeedRow>, StoreError> {
        let mut session = self.engine.reading().await?;
        let held = [number.into(), self.clock.now().as_microsecond().into()];
        if session.row(&IS_HELD, &held).await?.is_some() {
            return Ok(None);
        }
        Ok(session.row(&READ_ONE, &[number.into()]).await?.map(feed_row))
    }

    /// The confirmations of a message's notices.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn confirmations_of(&self, message: &Reference) -> Result<Vec<FeedRow>, StoreError> {
        let values = [message.as_str().into()];
        let rows = self.engine.reading().await?.rows(&READ_OF, &values).await?;
        Ok(rows.into_iter().map(feed_row).collect())
    }

    /// Whether a client may read the feed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn may_read_feed(&self, client: &str) -> Result<bool, StoreError> {
        let row = self.engine.reading().await?.row(&MAY_READ, &[client.into()]).await?;
        Ok(row.is_some())
    }

    /// The clients that may read the feed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn feed_readers(&self) -> Result<Vec<String>, StoreError> {
        let rows = self.engine.reading().await?.rows(&READERS, &[]).await?;
        Ok(rows.into_iter().map(|mut row| row.text(0)).collect())
    }
}

fn feed_row(mut row: Row) -> FeedRow {
    FeedRow { number: row.int(0), document: row.text(1), fetched_at: row.maybe_int(2).map(instant) }
}

/// Writes a confirmation into the series where it does not stand there yet, and gives what is sent under its number.
pub(super) async fn write(
    session: &mut Session,
    confirm: &Confirm,
    now: Timestamp,
) -> Result<NewAcknowledgement, StoreError> {
    let new = confirm.acknowledgement.clone();
    let Rendering::Numbered { counter, render } = &confirm.document else { return Ok(new) };
    let row = session.row(&sql::NEXT_NUMBER, &[counter.as_str().into()]).await?;
    let number = row.ok_or(StoreError::Corrupt("counter"))?.int(0);
    let values = [
        number.into(),
        new.key.reference.as_str().into(),
        i64::from(new.key.version).into(),
        render(number).into(),
        now.as_microsecond().into(),
    ];
    session.run(&WRITE, &values).await?;
    let rendered = new.rendering.with_number(number);
    Ok(NewAcknowledgement {
        rendering: rendered.map_or(Rendering::Nothing, Rendering::Text),
        ..new
    })
}

/// Runs a change inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    change: &FeedChange,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    match change {
        FeedChange::Allowed { client, actor } => {
            let values = [client.as_str().into(), now.as_microsecond().into()];
            if session.run(&ALLOW_READER, &values).await? > 0 {
                let detail = json!({ "client": client, "reads": "confirmations" });
                lines.push(by(actor, "", now, "client.reads", detail));
            }
        }
        FeedChange::Fetched { client, numbers } => {
            for number in numbers {
                // Held since it was read: nothing of what was read is handed out.
                let held = [(*number).into(), now.as_microsecond().into()];
                if session.row(&IS_HELD, &held).await?.is_some() {
                    return Ok(Err(ActionRefused::State("held".to_owned())));
                }
            }
            for number in numbers {
                fetched(session, (client, *number), now, lines).await?;
            }
        }
    }
    Ok(Ok(()))
}

/// The first time counts.
async fn fetched(
    session: &mut Session,
    (client, number): (&str, i64),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    let at = now.as_microsecond();
    let values = [number.into(), at.into(), client.into()];
    let Some(mut row) = session.row(&FETCHED, &values).await? else { return Ok(()) };
    let (notice, version) = (row.text(0), row.int(1));
    let reference = Reference::parse(&notice).ok_or(StoreError::Corrupt("reference"))?;
    let detail = json!({ "client": client, "number": number, "version": version });
    lines.push(Line::gateway(&reference, now, "confirmation.fetched", detail));
    let evidence = format!("fetched by the client {client} as number {number}");
    let call = [notice.as_str().into(), version.into(), evidence.as_str().into()];
    session.run(&CALL_ANSWERED, &call).await?;
    let values = [notice.into(), version.into(), at.into(), evidence.into()];
    for mut row in session.rows(&TOLD_BY_FEED, &values).await? {
        let subject = row.text(0);
        let job = [JobKind::Confirm.as_str().into(), subject.as_str().into()];
        session.run(&by_hand::DELETE_JOB, &job).await?;
        let delay = now.duration_since(instant(row.int(1))).as_secs_f64();
        let recipient = Recipient::EnforcementAuthority.as_str();
        metrics::histogram!(telemetry::ACKNOWLEDGEMENT_DELAY, "recipient" => recipient)
            .record(delay);
        let detail = json!({ "key": subject });
        lines.push(Line::gateway(&reference, now, "acknowledgement.sent", detail));
    }
    Ok(())
}

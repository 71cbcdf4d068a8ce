//! What is not acknowledged yet, grouped by cause, and the troubles that people were told of.

use crate::domain::switch::Switch;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::actions::by;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::instant;
use crate::store::journal::Line;
use jiff::Timestamp;
use serde_json::json;

/// Receipts that wait for a digest are in order until they are due.
pub(super) const OPEN_BY_CAUSE: Statement = same!(
    "SELECT purpose, CASE WHEN way = 'outstanding' THEN COALESCE(reason, '') ELSE '' END, COUNT(*), MIN(COALESCE(owed_at, created_at)), due_at, \
     MIN(promised_at) FROM acknowledgements WHERE state IN ('pending', 'retrying', 'failed', 'bounced') \
     AND (reason IS NULL OR due_at < $1 OR (reason <> 'digest' AND reason NOT LIKE 'digest:%')) GROUP BY 1, 2, due_at ORDER BY due_at, 1, 2"
);
/// What was told by webhook is kept apart, under `webhook ` and its cause: each of the two is told in its own time.
pub(super) const ALARMS: Statement =
    same!("SELECT cause, since, level FROM alarms WHERE cause NOT LIKE 'webhook %' ORDER BY cause");
pub(super) const ALARMS_BY_WEBHOOK: Statement = same!(
    "SELECT SUBSTR(cause, 9), since, level FROM alarms WHERE cause LIKE 'webhook %' ORDER BY cause"
);
pub(super) const RAISE: Statement = same!(
    "INSERT INTO alarms (cause, since, level) VALUES ($1, $2, $3) ON CONFLICT (cause) DO UPDATE SET level = excluded.level"
);
pub(super) const END: Statement = same!("DELETE FROM alarms WHERE cause = $1");
/// Receivers that have said that they are gone are kept among what was told by webhook, under `gone ` and what tells one from another.
pub(super) const REVIVE: Statement = same!("DELETE FROM alarms WHERE cause LIKE 'webhook gone %'");

/// Acknowledgements that are open for one cause and due on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenForCause {
    /// The purpose's stable word.
    pub purpose: String,
    /// Why none of them can go, a stable code; empty when they are on their way or have failed.
    pub reason: String,
    /// How many.
    pub count: i64,
    /// Since when the oldest is owed.
    pub oldest_at: Timestamp,
    /// When they are due: the end of the day.
    pub due_at: Timestamp,
    /// By what hour the first of them was promised.
    pub promised_at: Option<Timestamp>,
}

/// A trouble that people were told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Its cause, a stable code.
    pub cause: String,
    /// Since when.
    pub since: Timestamp,
    /// How grave it was when they were told last.
    pub level: i64,
}

impl AlarmChange {
    /// The same, told by webhook.
    pub fn by_webhook(self) -> Self {
        match self {
            Self::Raised { cause, level } => {
                Self::Raised { cause: format!("webhook {cause}"), level }
            }
            Self::Ended { cause } => Self::Ended { cause: format!("webhook {cause}") },
            Self::Revived { actor } => Self::Revived { actor },
        }
    }

    /// That the receiver of alarms with this fingerprint has said that it is gone for good.
    pub fn gone(fingerprint: &str) -> Self {
        Self::Raised { cause: gone(fingerprint), level: 0 }.by_webhook()
    }
}

/// What people were told.
#[derive(Clone, Debug)]
pub enum AlarmChange {
    /// That a trouble began, or grew.
    Raised {
        /// Its cause.
        cause: String,
        /// How grave it is.
        level: i64,
    },
    /// That it ended.
    Ended {
        /// Its cause.
        cause: String,
    },
    /// That a person has alarms told again to receivers that had said that they are gone.
    Revived {
        /// Who.
        actor: String,
    },
}

fn gone(fingerprint: &str) -> String {
    format!("gone {fingerprint}")
}

impl Alarm {
    /// Whether it is kept because the receiver with this fingerprint has said that it is gone, and no trouble of its own.
    pub fn says_gone(&self, fingerprint: &str) -> bool {
        self.cause == gone(fingerprint)
    }
}

impl Store {
    /// What is open, by cause and day.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_by_cause(&self, now: Timestamp) -> Result<Vec<OpenForCause>, StoreError> {
        let values = [now.as_microsecond().into()];
        let rows = self.engine.reading().await?.rows(&OPEN_BY_CAUSE, &values).await?;
        let open = |mut row: Row| OpenForCause {
            purpose: row.text(0),
            reason: row.text(1),
            count: row.int(2),
            oldest_at: instant(row.int(3)),
            due_at: instant(row.int(4)),
            promised_at: row.maybe_int(5).map(instant),
        };
        Ok(rows.into_iter().map(open).collect())
    }

    /// The troubles that people were told of and that have not ended.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn alarms(&self) -> Result<Vec<Alarm>, StoreError> {
        self.told(&ALARMS).await
    }

    /// The same of what a webhook's receiver was told.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn alarms_by_webhook(&self) -> Result<Vec<Alarm>, StoreError> {
        self.told(&ALARMS_BY_WEBHOOK).await
    }

    async fn told(&self, statement: &Statement) -> Result<Vec<Alarm>, StoreError> {
        let rows = self.engine.reading().await?.rows(statement, &[]).await?;
        let alarm = |mut row: Row| Alarm {
            cause: row.text(0),
            since: instant(row.int(1)),
            level: row.int(2),
        };
        Ok(rows.into_iter().map(alarm).collect())
    }
}

/// Keeps what people were told.
pub(super) async fn keep(
    session: &mut Session,
    change: &AlarmChange,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    match change {
        AlarmChange::Raised { cause, level } => {
            let values = [cause.as_str().into(), now.as_microsecond().into(), (*level).into()];
            session.run(&RAISE, &values).await.map(drop)
        }
        AlarmChange::Ended { cause } => session.run(&END, &[cause.as_str().into()]).await.map(drop),
        AlarmChange::Revived { actor } => {
            session.run(&REVIVE, &[]).await?;
            let detail = json!({ "to": Switch::On.as_str(), "way": "alarms" });
            lines.push(by(actor, "", now, "person.switched", detail));
            Ok(())
        }
    }
}

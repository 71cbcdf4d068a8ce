//! What the people who watch see at a glance: counts of notices, the list behind each count, queues with their oldest.
//!
//! A count and its list are made from one condition, so that the list opened from a number is exactly what was counted.

use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Row;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::instant;
use jiff::Timestamp;

/// Which notices are counted or listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watched {
    /// All.
    All,
    /// Stored since the local day began.
    ReceivedToday,
    /// Of these, those whose sender had the receipt in time, or needed none.
    AcknowledgedToday,
    /// Those whose sender has no receipt yet.
    Unacknowledged,
    /// Those for which Kronofogden's confirmation or the person's copy is outstanding.
    Outstanding,
    /// Those on their way to the case system that are not there.
    NotHandedOver,
    /// Those in this state.
    State(String),
}

/// Which notices, of which unit, since when.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Which.
    pub what: Watched,
    /// Only this unit's.
    pub unit: Option<String>,
    /// The local day's first instant.
    pub day_start: Timestamp,
}

/// A notice as a list shows it, with both tracks.
#[derive(Clone, Debug)]
pub struct WatchedNotice {
    /// Its reference.
    pub reference: String,
    /// Its kind's stable word.
    pub kind: String,
    /// Its delivery state.
    pub state: String,
    /// Its unit.
    pub unit: String,
    /// Its case.
    pub case_id: Option<String>,
    /// The door.
    pub channel: String,
    /// When it reached the municipality.
    pub received_at: Timestamp,
    /// The state of its sender's receipt: of several, the one furthest on.
    pub receipt: String,
    /// Confirmations and copies that are outstanding.
    pub outstanding: i64,
    /// Attempts to hand it over.
    pub attempts: i64,
}

/// The open notices of one unit in one state.
#[derive(Clone, Debug)]
pub struct UnitQueue {
    /// The unit.
    pub unit: String,
    /// The state.
    pub state: String,
    /// How many.
    pub count: i64,
    /// When the oldest was stored.
    pub oldest_at: Timestamp,
}

/// A count and its list.
pub(super) struct Listed {
    pub(super) count: Statement,
    pub(super) list: Statement,
}

// $1: the day's first instant, $2: the unit or nothing, $3: a state or nothing, $4: how many.
macro_rules! listed {
    ($condition:literal) => {
        Listed {
            count: same!(concat!(
                "SELECT COUNT(*) FROM notices n JOIN messages m ON m.reference = n.message WHERE ",
                $condition,
                " AND (CAST($2 AS TEXT) = '' OR n.unit = CAST($2 AS TEXT)) AND CAST($1 AS BIGINT) IS NOT NULL \
                 AND CAST($3 AS TEXT) IS NOT NULL"
            )),
            list: same!(concat!(
                "SELECT n.reference, n.kind, n.state, n.unit, n.case_id, m.channel, m.received_at, n.attempts, \
                 (SELECT MIN(CASE a.state WHEN 'sent' THEN '1sent' WHEN 'suppressed' THEN '2suppressed' \
                 WHEN 'pending' THEN '3pending' WHEN 'retrying' THEN '4retrying' WHEN 'bounced' THEN '5bounced' \
                 ELSE '6failed' END) FROM acknowledgements a WHERE a.message = n.message AND a.purpose = 'receipt'), \
                 (SELECT COUNT(*) FROM acknowledgements a WHERE a.message = n.message AND a.reference = n.reference \
                 AND a.purpose IN ('confirmation', 'copy') AND a.state <> 'sent') \
                 FROM notices n JOIN messages m ON m.reference = n.message WHERE ",
                $condition,
                " AND (CAST($2 AS TEXT) = '' OR n.unit = CAST($2 AS TEXT)) AND CAST($1 AS BIGINT) IS NOT NULL \
                 AND CAST($3 AS TEXT) IS NOT NULL ORDER BY m.stored_at DESC, n.message, n.ordinal LIMIT CAST($4 AS BIGINT)"
            )),
        }
    };
}

pub(super) const ALL: Listed = listed!("1 = 1");
pub(super) const RECEIVED_TODAY: Listed = listed!("m.stored_at >= CAST($1 AS BIGINT)");
pub(super) const ACKNOWLEDGED_TODAY: Listed = listed!(
    "m.stored_at >= CAST($1 AS BIGINT) AND EXISTS (SELECT 1 FROM acknowledgements r WHERE r.message = n.message \
     AND r.purpose = 'receipt' AND (r.state = 'suppressed' OR (r.state = 'sent' AND r.sent_at <= r.due_at)))"
);
pub(super) const UNACKNOWLEDGED: Listed = listed!(
    "n.message IN (SELECT r.message FROM acknowledgements r WHERE r.purpose = 'receipt' \
     AND r.state IN ('pending', 'retrying', 'failed', 'bounced')) \
     AND NOT EXISTS (SELECT 1 FROM acknowledgements r WHERE r.message = n.message AND r.purpose = 'receipt' \
     AND r.state IN ('sent', 'suppressed'))"
);
pub(super) const OUTSTANDING: Listed = listed!(
    "n.reference IN (SELECT r.reference FROM acknowledgements r WHERE r.purpose IN ('confirmation', 'copy') \
     AND r.state IN ('pending', 'retrying', 'failed', 'bounced'))"
);
pub(super) const NOT_HANDED_OVER: Listed = listed!(
    "n.state NOT IN ('delivered', 'dismissed', 'notNotice') \
     AND n.state IN ('reading', 'queued', 'retrying', 'uncertain', 'parked')"
);
pub(super) const IN_STATE: Listed = listed!("n.state = CAST($3 AS TEXT)");
pub(super) const UNIT_QUEUES: Statement = same!(
    "SELECT n.unit, n.state, COUNT(*), MIN(m.stored_at) FROM notices n JOIN messages m ON m.reference = n.message \
     WHERE n.state NOT IN ('delivered', 'dismissed', 'notNotice') GROUP BY n.unit, n.state ORDER BY n.unit, n.state"
);
pub(super) const OLDEST_UNACKNOWLEDGED: Statement = same!(
    "SELECT m.reference, m.received_at FROM messages m WHERE m.reference IN (SELECT r.message FROM acknowledgements r \
     WHERE r.purpose = 'receipt' AND r.state IN ('pending', 'retrying', 'failed', 'bounced')) \
     AND NOT EXISTS (SELECT 1 FROM acknowledgements r WHERE r.message = m.reference AND r.purpose = 'receipt' \
     AND r.state IN ('sent', 'suppressed')) ORDER BY m.received_at LIMIT 1"
);
pub(super) const FIRST_WITH_DIGEST: Statement =
    same!("SELECT reference FROM messages WHERE sha256 = $1 ORDER BY stored_at LIMIT 1");

impl Watched {
    fn statements(&self) -> (&'static Listed, &str) {
        match self {
            Self::All => (&ALL, ""),
            Self::ReceivedToday => (&RECEIVED_TODAY, ""),
            Self::AcknowledgedToday => (&ACKNOWLEDGED_TODAY, ""),
            Self::Unacknowledged => (&UNACKNOWLEDGED, ""),
            Self::Outstanding => (&OUTSTANDING, ""),
            Self::NotHandedOver => (&NOT_HANDED_OVER, ""),
            Self::State(state) => (&IN_STATE, state),
        }
    }
}

impl Store {
    /// How many notices these are.
    pub async fn count_watched(&self, watch: &Watch) -> Result<i64, StoreError> {
        let (listed, state) = watch.what.statements();
        let unit = watch.unit.as_deref().unwrap_or_default();
        let values = [watch.day_start.as_microsecond().into(), unit.into(), state.into()];
        let row = self.engine.reading().await?.row(&listed.count, &values).await?;
        Ok(row.map_or(0, |row| row.int(0)))
    }

    /// These notices, newest first.
    pub async fn list_watched(
        &self,
        watch: &Watch,
        limit: i64,
    ) -> Result<Vec<WatchedNotice>, StoreError> {
        let (listed, state) = watch.what.statements();
        let unit = watch.unit.as_deref().unwrap_or_default();
        let values =
            [watch.day_start.as_microsecond().into(), unit.into(), state.into(), limit.into()];
        let rows = self.engine.reading().await?.rows(&listed.list, &values).await?;
        Ok(rows.into_iter().map(watched_notice).collect())
    }

    /// Open notices by unit and state.
    pub async fn unit_queues(&self) -> Result<Vec<UnitQueue>, StoreError> {
        let rows = self.engine.reading().await?.rows(&UNIT_QUEUES, &[]).await?;
        let queue = |mut row: Row| UnitQueue {
            unit: row.text(0),
            state: row.text(1),
            count: row.int(2),
            oldest_at: instant(row.int(3)),
        };
        Ok(rows.into_iter().map(queue).collect())
    }

    /// The message that has waited longest for its receipt, with its arrival.
    pub async fn oldest_unacknowledged(&self) -> Result<Option<(String, Timestamp)>, StoreError> {
        let row = self.engine.reading().await?.row(&OLDEST_UNACKNOWLEDGED, &[]).await?;
        Ok(row.map(|mut row| (row.text(0), instant(row.int(1)))))
    }

    /// The reference of the first message with exactly these bytes. Not indexed: for the demo.
    pub async fn first_with_digest(&self, sha256: &str) -> Result<Option<String>, StoreError> {
        let row = self.engine.reading().await?.row(&FIRST_WITH_DIGEST, &[sha256.into()]).await?;
        Ok(row.map(|mut row| row.text(0)))
    }
}

fn watched_notice(mut row: Row) -> WatchedNotice {
    WatchedNotice {
        reference: row.text(0),
        kind: row.text(1),
        state: row.text(2),
        unit: row.text(3),
        case_id: row.maybe_text(4),
        channel: row.text(5),
        received_at: instant(row.int(6)),
        attempts: row.int(7),
        receipt: row.text(8).get(1..).unwrap_or_default().to_owned(),
        outstanding: row.int(9),
    }
}

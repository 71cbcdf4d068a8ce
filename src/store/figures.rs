//! What the people who watch see at a glance: counts of notices, the list behind each count, queues with their oldest.
//!
//! A count and its list are made from one condition, so that the list opened from a number is exactly what was counted.

use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Row;
use crate::store::engine::Value;
use crate::store::jobs::instant;
use crate::store::lookup::lookup_key;
use crate::store::watched as sql;
use crate::store::watched::Listed;
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

/// Whose notices a person sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Boards {
    /// Every board's: for the demo and the command line.
    All,
    /// Those of these boards, by their ids.
    These(Vec<String>),
}

impl Boards {
    /// Whether a board is among them.
    pub fn hold(&self, board: &str) -> bool {
        match self {
            Self::All => true,
            Self::These(boards) => boards.iter().any(|id| id == board),
        }
    }

    /// As the statements take them: a JSON array, in which `*` stands for all.
    pub(super) fn json(&self) -> String {
        match self {
            Self::All => r#"["*"]"#.to_owned(),
            Self::These(boards) => {
                let named = boards.iter().filter(|id| *id != "*").collect::<Vec<_>>();
                serde_json::to_string(&named).unwrap_or_else(|_| "[]".to_owned())
            }
        }
    }
}

/// Which notices, of whom, since when.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Which.
    pub what: Watched,
    /// Only these boards'.
    pub boards: Boards,
    /// Only this unit's.
    pub unit: Option<String>,
    /// Only those that came by this door, by its stable word.
    pub channel: Option<String>,
    /// The local day's first instant.
    pub day_start: Timestamp,
}

impl Watch {
    /// All of these boards.
    pub fn new(what: Watched, boards: Boards, day_start: Timestamp) -> Self {
        Self { what, boards, unit: None, channel: None, day_start }
    }
}

/// Where a list goes on: behind this notice.
#[derive(Clone, Debug)]
pub struct Place {
    stored_at: i64,
    message: String,
    ordinal: i64,
}

impl Place {
    /// Before the first.
    pub fn start() -> Self {
        Self { stored_at: i64::MAX, message: String::new(), ordinal: -1 }
    }
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

impl Watched {
    fn statements(&self) -> (&'static Listed, &str) {
        match self {
            Self::All => (&sql::ALL, ""),
            Self::ReceivedToday => (&sql::RECEIVED_TODAY, ""),
            Self::AcknowledgedToday => (&sql::ACKNOWLEDGED_TODAY, ""),
            Self::Unacknowledged => (&sql::UNACKNOWLEDGED, ""),
            Self::Outstanding => (&sql::OUTSTANDING, ""),
            Self::NotHandedOver => (&sql::NOT_HANDED_OVER, ""),
            Self::State(state) if state == "delivered" => (&sql::IN_STATE, state),
            Self::State(state) if matches!(state.as_str(), "dismissed" | "notNotice") => {
                (&sql::SET_ASIDE, state)
            }
            Self::State(state) => (&sql::OPEN_IN_STATE, state),
        }
    }
}

impl Watch {
    fn values(&self, state: &str) -> Vec<Value> {
        vec![
            self.day_start.as_microsecond().into(),
            self.unit.as_deref().unwrap_or_default().into(),
            state.into(),
            self.boards.json().into(),
            self.channel.as_deref().unwrap_or_default().into(),
        ]
    }
}

impl Store {
    /// How many notices these are.
    pub async fn count_watched(&self, watch: &Watch) -> Result<i64, StoreError> {
        let (listed, state) = watch.what.statements();
        let count = match watch.channel {
            Some(_) => &listed.count_by_door,
            None => &listed.count,
        };
        let row = self.engine.reading().await?.row(count, &watch.values(state)).await?;
        Ok(row.map_or(0, |row| row.int(0)))
    }

    /// These notices from a place on, newest first.
    pub async fn list_watched(
        &self,
        watch: &Watch,
        from: &Place,
        limit: i64,
    ) -> Result<Vec<WatchedNotice>, StoreError> {
        let (listed, state) = watch.what.statements();
        let mut values = watch.values(state);
        let message = from.message.as_str();
        values.extend([limit.into(), from.stored_at.into(), message.into(), from.ordinal.into()]);
        let rows = self.engine.reading().await?.rows(&listed.list, &values).await?;
        Ok(rows.into_iter().map(watched_notice).collect())
    }

    /// The place behind a notice of one of these boards.
    pub async fn place_behind(
        &self,
        reference: &Reference,
        boards: &Boards,
    ) -> Result<Option<Place>, StoreError> {
        let row =
            self.engine.reading().await?.row(&sql::PLACE, &[reference.as_str().into()]).await?;
        let place = |mut row: Row| {
            let place = Place { stored_at: row.int(0), message: row.text(1), ordinal: row.int(2) };
            boards.hold(&row.text(3)).then_some(place)
        };
        Ok(row.and_then(place))
    }

    /// The latest 200 notices of these boards that name a person by this number, as twelve digits.
    pub async fn by_identity(
        &self,
        digits: &str,
        boards: &Boards,
    ) -> Result<Vec<String>, StoreError> {
        let mut session = self.engine.reading().await?;
        let key_hash = lookup_key(&mut session).await?.hash(digits);
        let rows =
            session.rows(&sql::BY_IDENTITY, &[boards.json().into(), key_hash.into()]).await?;
        Ok(rows.into_iter().map(|mut row| row.text(0)).collect())
    }

    /// Open notices of these boards by unit and state.
    pub async fn unit_queues(&self, boards: &Boards) -> Result<Vec<UnitQueue>, StoreError> {
        let values = [boards.json().into()];
        let rows = self.engine.reading().await?.rows(&sql::UNIT_QUEUES, &values).await?;
        let queue = |mut row: Row| UnitQueue {
            unit: row.text(0),
            state: row.text(1),
            count: row.int(2),
            oldest_at: instant(row.int(3)),
        };
        Ok(rows.into_iter().map(queue).collect())
    }

    /// The message with a notice of these boards that has waited longest for its receipt, with its arrival.
    pub async fn oldest_unacknowledged(
        &self,
        boards: &Boards,
    ) -> Result<Option<(String, Timestamp)>, StoreError> {
        let values = [boards.json().into()];
        let row = self.engine.reading().await?.row(&sql::OLDEST_UNACKNOWLEDGED, &values).await?;
        Ok(row.map(|mut row| (row.text(0), instant(row.int(1)))))
    }

    /// The reference of the first message with exactly these bytes. Not indexed: for the demo.
    pub async fn first_with_digest(&self, sha256: &str) -> Result<Option<String>, StoreError> {
        let row =
            self.engine.reading().await?.row(&sql::FIRST_WITH_DIGEST, &[sha256.into()]).await?;
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

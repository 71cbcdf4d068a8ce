//! What the store counts of each door's day, for comparison with the door's own count, and when each partner was last heard.

use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Row;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::instant;
use jiff::Timestamp;
use jiff::civil::Date;

/// When the last message of one sender came by one kind of door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastHeard {
    /// The kind of door's stable word.
    pub channel: String,
    /// The partner, or at the API the client.
    pub sender: String,
    /// When it arrived.
    pub at: Timestamp,
}

pub(super) const DAY_OF_DOOR: Statement = same!(
    "SELECT COUNT(*) FROM messages WHERE door = $1 AND arrival_date = $2 AND stored_at >= $3"
);
/// Each delivery is a file; one that was continued is the same file as what continues it.
pub(super) const FILES_OF_DOOR: Statement = Statement {
    sqlite: "SELECT COUNT(*) FROM occurrences o WHERE o.door = $1 AND o.reference IN (SELECT m.reference FROM messages m \
             WHERE m.door = $1 AND m.arrival_date = $2 AND m.stored_at >= $3 AND m.envelope ->> 'continues' IS NULL)",
    postgres: "SELECT COUNT(*) FROM occurrences o WHERE o.door = $1 AND o.reference IN (SELECT m.reference FROM messages m \
               WHERE m.door = $1 AND m.arrival_date = $2 AND m.stored_at >= $3 AND m.envelope::json ->> 'continues' IS NULL)",
};
pub(super) const LAST_HEARD: Statement = same!(
    "SELECT channel, partner, MAX(received_at) FROM messages WHERE stored_at >= $1 AND partner IS NOT NULL \
     GROUP BY channel, partner"
);
pub(super) const FIRST_STORED: Statement = same!("SELECT MIN(stored_at) FROM messages");

impl Store {
    /// How many messages that arrived by this door on this local day are stored. `day_start`: the day's first instant.
    pub async fn day_of_door(
        &self,
        door: &str,
        day: Date,
        day_start: Timestamp,
    ) -> Result<u64, StoreError> {
        self.count_door(&DAY_OF_DOOR, door, day, day_start).await
    }

    /// How many files were taken by this door for that day, those that were sent more than once as often as they were.
    pub async fn files_of_door(
        &self,
        door: &str,
        day: Date,
        day_start: Timestamp,
    ) -> Result<u64, StoreError> {
        self.count_door(&FILES_OF_DOOR, door, day, day_start).await
    }

    async fn count_door(
        &self,
        statement: &Statement,
        door: &str,
        day: Date,
        day_start: Timestamp,
    ) -> Result<u64, StoreError> {
        let values = [door.into(), day.to_string().into(), day_start.as_microsecond().into()];
        let row = self.engine.reading().await?.row(statement, &values).await?;
        Ok(row.map_or(0, |row| u64::try_from(row.int(0)).unwrap_or(0)))
    }

    /// When each known sender's last message arrived, of those stored since.
    pub async fn last_heard(&self, since: Timestamp) -> Result<Vec<LastHeard>, StoreError> {
        let values = [since.as_microsecond().into()];
        let rows = self.engine.reading().await?.rows(&LAST_HEARD, &values).await?;
        let last = |mut row: Row| LastHeard {
            channel: row.text(0),
            sender: row.text(1),
            at: instant(row.int(2)),
        };
        Ok(rows.into_iter().map(last).collect())
    }

    /// When the first message was stored: before that nobody was heard.
    pub async fn first_stored_at(&self) -> Result<Option<Timestamp>, StoreError> {
        let row = self.engine.reading().await?.row(&FIRST_STORED, &[]).await?;
        Ok(row.and_then(|row| row.maybe_int(0)).map(instant))
    }
}

//! Stored messages gone through in the order of their arrival: to read them again with other rules, and compare.

use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::instant;
use jiff::Timestamp;

pub(super) const ARRIVED: Statement = same!(
    "SELECT reference, received_at FROM messages WHERE received_at < $2 AND (received_at > $1 OR (received_at = $1 AND reference > $3)) \
     AND NOT EXISTS (SELECT 1 FROM canaries c WHERE c.message = messages.reference) ORDER BY received_at, reference LIMIT $4"
);

/// Where one stands in the archive: behind the message that came at this instant under this reference.
#[derive(Clone, Debug)]
pub struct Behind {
    /// The instant.
    pub at: Timestamp,
    /// The reference; empty before the first message of that instant.
    pub reference: String,
}

impl Store {
    /// The next messages that arrived before `end`, oldest first, at most `limit`; canaries are none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn arrived(
        &self,
        behind: &Behind,
        end: Timestamp,
        limit: i64,
    ) -> Result<Vec<(Reference, Timestamp)>, StoreError> {
        let values = [
            behind.at.as_microsecond().into(),
            end.as_microsecond().into(),
            behind.reference.as_str().into(),
            limit.into(),
        ];
        let rows = self.engine.reading().await?.rows(&ARRIVED, &values).await?;
        let found = rows
            .into_iter()
            .filter_map(|mut row| Some((Reference::parse(&row.text(0))?, instant(row.int(1)))));
        Ok(found.collect())
    }
}

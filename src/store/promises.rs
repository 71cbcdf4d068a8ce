//! What is still owed to Kronofogden and to persons, as the pages count and list it: the numbers, and the copies that have not gone, the most pressing
//! first. Counts and lists are made from one condition.

use crate::domain::acknowledgement::Purpose;
use crate::domain::reference::Reference;
use crate::store::Boards;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Row;
use crate::store::engine::Statement;
use crate::store::jobs::instant;
use jiff::Timestamp;

macro_rules! owed {
    ($head:literal, $boards:literal, $tail:literal) => {
        concat!(
            $head,
            " FROM acknowledgements a JOIN notices n ON n.reference = a.reference JOIN messages m ON m.reference = a.message \
             WHERE a.purpose IN ('confirmation', 'copy', 'offer') AND a.state IN ('pending', 'retrying', 'failed', 'bounced') \
             AND (CAST($1 AS TEXT) = '[\"*\"]' OR n.board IN (SELECT b.value FROM ",
            $boards,
            "))",
            $tail
        )
    };
}
macro_rules! owed_on_both {
    ($head:literal, $tail:literal) => {
        Statement {
            sqlite: owed!($head, "json_each($1) AS b", $tail),
            postgres: owed!($head, "json_array_elements_text($1::json) AS b(value)", $tail),
        }
    };
}

pub(super) const OWED: Statement = owed_on_both!(
    "SELECT a.purpose, COUNT(*), MIN(m.received_at), MIN(a.due_at)",
    " GROUP BY a.purpose"
);
/// `$5`: 1 for those of the restricted list, 0 for the others.
pub(super) const OPEN_COPIES: Statement = owed_on_both!(
    "SELECT a.reference, a.version, a.way, a.state, a.due_at, a.reason, n.unit, n.board, m.received_at",
    " AND a.purpose = $6 AND (a.due_at > $2 OR (a.due_at = $2 AND a.reference > $3)) AND $5 = CASE WHEN a.reason = 'protected' \
     OR EXISTS (SELECT 1 FROM protections p WHERE p.notice = a.reference AND p.answer = 'protected') THEN CAST(1 AS BIGINT) \
     ELSE CAST(0 AS BIGINT) END ORDER BY a.due_at, a.reference LIMIT $4"
);
pub(super) const RESTRICTED_OWED: Statement = owed_on_both!(
    "SELECT COUNT(*), MIN(m.received_at), MIN(a.due_at)",
    " AND a.purpose = $2 AND (a.reason = 'protected' \
     OR EXISTS (SELECT 1 FROM protections p WHERE p.notice = a.reference AND p.answer = 'protected'))"
);

/// How much is owed to one recipient.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owed {
    /// How many.
    pub count: i64,
    /// When the oldest of their notices arrived.
    pub oldest_at: Option<Timestamp>,
    /// When the first of them is due.
    pub due_at: Option<Timestamp>,
}

/// What is owed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promises {
    /// Confirmations to Kronofogden.
    pub confirmations: Owed,
    /// Copies to persons.
    pub copies: Owed,
    /// Letters that offer help: no statute asks for them.
    pub offers: Owed,
}

/// A copy that has not gone.
#[derive(Clone, Debug)]
pub struct OpenCopy {
    /// The notice's reference.
    pub reference: Reference,
    /// By which way it goes; `outstanding` while nobody has approved it.
    pub way: String,
    /// How far it has come.
    pub state: String,
    /// By when.
    pub due_at: Timestamp,
    /// Why it stands where it stands: a stable code.
    pub reason: Option<String>,
    /// The id of the notice's unit.
    pub unit: String,
    /// The id of its board.
    pub board: String,
    /// When the notice arrived.
    pub received_at: Timestamp,
}

/// Where a list of copies goes on: behind this one.
#[derive(Clone, Debug)]
pub struct CopyPlace {
    /// When it is due.
    pub due_at: Timestamp,
    /// Its notice.
    pub reference: Reference,
}

impl Store {
    /// How much is owed for the notices of these boards.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn promises(&self, boards: &Boards) -> Result<Promises, StoreError> {
        let rows = self.engine.reading().await?.rows(&OWED, &[boards.json().into()]).await?;
        let mut promises = Promises::default();
        for mut row in rows {
            let owed = Owed {
                count: row.int(1),
                oldest_at: row.maybe_int(2).map(instant),
                due_at: row.maybe_int(3).map(instant),
            };
            match row.text(0).as_str() {
                "confirmation" => promises.confirmations = owed,
                "copy" => promises.copies = owed,
                _ => promises.offers = owed,
            }
        }
        Ok(promises)
    }

    /// How many copies, or offers of help, of these boards stand on the restricted list: somebody in their notices is protected.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn restricted_owed(
        &self,
        boards: &Boards,
        purpose: Purpose,
    ) -> Result<Owed, StoreError> {
        let values = [boards.json().into(), purpose.as_str().into()];
        let row = self.engine.reading().await?.row(&RESTRICTED_OWED, &values).await?;
        Ok(row.map_or(Owed::default(), |row| Owed {
            count: row.int(0),
            oldest_at: row.maybe_int(1).map(instant),
            due_at: row.maybe_int(2).map(instant),
        }))
    }

    /// Copies of these boards, or offers of help, that have not gone, the most pressing first, from a place on; those of the restricted list, or the others.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn open_copies(
        &self,
        (boards, purpose, restricted): (&Boards, Purpose, bool),
        behind: Option<&CopyPlace>,
        limit: i64,
    ) -> Result<Vec<OpenCopy>, StoreError> {
        let due_at = behind.map_or(i64::MIN, |place| place.due_at.as_microsecond());
        let reference = behind.map_or("", |place| place.reference.as_str());
        let values = [
            boards.json().into(),
            due_at.into(),
            reference.into(),
            limit.into(),
            i64::from(restricted).into(),
            purpose.as_str().into(),
        ];
        let rows = self.engine.reading().await?.rows(&OPEN_COPIES, &values).await?;
        rows.into_iter().map(open_copy).collect()
    }
}

fn open_copy(mut row: Row) -> Result<OpenCopy, StoreError> {
    Ok(OpenCopy {
        reference: Reference::parse(&row.text(0)).ok_or(StoreError::Corrupt("reference"))?,
        way: row.text(2),
        state: row.text(3),
        due_at: instant(row.int(4)),
        reason: row.maybe_text(5),
        unit: row.text(6),
        board: row.text(7),
        received_at: instant(row.int(8)),
    })
}

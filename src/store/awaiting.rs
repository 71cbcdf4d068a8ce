//! Confirmations to Kronofogden that have not reached it: those that wait to be named or for another way, and all that are owed.

use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Way;
use crate::domain::caseworker::Caseworker;
use crate::domain::notice::Notice;
use crate::domain::reference::Reference;
use crate::domain::standing::Standing;
use crate::domain::switch::Switch;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Row;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::instant;
use jiff::Timestamp;
use jiff::civil::Date;

macro_rules! awaiting {
    ($where:literal) => {
        same!(concat!(
            "SELECT a.reference, a.version, a.way, a.due_at, a.reason, n.notice, n.unit, n.board, m.received_at, m.arrival_date, \
             c.caseworker, a.state, h.until, f.document, s.mode FROM acknowledgements a JOIN notices n ON n.reference = a.reference \
             JOIN messages m ON m.reference = a.message \
             LEFT JOIN caseworkers c ON c.notice = a.reference AND c.version = a.version \
             LEFT JOIN holds h ON h.notice = a.reference LEFT JOIN switches s ON s.way = a.way \
             LEFT JOIN confirmations f ON f.notice = a.reference AND f.version = a.version WHERE a.purpose = 'confirmation' AND ",
            "(a.due_at > $2 OR (a.due_at = $2 AND a.reference || '/' || CAST(a.version AS TEXT) > $3)) AND ",
            $where,
            " ORDER BY a.due_at, a.reference || '/' || CAST(a.version AS TEXT) LIMIT $1"
        ))
    };
}

/// So many rows are read at a time.
const PAGE: i64 = 200;

/// Nobody is named yet, or what was tried has failed for good.
pub(super) const AWAITING: Statement = awaiting!(
    "a.state IN ('pending', 'failed', 'bounced') AND (a.way = 'outstanding' OR a.state <> 'pending')"
);
/// Whatever Kronofogden has not got.
pub(super) const UNCONFIRMED: Statement =
    awaiting!("a.state IN ('pending', 'retrying', 'failed', 'bounced')");
pub(super) const NAMED_LAST: Statement =
    same!("SELECT caseworker FROM caseworkers WHERE notice = $1 ORDER BY version DESC LIMIT 1");

/// A confirmation that waits.
pub struct Awaiting {
    /// The notice's reference.
    pub reference: Reference,
    /// The how-manieth confirmation.
    pub version: u32,
    /// `outstanding`, or the way that failed.
    pub way: Way,
    /// How far it has come.
    pub state: AcknowledgementState,
    /// By when.
    pub due_at: Timestamp,
    /// Why it waits: a stable code.
    pub reason: Option<String>,
    /// The notice.
    pub notice: Notice,
    /// The id of its unit.
    pub unit: String,
    /// The id of its board.
    pub board: String,
    /// When its message arrived.
    pub received_at: Timestamp,
    /// The local day of that.
    pub arrival_date: Date,
    /// Who was named already, by a person or for the way that failed.
    pub caseworker: Option<Caseworker>,
    /// Until when a person holds it back.
    pub held_until: Option<Timestamp>,
    /// What its way is set to.
    pub switch: Switch,
    /// It as it was written for a way that failed: JSON with its number.
    pub written: Option<String>,
}

impl Awaiting {
    /// Why it does not go, as of `now`: a stable code, or the other side's words.
    pub fn why(&self, now: Timestamp) -> Option<&str> {
        let (state, reason) = (self.state, self.reason.as_deref());
        let (held_until, switch) = (self.held_until, self.switch);
        Standing { state, reason, held_until, switch }.why(now)
    }
}

impl Store {
    /// Confirmations that wait, the most pressing first, each of them: one that cannot go, or cannot be read, holds up no other.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn awaiting_confirmations(&self) -> Result<Vec<Awaiting>, StoreError> {
        self.all_of(&AWAITING).await
    }

    async fn all_of(&self, statement: &Statement) -> Result<Vec<Awaiting>, StoreError> {
        let mut found = Vec::new();
        let mut behind = (i64::MIN, String::new());
        loop {
            let values = [PAGE.into(), behind.0.into(), behind.1.as_str().into()];
            let rows = self.engine.reading().await?.rows(statement, &values).await?;
            let full = i64::try_from(rows.len()).is_ok_and(|rows| rows == PAGE);
            for mut row in rows {
                let reference = row.text(0);
                behind = (row.int(3), format!("{reference}/{}", row.int(1)));
                match awaiting(&reference, row) {
                    Ok(one) => found.push(one),
                    Err(error) => {
                        tracing::error!(%error, reference, "a confirmation that waits cannot be read; a person must send it")
                    }
                }
            }
            if !full {
                return Ok(found);
            }
        }
    }

    /// Confirmations that Kronofogden has not got, the most pressing first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unconfirmed(&self) -> Result<Vec<Awaiting>, StoreError> {
        self.all_of(&UNCONFIRMED).await
    }

    /// Who was named last for a notice.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn caseworker_of(
        &self,
        notice: &Reference,
    ) -> Result<Option<Caseworker>, StoreError> {
        let values = [notice.as_str().into()];
        let row = self.engine.reading().await?.row(&NAMED_LAST, &values).await?;
        row.map(|mut row| caseworker(&row.text(0))).transpose()
    }
}

fn awaiting(reference: &str, mut row: Row) -> Result<Awaiting, StoreError> {
    let named = row.maybe_text(10).map(|text| caseworker(&text)).transpose()?;
    Ok(Awaiting {
        reference: Reference::parse(reference).ok_or(StoreError::Corrupt("reference"))?,
        version: u32::try_from(row.int(1)).unwrap_or(u32::MAX),
        way: Way::parse(&row.text(2)).ok_or(StoreError::Corrupt("way"))?,
        state: AcknowledgementState::parse(&row.text(11)).ok_or(StoreError::Corrupt("state"))?,
        due_at: instant(row.int(3)),
        reason: row.maybe_text(4),
        notice: serde_json::from_str(&row.text(5)).map_err(|_| StoreError::Corrupt("notice"))?,
        unit: row.text(6),
        board: row.text(7),
        received_at: instant(row.int(8)),
        arrival_date: row.text(9).parse().map_err(|_| StoreError::Corrupt("arrival date"))?,
        caseworker: named,
        held_until: row.maybe_int(12).map(instant),
        written: row.maybe_text(13),
        switch: row.maybe_text(14).and_then(|mode| Switch::parse(&mode)).unwrap_or_default(),
    })
}

/// As it is stored.
pub(super) fn caseworker(text: &str) -> Result<Caseworker, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt("caseworker"))
}

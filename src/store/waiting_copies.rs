//! Copies to persons that have not gone: those that wait for somebody or for another way, and all that are owed.

use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Way;
use crate::domain::caseworker::Caseworker;
use crate::domain::notice::Notice;
use crate::domain::received::Envelope;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::awaiting::caseworker;
use crate::store::engine::Row;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::figures::Boards;
use crate::store::jobs::instant;
use jiff::Timestamp;

macro_rules! waiting {
    ($rendered:literal, $where:literal) => {
        same!(concat!(
            "SELECT a.reference, a.version, a.way, a.state, a.due_at, a.reason, n.notice, n.state, n.unit, n.board, m.envelope, \
             m.received_at, c.caseworker, c.version, (SELECT COUNT(*) FROM acknowledgements b WHERE b.reference = a.reference \
             AND b.purpose = 'copy' AND b.state = 'sent' AND COALESCE(b.reason, '') <> 'partOfCopy'), \
             (SELECT COUNT(*) FROM acknowledgements k WHERE k.reference = a.reference AND k.purpose = 'confirmation' \
             AND k.state = 'sent' AND (k.version >= c.version OR k.reason = 'byHand')), ",
            $rendered,
            ", a.purpose, (SELECT COUNT(*) FROM corrections t WHERE t.notice = a.reference AND t.copy = a.version)",
            " FROM acknowledgements a JOIN notices n ON n.reference = a.reference JOIN messages m ON m.reference = a.message \
             LEFT JOIN caseworkers c ON c.notice = a.reference \
             AND c.version = (SELECT MAX(d.version) FROM caseworkers d WHERE d.notice = a.reference) WHERE a.purpose IN ('copy', 'offer') AND ",
            "(a.due_at > $2 OR (a.due_at = $2 AND a.reference || '/' || a.way || '/' || CAST(a.version AS TEXT) > $3)) AND ",
            $where,
            " ORDER BY a.due_at, a.reference || '/' || a.way || '/' || CAST(a.version AS TEXT) LIMIT $1"
        ))
    };
}

/// So many rows are read at a time; letters lie in some of them.
const PAGE: i64 = 50;

/// Nothing is made yet, or what was tried has failed for good. The states are spelled as in the index, or SQLite would not use it.
pub(super) const COPIES_TO_RELEASE: Statement = waiting!(
    "a.rendered, a.address",
    "a.state IN ('pending', 'retrying', 'failed', 'bounced') AND a.state <> 'retrying' AND (a.way = 'outstanding' OR a.state <> 'pending')"
);
/// Whatever the person has not been sent.
pub(super) const COPIES_OWED: Statement = waiting!(
    "CAST(NULL AS TEXT), CAST(NULL AS TEXT)",
    "a.state IN ('pending', 'retrying', 'failed', 'bounced')"
);
/// Of these, those of the restricted list.
pub(super) const COPIES_PROTECTED: Statement = waiting!(
    "CAST(NULL AS TEXT), CAST(NULL AS TEXT)",
    "a.state IN ('pending', 'retrying', 'failed', 'bounced') AND (a.reason = 'protected' \
     OR EXISTS (SELECT 1 FROM protections p WHERE p.notice = a.reference AND p.answer = 'protected'))"
);

/// Another caseworker was named after the copy had gone; what a person has sent since, and put on record, names whoever was responsible then.
pub(super) const COPIES_OUTDATED: Statement = same!(
    "SELECT c.notice, MAX(c.version) FROM caseworkers c JOIN notices n ON n.reference = c.notice \
     WHERE n.kind = 'evictionScheduled' AND c.named_at > $1 AND NOT EXISTS (SELECT 1 FROM acknowledgements a \
     WHERE a.reference = c.notice AND a.purpose = 'copy' AND (a.state <> 'sent' OR a.version >= c.version \
     OR (a.reason = 'byHand' AND a.sent_at >= c.named_at))) \
     GROUP BY c.notice ORDER BY c.notice"
);

/// A copy that has not gone.
pub struct CopyWaiting {
    /// The notice's reference.
    pub reference: Reference,
    /// A copy of a confirmation, or an offer of help.
    pub purpose: Purpose,
    /// The how-manieth copy.
    pub version: u32,
    /// `outstanding`, or by what way it goes or failed.
    pub way: Way,
    /// How far it has come.
    pub state: AcknowledgementState,
    /// By when.
    pub due_at: Timestamp,
    /// Why it waits: a stable code.
    pub reason: Option<String>,
    /// The notice.
    pub notice: Notice,
    /// The notice's own state, in the contract's words.
    pub notice_state: String,
    /// The id of its unit.
    pub unit: String,
    /// The id of its board.
    pub board: String,
    /// How its message came.
    pub envelope: Envelope,
    /// When that arrived.
    pub received_at: Timestamp,
    /// Whom the last confirmation names, and the how-manieth that is; none before somebody is named.
    pub caseworker: Option<(Caseworker, u32)>,
    /// Whether an earlier copy has gone.
    pub follows: bool,
    /// Whether Kronofogden has the confirmation that this is a copy of.
    pub confirmed: bool,
    /// Whether it was made anew since a person corrected the notice.
    pub corrected: bool,
    /// The letters as they were stored, where they were made.
    pub rendered: Option<String>,
    /// Where they went: the way's own JSON.
    pub address: Option<String>,
}

impl Store {
    /// Copies that nothing was made of yet, and those whose way has failed for good, the most pressing first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn copies_to_release(&self) -> Result<Vec<CopyWaiting>, StoreError> {
        self.copies(&COPIES_TO_RELEASE).await
    }

    /// Copies that the persons have not been sent, the most pressing first; of the restricted list alone where `protected` says so.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn copies_owed(
        &self,
        boards: &Boards,
        protected: bool,
    ) -> Result<Vec<CopyWaiting>, StoreError> {
        let statement = if protected { &COPIES_PROTECTED } else { &COPIES_OWED };
        let mut copies = self.copies(statement).await?;
        copies.retain(|copy| boards.hold(&copy.board));
        Ok(copies)
    }

    /// Notices whose caseworker changed after their copy had gone, since an instant, with the how-manieth confirmation told of it.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn copies_outdated(
        &self,
        since: Timestamp,
    ) -> Result<Vec<(Reference, u32)>, StoreError> {
        let values = [since.as_microsecond().into()];
        let rows = self.engine.reading().await?.rows(&COPIES_OUTDATED, &values).await?;
        let told = rows.into_iter().map(|mut row| {
            let reference =
                Reference::parse(&row.text(0)).ok_or(StoreError::Corrupt("reference"))?;
            Ok((reference, u32::try_from(row.int(1)).unwrap_or(0)))
        });
        told.collect()
    }

    /// The copy of a notice that waits for a person: nothing was made of it yet, or no way could deliver it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn copy_to_release(
        &self,
        reference: &Reference,
    ) -> Result<Option<CopyWaiting>, StoreError> {
        let copies = self.copies(&COPIES_TO_RELEASE).await?;
        let mut ours: Vec<CopyWaiting> =
            copies.into_iter().filter(|copy| copy.reference == *reference).collect();
        let waits = ours.iter().position(|copy| copy.way == Way::Outstanding);
        Ok(match waits {
            Some(at) => Some(ours.swap_remove(at)),
            None => ours.pop(),
        })
    }

    async fn copies(&self, statement: &Statement) -> Result<Vec<CopyWaiting>, StoreError> {
        let mut found = Vec::new();
        let mut behind = (i64::MIN, String::new());
        loop {
            let values = [PAGE.into(), behind.0.into(), behind.1.as_str().into()];
            let rows = self.engine.reading().await?.rows(statement, &values).await?;
            let full = i64::try_from(rows.len()).is_ok_and(|rows| rows == PAGE);
            for mut row in rows {
                let (reference, way) = (row.text(0), row.text(2));
                behind = (row.int(4), format!("{reference}/{way}/{}", row.int(1)));
                match waiting(&reference, &way, row) {
                    Ok(one) => found.push(one),
                    Err(error) => {
                        tracing::error!(%error, reference, "a copy that waits cannot be read; a person must send it")
                    }
                }
            }
            if !full {
                return Ok(found);
            }
        }
    }
}

fn waiting(reference: &str, way: &str, mut row: Row) -> Result<CopyWaiting, StoreError> {
    let named = row.maybe_text(12).map(|text| caseworker(&text)).transpose()?;
    let version = |number: i64| u32::try_from(number).unwrap_or(0);
    Ok(CopyWaiting {
        reference: Reference::parse(reference).ok_or(StoreError::Corrupt("reference"))?,
        version: version(row.int(1)),
        way: Way::parse(way).ok_or(StoreError::Corrupt("way"))?,
        state: AcknowledgementState::parse(&row.text(3)).ok_or(StoreError::Corrupt("state"))?,
        due_at: instant(row.int(4)),
        reason: row.maybe_text(5),
        notice: serde_json::from_str(&row.text(6)).map_err(|_| StoreError::Corrupt("notice"))?,
        notice_state: row.text(7),
        unit: row.text(8),
        board: row.text(9),
        envelope: serde_json::from_str(&row.text(10))
            .map_err(|_| StoreError::Corrupt("envelope"))?,
        received_at: instant(row.int(11)),
        caseworker: named.map(|named| (named, version(row.int(13)))),
        follows: row.int(14) > 0,
        confirmed: row.int(15) > 0,
        rendered: row.maybe_text(16),
        address: row.maybe_text(17),
        purpose: Purpose::parse(&row.text(18)).ok_or(StoreError::Corrupt("purpose"))?,
        corrected: row.int(19) > 0,
    })
}

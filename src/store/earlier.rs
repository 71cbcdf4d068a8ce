//! Notices of the same case that came before one: what a new time or a correction takes the place of.

use crate::domain::notice::Notice;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::lookup;

/// So many are looked at: one case has few.
pub(super) const OF_CASE: Statement = same!(
    "SELECT n.reference, n.notice FROM person_keys k JOIN notices n ON n.reference = k.notice JOIN messages m ON m.reference = n.message \
     JOIN notices o ON o.reference = $2 JOIN messages p ON p.reference = o.message WHERE k.key_hash = $1 AND n.reference <> o.reference \
     AND n.board = o.board AND n.state <> 'notNotice' AND (m.received_at < p.received_at OR (m.received_at = p.received_at AND \
     m.stored_at < p.stored_at)) ORDER BY m.received_at DESC, m.stored_at DESC LIMIT 50"
);

/// Those of one case beside a notice: whether each came after it, and whether a copy of it has gone or is on its way.
pub(super) const BESIDE: Statement = same!(
    "SELECT n.notice, CASE WHEN m.received_at > p.received_at OR (m.received_at = p.received_at AND m.stored_at > p.stored_at) \
     THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END, (SELECT COUNT(*) FROM acknowledgements a WHERE a.reference = n.reference \
     AND a.purpose = 'copy' AND (a.state = 'sent' OR (a.way <> 'outstanding' AND a.state IN ('pending', 'retrying')))) \
     FROM person_keys k JOIN notices n ON n.reference = k.notice JOIN messages m ON m.reference = n.message \
     JOIN notices o ON o.reference = $2 JOIN messages p ON p.reference = o.message WHERE k.key_hash = $1 AND n.reference <> o.reference \
     AND n.board = o.board AND n.state NOT IN ('notNotice', 'dismissed') ORDER BY m.received_at DESC, m.stored_at DESC LIMIT 50"
);

/// A notice of the same case as another one.
#[derive(Clone, Debug)]
pub struct Beside {
    /// What it told.
    pub notice: Notice,
    /// Whether it came after the other one.
    pub later: bool,
    /// Whether a copy of it has gone to the person, or is on its way.
    pub copied: bool,
}

/// A notice that came before.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// Its reference.
    pub reference: Reference,
    /// What it told.
    pub notice: Notice,
}

impl Store {
    /// The notices of the same board with this key that came before another one, the latest first; fifty at most.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn earlier(&self, key: &str, than: &Reference) -> Result<Vec<Earlier>, StoreError> {
        let mut session = self.engine.reading().await?;
        let hash = lookup::lookup_key(&mut session).await?.hash(key);
        let rows = session.rows(&OF_CASE, &[hash.into(), than.as_str().into()]).await?;
        let read = rows.into_iter().map(|mut row| {
            Ok(Earlier {
                reference: Reference::parse(&row.text(0))
                    .ok_or(StoreError::Corrupt("reference"))?,
                notice: serde_json::from_str(&row.text(1))
                    .map_err(|_| StoreError::Corrupt("notice"))?,
            })
        });
        read.collect()
    }

    /// The notices of the same board with this key beside another one, the latest first; fifty at most.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn beside(&self, key: &str, other: &Reference) -> Result<Vec<Beside>, StoreError> {
        let mut session = self.engine.reading().await?;
        let hash = lookup::lookup_key(&mut session).await?.hash(key);
        let rows = session.rows(&BESIDE, &[hash.into(), other.as_str().into()]).await?;
        let read = rows.into_iter().map(|mut row| {
            Ok(Beside {
                notice: serde_json::from_str(&row.text(0))
                    .map_err(|_| StoreError::Corrupt("notice"))?,
                later: row.int(1) > 0,
                copied: row.int(2) > 0,
            })
        });
        read.collect()
    }
}

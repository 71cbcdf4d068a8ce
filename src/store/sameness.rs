//! One notice through many doors: the notices that are one with another, so that they make one case.

use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Statement;
use crate::store::engine::same;

/// Another notice of the same content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameNotice {
    /// Its reference.
    pub reference: Reference,
    /// The case that holds it, when one does.
    pub case_id: Option<String>,
    /// It came before, and is on its way to a case.
    pub earlier: bool,
}

/// A notice in a case first; else the earliest that is on its way. Never across boards: each is an authority of its own.
pub(super) const SAME_NOTICE: Statement = same!(
    "SELECT f.reference, CASE WHEN f.state = 'delivered' THEN f.case_id END, \
     CASE WHEN fm.stored_at < nm.stored_at OR (fm.stored_at = nm.stored_at AND f.reference < n.reference) THEN CAST(1 AS BIGINT) \
     ELSE CAST(0 AS BIGINT) END \
     FROM notice_contents c JOIN notice_contents d ON d.content_key = c.content_key AND d.notice <> c.notice \
     JOIN notices n ON n.reference = c.notice JOIN messages nm ON nm.reference = n.message \
     JOIN notices f ON f.reference = d.notice AND f.board = n.board JOIN messages fm ON fm.reference = f.message \
     WHERE c.notice = $1 AND (f.state = 'delivered' OR EXISTS \
     (SELECT 1 FROM jobs j WHERE j.subject = f.reference AND j.kind IN ('deliver', 'publish'))) \
     ORDER BY CASE WHEN f.state = 'delivered' THEN 0 ELSE 1 END, fm.stored_at, f.reference LIMIT 1"
);
pub(super) const SAME_NOTICES: Statement = same!(
    "SELECT d.notice FROM notice_contents c JOIN notice_contents d ON d.content_key = c.content_key AND d.notice <> c.notice \
     JOIN notices n ON n.reference = c.notice JOIN notices f ON f.reference = d.notice AND f.board = n.board \
     WHERE c.notice = $1 ORDER BY d.notice LIMIT 50"
);

impl Store {
    /// The notice that decides what becomes of this one: one with a case, else the earliest on its way. `None` when there is no other.
    pub async fn same_notice(
        &self,
        reference: &Reference,
    ) -> Result<Option<SameNotice>, StoreError> {
        let mut session = self.engine.reading().await?;
        let row = session.row(&SAME_NOTICE, &[reference.as_str().into()]).await?;
        Ok(row.and_then(|mut row| {
            Some(SameNotice {
                reference: Reference::parse(&row.text(0))?,
                case_id: row.maybe_text(1),
                earlier: row.int(2) == 1,
            })
        }))
    }

    /// The references of all notices that are one with this one.
    pub async fn same_notices(&self, reference: &str) -> Result<Vec<String>, StoreError> {
        let mut session = self.engine.reading().await?;
        let rows = session.rows(&SAME_NOTICES, &[reference.into()]).await?;
        Ok(rows.into_iter().map(|mut row| row.text(0)).collect())
    }
}

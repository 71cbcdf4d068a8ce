//! Looking at the corrections of a notice.

use crate::domain::correction::Because;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Row;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::instant;
use jiff::Timestamp;

pub(in crate::store) const CORRECTIONS_OF: Statement = same!(
    "SELECT version, at, actor, reason, paths, earlier, state, confirmation, copy FROM corrections WHERE notice = $1 ORDER BY version"
);

/// One correction of a notice.
#[derive(Clone, Debug)]
pub struct CorrectionRow {
    /// The how-manieth.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// Why.
    pub because: Because,
    /// JSON Pointers of what changed, by the text that it was before.
    pub paths: Vec<String>,
    /// The text before (JSON).
    pub earlier: Masked,
    /// Where the notice stood: what had been handed over by then holds that text.
    pub state: String,
    /// The confirmation that tells Kronofogden of it.
    pub confirmation: Option<i64>,
    /// The copy that tells the person.
    pub copy: Option<i64>,
}

impl CorrectionRow {
    /// Whether the case system may hold the text as it was before.
    pub fn is_after_hand_over(&self) -> bool {
        matches!(self.state.as_str(), "delivered" | "uncertain")
    }
}

impl Store {
    /// The corrections of a notice, the first first.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn corrections_of(
        &self,
        notice: &Reference,
    ) -> Result<Vec<CorrectionRow>, StoreError> {
        let values = [notice.as_str().into()];
        let rows = self.engine.reading().await?.rows(&CORRECTIONS_OF, &values).await?;
        rows.into_iter().map(correction).collect()
    }
}

fn correction(mut row: Row) -> Result<CorrectionRow, StoreError> {
    Ok(CorrectionRow {
        version: row.int(0),
        at: instant(row.int(1)),
        actor: row.text(2),
        because: Because::parse(&row.text(3)).ok_or(StoreError::Corrupt("correction"))?,
        paths: serde_json::from_str(&row.text(4)).map_err(|_| StoreError::Corrupt("correction"))?,
        earlier: Masked::new(row.text(5)),
        state: row.text(6),
        confirmation: row.maybe_int(7),
        copy: row.maybe_int(8),
    })
}

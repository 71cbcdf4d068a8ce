//! What people corrected of a notice, for `kvittens show`: values that tell of somebody are not printed.

use crate::domain::correction;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::store::Change;
use crate::store::CorrectionRow;
use crate::store::NoticeRow;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::corrected_values;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

/// What stands for a value that is not printed.
const HIDDEN: &str = "***";

/// One correction of a notice.
pub(super) struct Corrected {
    notice: String,
    row: CorrectionRow,
    changes: Vec<Change>,
}

/// The corrections of a notice.
pub(super) async fn of(store: &Store, notice: &NoticeRow) -> Result<Vec<Corrected>, StoreError> {
    let Some(reference) = Reference::parse(&notice.reference) else { return Ok(Vec::new()) };
    let rows = store.corrections_of(&reference).await?;
    let changed = corrected_values(&rows, &notice.notice);
    let one = |(row, changes)| Corrected { notice: notice.reference.clone(), row, changes };
    Ok(rows.into_iter().zip(changed).map(one).collect())
}

impl Corrected {
    /// For a program.
    pub(super) fn json(&self) -> Value {
        let change = |it: &Change| {
            json!({
                "path": it.path, "before": shown(it, it.before.as_ref()), "after": shown(it, it.after.as_ref()),
            })
        };
        json!({
            "reference": self.notice, "version": self.row.version, "at": self.row.at, "actor": self.row.actor,
            "reason": self.row.because.as_str(), "state": self.row.state, "confirmation": self.row.confirmation,
            "copy": self.row.copy, "enclosed": self.row.enclosed, "changes": self.changes.iter().map(change).collect::<Vec<_>>(),
        })
    }

    /// For a person, a line for each place.
    pub(super) fn rows(&self, clock: &impl Fn(Timestamp) -> String) -> Vec<Vec<String>> {
        let of = |it: &Change| {
            let word = |value: Option<&Masked>| shown(it, value).unwrap_or_else(|| "-".to_owned());
            vec![
                self.notice.clone(),
                clock(self.row.at),
                self.row.actor.clone(),
                self.row.because.as_str().to_owned(),
                it.path.clone(),
                word(it.before.as_ref()),
                word(it.after.as_ref()),
            ]
        };
        self.changes.iter().map(of).collect()
    }
}

fn shown(change: &Change, value: Option<&Masked>) -> Option<String> {
    let open = correction::tells_of_nobody(&change.path);
    value.map(|it| if open { it.reveal().to_owned() } else { HIDDEN.to_owned() })
}

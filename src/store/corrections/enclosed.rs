//! Which corrections belong with a case: those that a person made while the case system had the earlier text, or may have had it.

use crate::store::engine::Statement;
use crate::store::engine::same;

/// A correction that was made while the case system had the earlier text, or may have had it.
macro_rules! corrected {
    ($head:expr, $tail:expr) => {
        same!(concat!(
            $head,
            " FROM corrections c JOIN notices n ON n.reference = c.notice WHERE c.enclosed IS NULL AND c.state IN ('delivered', 'uncertain') \
             AND n.state = 'delivered' AND n.case_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'enclose' \
             AND j.subject = c.notice || '/correction/' || CAST(c.version AS TEXT))",
            $tail
        ))
    };
}

pub(in crate::store) const MISSING_CORRECTION: Statement =
    corrected!("SELECT c.notice", " LIMIT 1");
pub(in crate::store) const PLAN_CORRECTIONS: Statement = corrected!(
    "INSERT INTO jobs (kind, subject, priority, due_at, created_at) SELECT 'enclose', c.notice || '/correction/' || CAST(c.version AS TEXT), 0, $1, $1",
    " ON CONFLICT DO NOTHING"
);
pub(in crate::store) const MARK_CORRECTION: Statement =
    same!("UPDATE corrections SET enclosed = $3 WHERE notice = $1 AND version = $2");
pub(in crate::store) const CORRECTION_AGAIN: Statement = same!(
    "UPDATE corrections SET enclosed = NULL WHERE notice = $1 AND enclosed IN ('failed', 'notTaken')"
);
pub(in crate::store) const CORRECTION_BY_HAND: Statement = same!(
    "UPDATE corrections SET enclosed = 'byHand' WHERE notice = $1 AND enclosed IN ('failed', 'notTaken')"
);

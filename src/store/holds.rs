//! Confirmations to Kronofogden that a person holds back to a set hour of the same day: never past midnight (SFS 2025:468 11 kap. 3 §).

use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::actions::ActionRefused;
use crate::store::actions::by;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::instant;
use crate::store::journal::Line;
use jiff::Timestamp;
use serde_json::json;

/// When the last of a notice's open confirmations is due.
pub(super) const OPEN: Statement = same!(
    "SELECT MIN(due_at), COUNT(*) FROM acknowledgements WHERE reference = $1 AND purpose = 'confirmation' \
     AND state IN ('pending', 'retrying', 'failed', 'bounced')"
);
pub(super) const HOLD: Statement = same!(
    "INSERT INTO holds (notice, until) VALUES ($1, $2) ON CONFLICT (notice) DO UPDATE SET until = excluded.until"
);
/// What is on its way already waits as well.
pub(super) const PUT_OFF: Statement = same!(
    "UPDATE jobs SET due_at = $2 WHERE kind = 'confirm' AND lease_until IS NULL AND subject IN (SELECT \
     a.reference || '/' || a.recipient || '/' || a.purpose || '/' || a.way || '/' || CAST(a.version AS TEXT) \
     FROM acknowledgements a WHERE a.reference = $1 AND a.purpose = 'confirmation' AND a.state IN ('pending', 'retrying'))"
);

pub(super) const HELD_UNTIL: Statement = same!("SELECT until FROM holds WHERE notice = $1");

/// A person holds a confirmation back, or lets it go.
#[derive(Clone, Debug)]
pub struct Hold {
    /// The notice.
    pub reference: Reference,
    /// Until when; now lets it go.
    pub until: Timestamp,
    /// Who.
    pub actor: String,
}

impl Store {
    /// Until when a person holds a notice's confirmation back, or held it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn held_until(&self, notice: &Reference) -> Result<Option<Timestamp>, StoreError> {
        let values = [notice.as_str().into()];
        let row = self.engine.reading().await?.row(&HELD_UNTIL, &values).await?;
        Ok(row.map(|row| instant(row.int(0))))
    }
}

/// Holds it back. Refused when nothing is open, or when the day would be over.
pub(super) async fn hold(
    session: &mut Session,
    hold: &Hold,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let notice = hold.reference.as_str();
    let open = session.row(&OPEN, &[notice.into()]).await?;
    let Some(open) = open.filter(|open| open.int(1) > 0) else {
        return Ok(Err(ActionRefused::State("without a confirmation that is open".to_owned())));
    };
    let until = hold.until.as_microsecond();
    let lets_go = hold.until <= now;
    if !lets_go && until > open.int(0) {
        return Ok(Err(ActionRefused::PastTheDay));
    }
    session.run(&HOLD, &[notice.into(), until.into()]).await?;
    session.run(&PUT_OFF, &[notice.into(), until.into()]).await?;
    let event = if lets_go { "person.letGo" } else { "person.held" };
    let detail = json!({ "until": format!("{:.0}", hold.until) });
    lines.push(by(&hold.actor, notice, now, event, detail));
    Ok(Ok(()))
}

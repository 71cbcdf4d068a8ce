//! What people have set the ways out to: on, off, or a dry run.

use crate::domain::acknowledgement::Way;
use crate::domain::switch::Switch;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::actions::by;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::instant;
use crate::store::journal::Line;
use jiff::Timestamp;
use serde_json::json;

pub(super) const SET: Statement = same!(
    "INSERT INTO switches (way, mode, reason, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (way) DO UPDATE \
     SET mode = excluded.mode, reason = excluded.reason, changed_by = excluded.changed_by, changed_at = excluded.changed_at"
);
pub(super) const SWITCHES: Statement =
    same!("SELECT way, mode, reason, changed_by, changed_at FROM switches ORDER BY way");
/// What waited while a way was off goes at once when it is on again.
pub(super) const WAKE: Statement = same!(
    "UPDATE jobs SET due_at = $1 WHERE kind IN ('acknowledge', 'confirm', 'letter') AND lease_until IS NULL AND due_at > $1 AND EXISTS \
     (SELECT 1 FROM acknowledgements a WHERE a.state IN ('pending', 'retrying') AND a.reason = 'wayOff' AND jobs.subject = \
     a.reference || '/' || a.recipient || '/' || a.purpose || '/' || a.way || '/' || CAST(a.version AS TEXT))"
);

/// What a way out is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwitchRow {
    /// The way.
    pub way: Way,
    /// What it is set to.
    pub switch: Switch,
    /// Why, as the person wrote.
    pub reason: String,
    /// Who.
    pub changed_by: String,
    /// When.
    pub changed_at: Timestamp,
}

/// A person sets a way out.
#[derive(Clone, Debug)]
pub struct SwitchChange {
    /// The way.
    pub way: Way,
    /// To what.
    pub switch: Switch,
    /// Why.
    pub reason: String,
    /// Who.
    pub actor: String,
}

impl Store {
    /// The ways out that a person has ever set; all others are on.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn switches(&self) -> Result<Vec<SwitchRow>, StoreError> {
        let rows = self.engine.reading().await?.rows(&SWITCHES, &[]).await?;
        rows.into_iter().map(switch).collect()
    }

    /// What a way out is set to, by its stable word.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn switch_of(&self, way: &str) -> Result<Switch, StoreError> {
        let switched = Way::parse(way).and_then(Way::switched_as);
        let set = self.switches().await?;
        let found = set.iter().find(|row| Some(row.way) == switched);
        Ok(found.map(|row| row.switch).unwrap_or_default())
    }
}

fn switch(mut row: Row) -> Result<SwitchRow, StoreError> {
    Ok(SwitchRow {
        way: Way::parse(&row.text(0)).ok_or(StoreError::Corrupt("way"))?,
        switch: Switch::parse(&row.text(1)).ok_or(StoreError::Corrupt("switch"))?,
        reason: row.text(2),
        changed_by: row.text(3),
        changed_at: instant(row.int(4)),
    })
}

/// What waited for a way to be switched on is due at once.
pub(super) async fn wake(session: &mut Session, now: Timestamp) -> Result<(), StoreError> {
    session.run(&WAKE, &[now.as_microsecond().into()]).await.map(drop)
}

/// Sets it; the reason is kept beside it and not in the journal, where nobody could remove what should not stand there.
pub(super) async fn set(
    session: &mut Session,
    change: &SwitchChange,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    let at = now.as_microsecond();
    let values = [
        change.way.as_str().into(),
        change.switch.as_str().into(),
        change.reason.as_str().into(),
        change.actor.as_str().into(),
        at.into(),
    ];
    session.run(&SET, &values).await?;
    let detail = json!({ "to": change.switch.as_str(), "way": change.way.as_str() });
    let event = if change.actor == "gateway" { "way.switched" } else { "person.switched" };
    lines.push(by(&change.actor, "", now, event, detail));
    Ok(())
}

//! Acknowledgements as they are stored: rendered and numbered in the transaction that stores what they acknowledge.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::reference::Reference;
use crate::store::Begun;
use crate::store::StoreError;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::inserts;
use crate::store::jobs;
use crate::store::jobs::JobKind;
use crate::store::statements as sql;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::fmt;
use std::sync::Arc;

/// An acknowledgement of a new message.
#[derive(Clone, Debug)]
pub struct NewAcknowledgement {
    /// Which one.
    pub key: AcknowledgementKey,
    /// `pending`, `sent` (the API's answer) or `suppressed`.
    pub state: AcknowledgementState,
    /// By when: the end of the day it is for.
    pub due_at: Timestamp,
    /// The hour of that day by which it is promised, where one is.
    pub promised_at: Option<Timestamp>,
    /// Since when it is owed, where it takes the place of another; else since now.
    pub owed_at: Option<Timestamp>,
    /// Why it is suppressed or outstanding.
    pub reason: Option<String>,
    /// Where it goes: the way's own JSON.
    pub address: Option<String>,
    /// What is sent.
    pub rendering: Rendering,
    /// Whether a job sends it.
    pub job: bool,
    /// How long it waits for what it could tell besides; none as a rule.
    pub wait: SignedDuration,
}

impl NewAcknowledgement {
    /// The same in the place of another: due, owed and promised as that was, by three columns from this one on.
    pub(super) fn in_place_of(self, row: &Row, column: usize) -> Self {
        Self {
            due_at: jobs::instant(row.int(column)),
            owed_at: Some(jobs::instant(row.int(column + 1))),
            promised_at: row.maybe_int(column + 2).map(jobs::instant),
            ..self
        }
    }
}

/// What is sent, stored before it is sent.
#[derive(Clone)]
pub enum Rendering {
    /// Nothing to store.
    Nothing,
    /// UTF-8 text, complete.
    Text(String),
    /// Text that bears the next running number of a counter, drawn in the same transaction.
    Numbered {
        /// The counter's name.
        counter: String,
        /// Renders with the number.
        render: Arc<dyn Fn(i64) -> String + Send + Sync>,
    },
}

impl Rendering {
    /// The text under a number that was drawn before.
    pub(super) fn with_number(&self, number: i64) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Text(text) => Some(text.clone()),
            Self::Numbered { render, .. } => Some(render(number)),
        }
    }
}

impl fmt::Debug for Rendering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rendering(***)")
    }
}

/// Inserts acknowledgements, each with its message and what of it is begun; draws running numbers, and adds the jobs that send to `work`.
pub(super) async fn insert(
    session: &mut Session,
    acknowledgements: &[(&Reference, &NewAcknowledgement, Option<&Begun>)],
    now: Timestamp,
    work: &mut Vec<jobs::NewJob>,
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(acknowledgements.len());
    for (message, new, begun) in acknowledgements {
        let (rendered, number) = render(session, &new.rendering).await?;
        let sent_at = matches!(new.state, AcknowledgementState::Sent).then(|| now.as_microsecond());
        rows.push(vec![
            new.key.reference.as_str().into(),
            new.key.recipient.as_str().into(),
            new.key.purpose.as_str().into(),
            new.key.way.as_str().into(),
            i64::from(new.key.version).into(),
            message.as_str().into(),
            new.state.as_str().into(),
            new.due_at.as_microsecond().into(),
            now.as_microsecond().into(),
            sent_at.into(),
            new.reason.clone().into(),
            new.address.clone().into(),
            rendered.into(),
            number.into(),
            new.promised_at.map(Timestamp::as_microsecond).into(),
            new.owed_at.map(Timestamp::as_microsecond).into(),
        ]);
        if new.job {
            work.push(jobs::NewJob {
                kind: JobKind::that_sends(&new.key),
                subject: new.key.subject(),
                priority: 0,
                due_at: now.saturating_add(new.wait).unwrap_or(now),
                begun: begun.cloned(),
            });
        }
    }
    session.insert(&inserts::ACKNOWLEDGEMENTS, rows).await.map(drop)
}

async fn render(
    session: &mut Session,
    rendering: &Rendering,
) -> Result<(Option<String>, Option<i64>), StoreError> {
    match rendering {
        Rendering::Nothing => Ok((None, None)),
        Rendering::Text(text) => Ok((Some(text.clone()), None)),
        Rendering::Numbered { counter, render } => {
            let row = session.row(&sql::NEXT_NUMBER, &[counter.as_str().into()]).await?;
            let number = row.ok_or(StoreError::Corrupt("counter"))?.int(0);
            Ok((Some(render(number)), Some(number)))
        }
    }
}

//! Acknowledgements as they are stored: rendered and numbered in the transaction that stores what they acknowledge.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::reference::Reference;
use crate::store::StoreError;
use crate::store::engine::Session;
use crate::store::jobs;
use crate::store::jobs::JobKind;
use crate::store::rows::run_rows;
use crate::store::statements as sql;
use jiff::Timestamp;
use serde_json::json;
use std::fmt;
use std::sync::Arc;

/// An acknowledgement of a new message.
#[derive(Clone, Debug)]
pub struct NewAcknowledgement {
    /// Which one.
    pub key: AcknowledgementKey,
    /// `pending`, `sent` (the API's answer) or `suppressed`.
    pub state: AcknowledgementState,
    /// By when.
    pub due_at: Timestamp,
    /// Why it is suppressed or outstanding.
    pub reason: Option<String>,
    /// Where it goes: the way's own JSON.
    pub address: Option<String>,
    /// What is sent.
    pub rendering: Rendering,
    /// Whether a job sends it.
    pub job: bool,
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

impl fmt::Debug for Rendering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rendering(***)")
    }
}

/// Inserts acknowledgements of a message, drawing running numbers, and adds the jobs that send them to `work`.
pub(super) async fn insert(
    session: &mut Session,
    message: &Reference,
    acknowledgements: &[NewAcknowledgement],
    now: Timestamp,
    work: &mut Vec<jobs::NewJob>,
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(acknowledgements.len());
    for new in acknowledgements {
        let (rendered, number) = render(session, &new.rendering).await?;
        let sent_at = matches!(new.state, AcknowledgementState::Sent).then(|| now.as_microsecond());
        rows.push(json!([
            new.key.reference,
            new.key.recipient.as_str(),
            new.key.purpose.as_str(),
            new.key.way.as_str(),
            new.key.version,
            message,
            new.state.as_str(),
            new.due_at.as_microsecond(),
            now.as_microsecond(),
            sent_at,
            new.reason,
            new.address,
            rendered,
            number,
        ]));
        if new.job {
            work.push(jobs::NewJob {
                kind: JobKind::Acknowledge,
                subject: new.key.subject(),
                priority: 0,
                due_at: now,
            });
        }
    }
    run_rows(session, &sql::INSERT_ACKNOWLEDGEMENTS, &rows).await
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

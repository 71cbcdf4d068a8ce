//! What a delivery status notification says of one of our mails, kept with that mail: it bounced, it is late, it arrived.
//!
//! The token in a mail's envelope sender is known to nobody but those who carried the mail, so only its notification can mark it. A bounced
//! receipt is a task for a person: it stays open until somebody sends it another way.

use crate::domain::reference::Reference;
use crate::store::StoreError;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::journal::Line;
use jiff::Timestamp;
use serde_json::json;

/// What a notification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BounceReport {
    /// What may be the token of the mail it speaks of.
    pub tokens: Vec<String>,
    /// `failed`, `delayed`, `delivered` or `unknown`.
    pub outcome: &'static str,
    /// The status code of RFC 3463, such as `5.1.1`.
    pub status: Option<String>,
}

impl BounceReport {
    /// Whether the mail did not arrive, or may not have: what cannot be read is a person's to judge.
    fn bad(&self) -> bool {
        matches!(self.outcome, "failed" | "unknown")
    }
}

pub(super) const BY_TOKEN: Statement = Statement {
    sqlite: "SELECT reference || '/' || recipient || '/' || purpose || '/' || way || '/' || CAST(version AS TEXT), message, state \
             FROM acknowledgements WHERE way IN ('mail', 'digest') AND address ->> 'token' = $1",
    postgres: "SELECT reference || '/' || recipient || '/' || purpose || '/' || way || '/' || CAST(version AS TEXT), message, state \
               FROM acknowledgements WHERE way IN ('mail', 'digest') AND address::json ->> 'token' = $1",
};

pub(super) const MARK_BOUNCED: Statement = Statement {
    sqlite: "UPDATE acknowledgements SET state = 'bounced', evidence = COALESCE(evidence, '') || $2 WHERE state = 'sent' AND \
             way IN ('mail', 'digest') AND address ->> 'token' = $1",
    postgres: "UPDATE acknowledgements SET state = 'bounced', evidence = COALESCE(evidence, '') || $2 WHERE state = 'sent' AND \
               way IN ('mail', 'digest') AND address::json ->> 'token' = $1",
};
/// A digest takes the receipts that it lists with it.
pub(super) const MARK_LISTED: Statement = same!(
    "UPDATE acknowledgements SET state = 'bounced', evidence = COALESCE(evidence, '') || $2 WHERE state = 'sent' AND reason = $1"
);

/// Keeps what a notification says with the mails it speaks of. `message` is the notification's own reference.
pub(super) async fn keep(
    session: &mut Session,
    report: &BounceReport,
    message: &Reference,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    for token in &report.tokens {
        let Some(mut found) = session.row(&BY_TOKEN, &[token.as_str().into()]).await? else {
            continue;
        };
        let (subject, of) = (found.text(0), found.text(1));
        let marked = report.bad() && found.text(2) == "sent";
        if marked {
            let status = report.status.as_deref().unwrap_or("-");
            let evidence = format!("; bounced {status} ({message})");
            let taken_up = format!("digest:{subject}");
            let marked = [token.as_str().into(), evidence.as_str().into()];
            session.run(&MARK_BOUNCED, &marked).await?;
            session.run(&MARK_LISTED, &[taken_up.into(), evidence.into()]).await?;
        }
        let Some(of) = Reference::parse(&of) else { continue };
        let event = if marked { "acknowledgement.bounced" } else { "acknowledgement.reported" };
        let detail = json!({
            "key": subject,
            "outcome": report.outcome,
            "report": message,
            "status": report.status,
        });
        lines.push(Line::gateway(&of, now, event, detail));
        // One notification speaks of one mail; the other candidates are pieces of something else.
        break;
    }
    Ok(())
}

//! `kvittens show`: one notice with both tracks and its history, masked.

use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::corrected;
use crate::commands::corrected::Corrected;
use crate::commands::output;
use crate::config::Loaded;
use crate::domain::calendar::LocalTime;
use crate::domain::received::Envelope;
use crate::domain::received::Sender;
use crate::domain::reference::Reference;
use crate::store::AcknowledgementRow;
use crate::store::MessageRow;
use crate::store::NoticeRow;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// The notice's or the message's reference; case, spaces and hyphens are forgiven
    reference: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Prints everything about one message and its notices but what is personal.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let reference = parse(&arguments.reference)?;
    let (loaded, store) = super::open(&arguments.config).await?;
    let Some(message) = store.message(&reference).await? else {
        return Err(anyhow::anyhow!("there is no notice {reference}").into());
    };
    let notices = store.notices_of(&message.reference).await?;
    let acknowledgements = store.acknowledgements_of(&message.reference).await?;
    let mut same = Vec::new();
    for notice in &notices {
        same.extend(store.same_notices(&notice.reference).await?);
    }
    let mut corrections = Vec::new();
    for notice in &notices {
        corrections.extend(corrected::of(&store, notice).await?);
    }
    let history = store.history_of(reference.as_str(), &message.reference).await?;
    store.close().await;
    let entries: Vec<Value> =
        history.iter().filter_map(|row| serde_json::from_str(&row.entry).ok()).collect();
    let contact = whom_to_ask(&loaded, &message);
    let seen = seen(&message, &loaded.local_time);
    let shown =
        Shown { message, notices, acknowledgements, entries, same, contact, seen, corrections };
    match arguments.json {
        true => output::print_json(&shown.json()),
        false => shown.print(&loaded.local_time),
    }
}

/// Everything there is to show.
struct Shown {
    message: MessageRow,
    notices: Vec<NoticeRow>,
    acknowledgements: Vec<AcknowledgementRow>,
    entries: Vec<Value>,
    same: Vec<String>,
    contact: Option<String>,
    /// When a door first looked at it, and whether the day of its arrival had passed by then.
    seen: Option<(Timestamp, bool)>,
    corrections: Vec<Corrected>,
}

impl Shown {
    fn json(&self) -> Value {
        let message = &self.message;
        let notice = |row: &NoticeRow| {
            json!({
                "reference": row.reference, "type": row.kind, "state": row.state, "unit": row.unit, "caseId": row.case_id,
                "reason": row.reason, "attempts": row.attempts, "receivedAt": row.received_at,
            })
        };
        let acknowledgement = |row: &AcknowledgementRow| {
            json!({
                "reference": row.reference, "recipient": row.recipient, "purpose": row.purpose, "way": row.way,
                "version": row.version, "state": row.state, "dueAt": row.due_at, "sentAt": row.sent_at,
                "reason": row.reason, "attempts": row.attempts,
            })
        };
        json!({
            "reference": message.reference,
            "channel": message.channel,
            "format": message.format,
            "sizeBytes": message.size_bytes,
            "sha256": message.sha256,
            "board": message.board,
            "partner": message.partner,
            "proof": sender(message).and_then(|sender| sender.proof),
            "storedAt": message.stored_at,
            "firstSeenAt": self.seen.map(|(at, _)| at),
            "firstSeenLater": self.seen.is_some_and(|(_, later)| later),
            "notices": self.notices.iter().map(notice).collect::<Vec<_>>(),
            "acknowledgements": self.acknowledgements.iter().map(acknowledgement).collect::<Vec<_>>(),
            "sameNotices": self.same,
            "corrections": self.corrections.iter().map(Corrected::json).collect::<Vec<_>>(),
            "history": self.entries,
        })
    }

    fn print(&self, local_time: &LocalTime) -> Outcome {
        let message = &self.message;
        output::print(&format!(
            "{}  by {}, {} bytes",
            message.reference, message.channel, message.size_bytes
        ))?;
        if let Some(sender) = sender(message) {
            let partner = sender.partner.as_deref().unwrap_or("unknown sender");
            let proof = sender.proof.map(|proof| {
                let (dkim, spf, dmarc) =
                    (proof.dkim.as_str(), proof.spf.as_str(), proof.dmarc.as_str());
                format!(", {} (DKIM {dkim}, SPF {spf}, DMARC {dmarc})", proof.verdict.as_str())
            });
            output::print(&format!("from {partner}{}", proof.unwrap_or_default()))?;
        }
        if let Some((at, true)) = self.seen {
            let (day, clock) = (local_time.day_of(at), local_time.clock_of(at));
            output::print(&format!(
                "first seen {day} {clock}, when the day of its arrival had passed: late from the beginning. A mail server or a quarantine held it, or nobody looked",
            ))?;
        }
        if let Some(contact) = &self.contact {
            output::print(&format!("to ask there: {contact}"))?;
        }
        output::print("\nnotices")?;
        let row = |row: &NoticeRow| {
            let what = row.case_id.clone().or(row.reason.clone()).unwrap_or_default();
            vec![row.reference.clone(), row.kind.clone(), row.unit.clone(), row.state.clone(), what]
        };
        let rows: Vec<Vec<String>> = self.notices.iter().map(row).collect();
        output::print(&output::table(
            &["reference", "kind", "unit", "state", "case or why not"],
            &rows,
        ))?;
        if !self.same.is_empty() {
            output::print(&format!("the same notice came as {}", self.same.join(", ")))?;
        }
        output::print("\nacknowledgements")?;
        let clock = |at| format!("{} {}", local_time.day_of(at), local_time.clock_of(at));
        let row = |row: &AcknowledgementRow| {
            let at = row.sent_at.map(clock).unwrap_or_else(|| format!("due {}", clock(row.due_at)));
            let late =
                self.seen.is_some_and(|(_, later)| later).then(|| "firstSeenLater".to_owned());
            let reason = row.reason.clone().or(late).unwrap_or_default();
            let (to, what) = (row.recipient.clone(), row.purpose.clone());
            vec![to, what, row.way.clone(), row.state.clone(), at, reason]
        };
        let rows: Vec<Vec<String>> = self.acknowledgements.iter().map(row).collect();
        output::print(&output::table(&["to", "what", "way", "state", "when", "why"], &rows))?;
        if !self.corrections.is_empty() {
            output::print("\ncorrections")?;
            let rows: Vec<Vec<String>> =
                self.corrections.iter().flat_map(|it| it.rows(&clock)).collect();
            let heads = ["reference", "when", "who", "why", "value", "before", "after"];
            output::print(&output::table(&heads, &rows))?;
        }
        output::print("\nhistory")?;
        self.entries.iter().try_for_each(|entry| {
            let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default();
            output::print(&format!("{}  {:<26} {}", text("at"), text("event"), text("actor")))
        })
    }
}

/// When it was first seen, and whether that was on a later local day than its arrival.
fn seen(message: &MessageRow, local_time: &LocalTime) -> Option<(Timestamp, bool)> {
    let envelope = serde_json::from_str::<Envelope>(&message.envelope).ok()?;
    let arrived_on = local_time.day_of(envelope.received_at);
    Some((envelope.seen_at, local_time.day_of(envelope.seen_at) > arrived_on))
}

/// Whom to ask at the partner that sent it, as its file says.
fn whom_to_ask(loaded: &Loaded, message: &MessageRow) -> Option<String> {
    let directory = loaded.partners.now();
    let name = message.partner.as_deref()?;
    let partner = directory.known_as(name)?;
    partner.contact.line().map(|line| format!("{}: {line}", partner.name))
}

fn sender(message: &MessageRow) -> Option<Sender> {
    serde_json::from_str::<Envelope>(&message.envelope).ok().map(|envelope| envelope.sender)
}

/// Reads a reference as people write it.
pub(super) fn parse(text: &str) -> Result<Reference, Failed> {
    Reference::parse(text).ok_or_else(|| {
        Failed::Usage(anyhow::anyhow!("this is no reference: check for a mistyped character"))
    })
}

//! Waits until every sample's way is walked, tells it in a table, and compares it with what should have become of it.

use crate::demo::Stage;
use crate::demo::send::Sent;
use crate::domain::reference::Reference;
use crate::store::AcknowledgementRow;
use crate::store::NoticeRow;
use jiff::SignedDuration;
use std::time::Duration;

/// How long all of it may take.
const LIMIT: SignedDuration = SignedDuration::from_secs(60);

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// What became of one sample; empty while the store does not know it.
#[derive(Debug, Default)]
pub(super) struct Seen {
    notices: Vec<NoticeRow>,
    acknowledgements: Vec<AcknowledgementRow>,
}

impl Seen {
    /// Acknowledged, and handed over or with a person.
    fn is_settled(&self) -> bool {
        let rests = |state: &str| {
            matches!(state, "delivered" | "dismissed" | "notNotice" | "needsReview" | "parked")
        };
        let confirmed = self.acknowledgements.iter().filter(|row| row.purpose == "confirmation");
        !self.notices.is_empty()
            && confirmed.map(|row| row.state.as_str()).all(|state| state == "sent")
            && self.receipts().all(|row| matches!(row.state.as_str(), "sent" | "suppressed"))
            && self.notices.iter().all(|notice| rests(&notice.state))
    }

    fn receipts(&self) -> impl Iterator<Item = &AcknowledgementRow> {
        self.acknowledgements.iter().filter(|row| row.purpose == "receipt")
    }

    /// How soon the sender had the first receipt, and by which way; or why there is none.
    fn acknowledged(&self, notice: &NoticeRow) -> String {
        let first = self.receipts().filter(|row| row.state == "sent").min_by_key(|row| row.sent_at);
        if let Some((row, at)) = first.and_then(|row| row.sent_at.map(|at| (row, at))) {
            let seconds = at.duration_since(notice.received_at).as_secs_f64().max(0.0);
            return format!("{seconds:.2} s  {}", by(&row.way));
        }
        let words = |row: &AcknowledgementRow| match row.state.as_str() {
            "suppressed" => "none: automatic mail".to_owned(),
            state => state.to_owned(),
        };
        self.receipts().next().map_or_else(|| "not yet".to_owned(), words)
    }
}

fn by(way: &str) -> &str {
    match way {
        "api" => "answer",
        "files" => "receipt file",
        other => other,
    }
}

/// Looks until all samples are settled and both folders are taken in, or the time is up.
pub(super) async fn until_settled(stage: &Stage<'_>, sent: &[Sent]) -> anyhow::Result<Vec<Seen>> {
    let give_up_at = stage.store.clock().now() + LIMIT;
    loop {
        let mut seen = Vec::with_capacity(sent.len());
        for sample in sent {
            seen.push(look(stage, sample).await?);
        }
        let waits = ["maildir/new", "drop/demo/in"];
        let taken_in = waits.iter().all(|part| stage.place.nothing_waits_in(part));
        let settled = taken_in && seen.iter().all(Seen::is_settled);
        if settled || stage.store.clock().now() >= give_up_at {
            return Ok(seen);
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn look(stage: &Stage<'_>, sent: &Sent) -> anyhow::Result<Seen> {
    let Some(message) = stage.store.first_with_digest(&sent.sha256).await? else {
        return Ok(Seen::default());
    };
    Ok(Seen {
        notices: stage.store.notices_of(&message).await?,
        acknowledgements: stage.store.acknowledgements_of(&message).await?,
    })
}

/// Prints the table, one line a notice, and answers what is not as it should be.
pub(super) fn tell(stage: &Stage<'_>, sent: &[Sent], seen: &[Seen]) -> Vec<String> {
    let mut rows = Vec::new();
    let mut faults = Vec::new();
    for (sent, seen) in sent.iter().zip(seen) {
        for notice in &seen.notices {
            let reference = Reference::parse(&notice.reference);
            rows.push([
                reference.map_or_else(|| notice.reference.clone(), |known| known.to_string()),
                door(&notice.channel).to_owned(),
                notice.kind.clone(),
                seen.acknowledged(notice),
                notice.unit.clone(),
                outcome(notice),
            ]);
        }
        let became: Vec<(&str, &str)> =
            seen.notices.iter().map(|row| (row.kind.as_str(), row.state.as_str())).collect();
        if became != sent.sample.expected {
            let (title, expected) = (sent.sample.title, sent.sample.expected);
            faults.push(format!("{title}: became {became:?}, should be {expected:?}"));
        } else if !seen.is_settled() {
            faults.push(format!("{}: not acknowledged within {LIMIT:#}", sent.sample.title));
        }
    }
    let header = ["reference", "door", "kind", "acknowledged after", "unit", "case, or why not"];
    for line in table(&header, &rows) {
        (stage.print)(&line);
    }
    let told = |purpose: &str, sent: bool| {
        let all = seen.iter().flat_map(|seen| &seen.acknowledgements);
        all.filter(|row| row.purpose == purpose && (row.state == "sent") == sent).count()
    };
    (stage.print)(&format!(
        "\n{} notices. {} confirmations to Kronofogden name a caseworker (kronofogden/); {} copies to persons wait for somebody who approves them (kvittens copy).",
        rows.len(),
        told("confirmation", true),
        told("copy", false)
    ));
    faults
}

fn door(channel: &str) -> &str {
    match channel {
        "maildir" => "mail",
        "api" => "API",
        other => other,
    }
}

/// The case, or the state with its reason.
fn outcome(notice: &NoticeRow) -> String {
    let words = match notice.state.as_str() {
        "needsReview" => "a person reads it",
        "notNotice" => "no notice",
        "parked" => "a person decides",
        state => state,
    };
    match (&notice.case_id, &notice.reason) {
        (Some(case_id), _) => case_id.clone(),
        (None, Some(reason)) if reason != "needsPerson" => format!("{words} ({reason})"),
        (None, Some(_) | None) => words.to_owned(),
    }
}

fn table<const N: usize>(header: &[&str; N], rows: &[[String; N]]) -> Vec<String> {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([header[column].chars().count()]).max().unwrap_or(0)
    };
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |cells: [&str; N]| {
        let padded = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let body = rows.iter().map(|row| line(std::array::from_fn(|column| row[column].as_str())));
    std::iter::once(line(*header)).chain(body).collect()
}

//! The files of a bundle of evidence, from the store. Paths hold references and stable words, never a name that somebody sent.

use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Way;
use crate::domain::received::Format;
use crate::domain::reference::Reference;
use crate::seal::bundle::CHAIN;
use crate::seal::bundle::Entry;
use crate::seal::bundle::JOURNAL;
use crate::seal::bundle::ORIGINAL;
use crate::seal::bundle::RECEIPTS;
use crate::seal::bundle::journal;
use crate::store::AcknowledgementRow;
use crate::store::CorrectionRow;
use crate::store::FeedRow;
use crate::store::MessageRow;
use crate::store::NoticeRow;
use crate::store::SentRow;
use crate::store::Store;
use serde_json::Value;
use serde_json::json;

/// Everything there is of a message, but for the bundle's own files. The journal is read last: it then tells of all the rest.
pub(super) async fn gather(
    store: &Store,
    message: &MessageRow,
    subject: &Reference,
    notices: &[NoticeRow],
) -> anyhow::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    if let Some(original) = store.original(&message.reference).await? {
        let path = format!("{ORIGINAL}message.{}", ending(&message.format));
        entries.push(entry(path, original, "what arrived, byte for byte"));
    }
    entries.push(entry(
        "envelope.json".to_owned(),
        message.envelope.clone(),
        "how and from whom it arrived, as the gateway recorded it",
    ));
    let read: Vec<Value> = notices.iter().map(notice).collect();
    let what = "what was read from it, notice by notice, and where each went";
    entries.push(entry("notice.json".to_owned(), serde_json::to_vec_pretty(&read)?, what));
    for row in notices {
        let Some(corrected) = Reference::parse(&row.reference) else { continue };
        for it in store.corrections_of(&corrected).await? {
            entries.push(earlier(&row.reference, &it)?);
        }
    }
    for (at, receipt) in store.kept_receipts(subject).await?.into_iter().enumerate() {
        let path = format!("{RECEIPTS}receipt-{}.json", at + 1);
        entries.push(entry(path, receipt, "the receipt with the municipality's signature"));
    }
    entries.extend(store.sent(subject).await?.into_iter().map(sent));
    entries.extend(store.confirmations_of(subject).await?.into_iter().map(confirmation));
    let rows = store.acknowledgements_of(&message.reference).await?;
    let rows: Vec<Value> = rows.iter().map(delivery).collect();
    let what = "who was told what, by which way, when, and what the other side answered";
    entries.push(entry("deliveries.json".to_owned(), serde_json::to_vec_pretty(&rows)?, what));
    let lines = journal::lines(&store.journal_lines(subject).await?)?;
    entries.push(entry(JOURNAL.to_owned(), lines, "the journal's lines about it"));
    let chain = journal::chain(&store.chain().await?)?;
    entries.push(entry(CHAIN.to_owned(), chain, "where the municipality's whole journal stood"));
    Ok(entries)
}

fn entry(path: String, bytes: impl Into<Vec<u8>>, what: &str) -> Entry {
    Entry { path, bytes: bytes.into().into(), what: what.to_owned() }
}

/// How files of a format end.
fn ending(format: &str) -> &str {
    let known = [Format::Json, Format::Xml, Format::Csv].iter().chain(&Format::DOCUMENTS);
    let known: Vec<&str> = known.map(|format| format.as_str()).collect();
    match format {
        _ if format == Format::Mail.as_str() => "eml",
        format if known.contains(&format) => format,
        _ => "bin",
    }
}

fn notice(row: &NoticeRow) -> Value {
    let stored = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    json!({
        "reference": row.reference, "type": row.kind, "state": row.state, "unit": row.unit, "board": row.board, "caseId": row.case_id,
        "reason": row.reason, "attempts": row.attempts, "updatedAt": row.updated_at, "assignment": stored(&row.assignment),
        "notice": stored(&row.notice),
    })
}

/// The text of a notice before a person corrected it.
fn earlier(notice: &str, it: &CorrectionRow) -> anyhow::Result<Entry> {
    let text: Value = serde_json::from_str(it.earlier.reveal())?;
    let said = json!({
        "reference": notice, "version": it.version, "at": it.at, "actor": it.actor, "reason": it.because.as_str(),
        "state": it.state, "paths": it.paths, "confirmation": it.confirmation, "copy": it.copy, "enclosed": it.enclosed, "earlier": text,
    });
    let path = format!("corrections/{notice}-{}.json", it.version);
    let what = "a person's correction: who, when, why, which places, and the text as it was before";
    Ok(entry(path, serde_json::to_vec_pretty(&said)?, what))
}

/// A confirmation as Kronofogden finds it in the feed.
fn confirmation(row: FeedRow) -> Entry {
    let path = format!("answers/confirmation-{:08}.json", row.number);
    entry(path, row.document, "the confirmation as it stands in Kronofogden's feed")
}

/// What was sent, as it was sent. Signed receipts lie elsewhere; JSON that was sent without a signature is an answer.
fn sent(row: SentRow) -> Entry {
    let (ending, what) = match row.key.way {
        Way::Mail | Way::Digest => ("eml", "a mail that was made to be sent"),
        Way::Files => ("json", "the receipt file that was laid beside the dropped file"),
        Way::Folder => ("json", "the machine answer in the folder of Kronofogden"),
        Way::Sftp => ("json", "the machine answer in Kronofogden's folder on a server"),
        Way::Feed => ("json", "the machine answer that Kronofogden's client fetches"),
        Way::Webhook => {
            ("json", "the call that tells Kronofogden where to fetch the machine answer")
        }
        Way::Print => ("json", "letters to be printed, with their PDF in base64"),
        Way::Service => ("json", "letters for the letter service, with their PDF in base64"),
        Way::Api | Way::Outstanding => ("txt", "what was made to be sent"),
    };
    let receipt = row.key.purpose == Purpose::Receipt && ending == "eml";
    let folder = if receipt { RECEIPTS } else { "answers/" };
    let name = row.key.subject().replace('/', "-");
    entry(format!("{folder}{name}.{ending}"), row.rendered.reveal().to_owned(), what)
}

fn delivery(row: &AcknowledgementRow) -> Value {
    json!({
        "reference": row.reference, "recipient": row.recipient, "purpose": row.purpose, "way": row.way, "version": row.version,
        "state": row.state, "dueAt": row.due_at, "sentAt": row.sent_at, "reason": row.reason, "attempts": row.attempts,
        "evidence": row.evidence, "plannedAt": row.created_at, "fetchedAt": row.fetched_at,
    })
}

#[cfg(test)]
mod tests {
    use super::ending;

    #[test]
    fn an_original_ends_as_its_kind_does_and_never_as_its_sender_called_it() {
        for (format, expected) in
            [("mail", "eml"), ("json", "json"), ("pdf", "pdf"), ("other", "bin"), ("../x", "bin")]
        {
            assert_eq!(ending(format), expected);
        }
    }
}

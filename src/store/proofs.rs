//! What proves a notice afterwards: its receipts as they were handed out, what else was sent, and its lines of the journal with their hashes.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::seal::bundle::journal::JournalLine;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::actions::by;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::journal::Line;
use jiff::Timestamp;
use serde_json::json;

pub(super) const KEPT_RECEIPT: Statement =
    same!("SELECT receipt FROM sealed_receipts WHERE message = $1 AND notices = $2");
pub(super) const KEPT_RECEIPTS: Statement =
    same!("SELECT receipt FROM sealed_receipts WHERE message = $1 ORDER BY notices");
pub(super) const KEEP_RECEIPT: Statement = same!(
    "INSERT INTO sealed_receipts (message, notices, receipt, kept_at) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (message, notices) DO NOTHING"
);
/// The hash before each line's own is that of whichever line stands before it in the chain.
pub(super) const JOURNAL_LINES: Statement = same!(
    "SELECT j.seq, j.entry, j.hash, p.hash FROM journal j LEFT JOIN journal p ON p.seq = j.seq - 1 \
     WHERE j.reference = $1 OR j.reference IN (SELECT reference FROM notices WHERE message = $1) ORDER BY j.seq"
);
pub(super) const SENT: Statement = same!(
    "SELECT reference, recipient, purpose, way, version, rendered FROM acknowledgements \
     WHERE message = $1 AND rendered IS NOT NULL ORDER BY created_at, reference, recipient, purpose, way, version"
);

/// Something about what proves a notice.
#[derive(Clone, Debug)]
pub enum ProofChange {
    /// Keep a receipt that is handed out; the one that was kept first stays.
    Receipt {
        /// The message.
        message: Reference,
        /// How many notices it names.
        notices: usize,
        /// The receipt as JSON, signed.
        receipt: Masked,
    },
    /// A person takes everything out that proves a message.
    Evidence {
        /// The message.
        message: Reference,
        /// Who.
        actor: String,
    },
}

/// What was rendered to be sent.
#[derive(Clone, Debug)]
pub struct SentRow {
    /// Which acknowledgement.
    pub key: AcknowledgementKey,
    /// The very text.
    pub rendered: Masked,
}

impl Store {
    /// The receipt that was handed out first while so many notices of a message were known.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn kept_receipt(
        &self,
        message: &Reference,
        notices: usize,
    ) -> Result<Option<String>, StoreError> {
        let values = [message.as_str().into(), count(notices).into()];
        let row = self.engine.reading().await?.row(&KEPT_RECEIPT, &values).await?;
        Ok(row.map(|mut row| row.text(0)))
    }

    /// All receipts that were handed out for a message, those with fewer notices first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn kept_receipts(&self, message: &Reference) -> Result<Vec<String>, StoreError> {
        let values = [message.as_str().into()];
        let rows = self.engine.reading().await?.rows(&KEPT_RECEIPTS, &values).await?;
        Ok(rows.into_iter().map(|mut row| row.text(0)).collect())
    }

    /// The lines of the journal about a message and its notices, each with the hash before its own.
    ///
    /// # Errors
    /// When the database does not answer, or holds what is no hash.
    pub async fn journal_lines(&self, message: &Reference) -> Result<Vec<JournalLine>, StoreError> {
        let values = [message.as_str().into()];
        let rows = self.engine.reading().await?.rows(&JOURNAL_LINES, &values).await?;
        rows.into_iter().map(journal_line).collect()
    }

    /// What was rendered to be sent about a message and its notices, as it was sent.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn sent(&self, message: &Reference) -> Result<Vec<SentRow>, StoreError> {
        let values = [message.as_str().into()];
        let rows = self.engine.reading().await?.rows(&SENT, &values).await?;
        rows.into_iter().map(sent_row).collect()
    }
}

fn count(notices: usize) -> i64 {
    i64::try_from(notices).unwrap_or(i64::MAX)
}

fn journal_line(mut row: Row) -> Result<JournalLine, StoreError> {
    let corrupt = StoreError::Corrupt("journal entry");
    let first = || Digest::from_bytes(&[0; 32]);
    let previous = row.maybe_text(3).map_or_else(first, |text| Digest::from_hex(&text));
    let hash = Digest::from_hex(&row.text(2));
    let (Some(previous), Some(hash)) = (previous, hash) else { return Err(corrupt) };
    Ok(JournalLine { seq: row.int(0), previous, hash, entry: row.text(1) })
}

fn sent_row(mut row: Row) -> Result<SentRow, StoreError> {
    let corrupt = || StoreError::Corrupt("acknowledgement");
    let key = AcknowledgementKey {
        reference: Reference::parse(&row.text(0)).ok_or_else(corrupt)?,
        recipient: Recipient::parse(&row.text(1)).ok_or_else(corrupt)?,
        purpose: Purpose::parse(&row.text(2)).ok_or_else(corrupt)?,
        way: Way::parse(&row.text(3)).ok_or_else(corrupt)?,
        version: u32::try_from(row.int(4)).map_err(|_| corrupt())?,
    };
    Ok(SentRow { key, rendered: Masked::new(row.text(5)) })
}

/// Runs a change inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    change: &ProofChange,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    match change {
        ProofChange::Receipt { message, notices, receipt } => {
            keep(session, message, (*notices, receipt), now, lines).await?;
        }
        ProofChange::Evidence { message, actor } => {
            lines.push(by(actor, message.as_str(), now, "person.tookEvidence", json!({})));
        }
    }
    Ok(())
}

/// Keeps a receipt that names so many notices; the one that was kept first stays.
pub(super) async fn keep(
    session: &mut Session,
    message: &Reference,
    (notices, receipt): (usize, &Masked),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    let (receipt, at) = (receipt.reveal(), now.as_microsecond());
    let values = [message.as_str().into(), count(notices).into(), receipt.into(), at.into()];
    if session.run(&KEEP_RECEIPT, &values).await? > 0 {
        // The digest of signed text: nobody guesses the text by it.
        let sha256 = Digest::of(receipt.as_bytes()).to_string();
        let detail = json!({ "notices": notices, "sha256": sha256 });
        lines.push(Line::gateway(message, now, "receipt.sealed", detail));
    }
    Ok(())
}

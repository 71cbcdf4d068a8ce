//! A stored message read once more: with its documents, or by other rules.

use crate::domain::document::Documents;
use crate::domain::received::Envelope;
use crate::domain::received::Received;
use crate::domain::reference::Reference;
use crate::normalize::Reading;
use crate::partners::Partners;
use crate::pipeline::documents::documents_of;
use crate::pipeline::manners;
use crate::pipeline::reader;
use crate::pipeline::reader::Rules;
use crate::pipeline::sender;
use crate::pipeline::sender::Known;
use crate::sandbox::Sandbox;
use crate::sandbox::SandboxError;
use crate::store::Store;
use crate::store::StoreError;
use bytes::Bytes;

/// A message as it was received; `None` when there is none of this reference.
///
/// # Errors
/// When the database does not answer, or holds what this version cannot read.
pub async fn stored(store: &Store, reference: &Reference) -> Result<Option<Received>, StoreError> {
    let Some(message) = store.message(reference).await? else { return Ok(None) };
    let envelope: Envelope =
        serde_json::from_str(&message.envelope).map_err(|_| StoreError::Corrupt("envelope"))?;
    let original = store.original(&message.reference).await?;
    Ok(original.map(|raw| Received { envelope, raw: Bytes::from(raw) }))
}

/// What a stored message says by these rules and the partners' files of now; stores nothing.
///
/// # Errors
/// When no document can be read on this machine.
pub async fn read(
    rules: &Rules,
    partners: &Partners,
    received: &Received,
    sandbox: &Sandbox,
) -> Result<Reading, SandboxError> {
    let format = received.envelope.format;
    let documents = documents_of(&received.raw, format, sandbox, rules.limits).await?;
    Ok(understand(rules, partners, received, Some(documents)).await.0)
}

/// What it says, and what is known of its sender.
pub(super) async fn understand(
    rules: &Rules,
    partners: &Partners,
    received: &Received,
    documents: Option<Documents>,
) -> (Reading, Known) {
    let mut known = sender::known_again(partners, &received.envelope);
    manners::mind_again(received, &mut known);
    let mut reading = reader::read_whole(rules, received, &known, documents).await;
    reader::note_growth(received, &mut reading);
    reader::note_earlier(received, &mut reading);
    known.remark(&mut reading);
    (reading, known)
}

//! The documents of a message, each read in a child process: the way from a message's bytes to what [`crate::normalize`] needs of them.

use crate::domain::document::Content;
use crate::domain::document::Document;
use crate::domain::document::Documents;
use crate::domain::document::Outcome;
use crate::domain::received::Format;
use crate::normalize;
use crate::normalize::Limits;
use crate::sandbox::Sandbox;
use crate::sandbox::SandboxError;
use bytes::Bytes;
use futures::StreamExt as _;
use futures::TryStreamExt as _;

/// Documents of one message that are read; what is beyond is told as too much.
const DOCUMENTS_MAX: usize = 50;
/// Memory that the documents of one message may hold; what is beyond is told as too much.
const WEIGHT_MAX: usize = 64 * 1024 * 1024;
/// Documents of one message that wait for a place at a time.
const AT_A_TIME: usize = 8;

/// Reads the documents that came in a message, or the one that it is, in the order of its attachments. A message without any costs no process.
/// Cancel safe; may be called again for the same message.
///
/// # Errors
/// When no child process could be started; no document is at fault then, and a later attempt may do better.
pub async fn documents_of(
    raw: &Bytes,
    format: Format,
    sandbox: &Sandbox,
    limits: Limits,
) -> Result<Documents, SandboxError> {
    let bytes = raw.clone();
    let looked =
        tokio::task::spawn_blocking(move || normalize::documents_in(&bytes, format, &limits));
    let attached = looked.await.map_err(|_panicked| SandboxError::Look)?;
    let readings = attached.into_iter().enumerate().map(|(at, document)| async move {
        if at >= DOCUMENTS_MAX {
            return Ok((document.attachment, Outcome::TooMuch));
        }
        let outcome = sandbox.read(document.format, &document.raw).await?;
        Ok((document.attachment, outcome))
    });
    let mut coming = std::pin::pin!(futures::stream::iter(readings).buffered(AT_A_TIME));
    let (mut read, mut weight) = (Vec::new(), 0_usize);
    while let Some((attachment, outcome)) = coming.try_next().await? {
        weight = weight.saturating_add(weight_of(&outcome));
        let fits = weight <= WEIGHT_MAX;
        read.push((attachment, if fits { outcome } else { Outcome::TooMuch }));
    }
    Ok(Documents { read })
}

/// About how many bytes of memory an outcome holds.
fn weight_of(outcome: &Outcome) -> usize {
    match outcome {
        Outcome::Done(document) => weight_in(document),
        Outcome::Refused(_) | Outcome::Crashed | Outcome::TimedOut | Outcome::TooMuch => 0,
    }
}

fn weight_in(document: &Document) -> usize {
    let cells = document.tables.iter().flat_map(|table| &table.rows).map(|row| 24 + row.len() * 32);
    let inner = document.entries.iter().map(|entry| match &entry.content {
        Content::Document(inner) => weight_in(inner),
        Content::Skipped(_) => 0,
    });
    document.text.len() * 2 + cells.sum::<usize>() + inner.sum::<usize>()
}

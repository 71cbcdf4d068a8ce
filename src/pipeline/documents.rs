//! The documents of a message, each read in a child process: the way from a message's bytes to what [`crate::normalize`] needs of them.

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
    let attached = looked.await.unwrap_or_default();
    let readings = attached.into_iter().enumerate().map(|(at, document)| async move {
        if at >= DOCUMENTS_MAX {
            return Ok((document.attachment, Outcome::TooMuch));
        }
        let outcome = sandbox.read(document.format, &document.raw).await?;
        Ok((document.attachment, outcome))
    });
    let read = futures::stream::iter(readings).buffered(AT_A_TIME).try_collect().await?;
    Ok(Documents { read })
}

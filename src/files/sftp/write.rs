//! Writing a file on the far side, such as a receipt: it is whole when this succeeds.

use super::client::Client;
use super::error::SftpError;

/// Bytes in one request to write; every server takes so many.
const PIECE: usize = 32 * 1024;

/// Writes a new file. After an error something of it may be left.
pub(super) async fn file(client: &Client, path: &[u8], bytes: &[u8]) -> Result<(), SftpError> {
    let handle = client.create(path).await?;
    let written = opened(client, &handle, bytes).await;
    client.close(&handle, written).await?;
    // A full disk shows itself in some servers only as a file that is too short.
    match client.look(path).await?.size_bytes {
        Some(size) if size != bytes.len() as u64 => Err(SftpError::Failed),
        Some(_) | None => Ok(()),
    }
}

async fn opened(client: &Client, handle: &[u8], bytes: &[u8]) -> Result<(), SftpError> {
    let mut at = 0;
    for piece in bytes.chunks(PIECE) {
        client.write(handle, at, piece).await?;
        at += piece.len() as u64;
    }
    client.sync(handle).await
}

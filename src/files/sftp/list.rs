//! Listing a folder on the far side, where notices wait.

use super::client::Client;
use super::entry::is_name;
use super::error::SftpError;
use super::wire::Attributes;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

/// More names than this are not listed at once; the rest is found when these are gone. A server cannot fill our memory.
const MOST_NAMES: usize = 100_000;

/// The wanted names in a folder, in no order, with what the server says of them.
pub(super) async fn names(
    client: &Client,
    path: &[u8],
    wanted: fn(&OsStr) -> bool,
) -> Result<Vec<(Vec<u8>, Attributes)>, SftpError> {
    let handle = client.open_folder(path).await?;
    let listed = opened(client, &handle, wanted).await;
    client.close(&handle, listed).await
}

async fn opened(
    client: &Client,
    handle: &[u8],
    wanted: fn(&OsStr) -> bool,
) -> Result<Vec<(Vec<u8>, Attributes)>, SftpError> {
    let mut found = Vec::new();
    while found.len() < MOST_NAMES
        && let Some(names) = client.next_names(handle).await?
    {
        let names = names.into_iter();
        found.extend(names.filter(|(name, _)| is_name(name) && wanted(OsStr::from_bytes(name))));
    }
    Ok(found)
}

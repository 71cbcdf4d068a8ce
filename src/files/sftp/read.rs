//! Reading a file on the far side: never through a link, never beyond the limit, never half an old and half a new one.

use super::client::Client;
use super::entry::kind;
use super::error::SftpError;
use super::link::Link;
use super::wire::Attributes;
use crate::domain::digest::Digest;
use crate::files::identity::Kind;
use crate::files::read::ReadError;
use std::collections::VecDeque;

/// Bytes asked for at once; every server gives so many.
const PIECE: u32 = 32 * 1024;
/// Requests under way for one file.
const AHEAD: usize = 16;

/// Why reading stopped.
#[derive(Debug)]
pub(super) enum Stop {
    Read(ReadError),
    Sftp(SftpError),
}

impl From<SftpError> for Stop {
    fn from(error: SftpError) -> Self {
        Self::Sftp(error)
    }
}

/// Runs a reading over the connection.
pub(super) fn run<T>(
    link: &Link,
    work: impl AsyncFnOnce(&Client) -> Result<T, Stop>,
) -> Result<T, ReadError> {
    let mut stopped = None;
    let done = link.run(async |session| match work(&session.client).await {
        Ok(done) => Ok(Some(done)),
        Err(Stop::Read(error)) => {
            stopped = Some(error);
            Ok(None)
        }
        Err(Stop::Sftp(error)) => Err(error),
    });
    match done {
        Ok(Some(done)) => Ok(done),
        Ok(None) => Err(stopped.unwrap_or(ReadError::Changed)),
        Err(SftpError::NotFound) => Err(ReadError::Gone),
        Err(SftpError::Denied) => Err(ReadError::NoPermission),
        // The file itself may be what hangs the server (a pipe put in its place): it must not stand in the way of the others.
        Err(silent @ SftpError::Silent) => {
            Err(ReadError::Disk(std::io::Error::new(std::io::ErrorKind::TimedOut, silent)))
        }
        Err(error) => Err(ReadError::Disk(error.into())),
    }
}

/// The digest of a file of any length.
pub(super) fn digest(link: &Link, path: &[u8]) -> Result<Digest, ReadError> {
    let mut context = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
    let mut take = |piece: &[u8]| context.update(piece);
    run(link, async |client| file(client, path, u64::MAX, &mut take).await)?;
    Digest::from_bytes(context.finish().as_ref()).ok_or(ReadError::Changed)
}

/// Reads a file of at most `limit_bytes` piece by piece; a larger one is refused before its first byte is asked for.
pub(super) async fn file(
    client: &Client,
    path: &[u8],
    limit_bytes: u64,
    take: &mut impl FnMut(&[u8]),
) -> Result<Attributes, Stop> {
    // A pipe must not be opened: the server would wait for a writer.
    regular(client.look(path).await?)?;
    let handle = client.open_to_read(path).await?;
    let read = opened(client, path, &handle, limit_bytes, take).await;
    client.close(&handle, read).await
}

async fn opened(
    client: &Client,
    path: &[u8],
    handle: &[u8],
    limit_bytes: u64,
    take: &mut impl FnMut(&[u8]),
) -> Result<Attributes, Stop> {
    let (named, before) = futures::future::join(client.look(path), client.look_at(handle)).await;
    let (named, before) = (named?, before?);
    regular(named)?;
    if !same(named, before) {
        return Err(Stop::Read(ReadError::Changed));
    }
    let size = before.size_bytes.ok_or(SftpError::Unsupported)?;
    if size > limit_bytes {
        return Err(Stop::Read(ReadError::TooLarge));
    }
    let length = pieces(client, handle, size, take).await?;
    let after = client.look_at(handle).await?;
    match length == size && same(before, after) {
        true => Ok(before),
        false => Err(Stop::Read(ReadError::Changed)),
    }
}

fn regular(attributes: Attributes) -> Result<(), Stop> {
    match kind(attributes) {
        Kind::File => Ok(()),
        Kind::Folder | Kind::Link | Kind::Special => Err(Stop::Read(ReadError::NotAFile)),
    }
}

fn same(one: Attributes, other: Attributes) -> bool {
    (one.size_bytes, one.modified_at) == (other.size_bytes, other.modified_at)
}

/// Reads `size` bytes and one more, which must not be there. Answers how many came.
async fn pieces(
    client: &Client,
    handle: &[u8],
    size: u64,
    take: &mut impl FnMut(&[u8]),
) -> Result<u64, SftpError> {
    let end = size.saturating_add(1);
    let mut under_way = VecDeque::new();
    let mut asked = 0;
    let mut got = 0;
    loop {
        while under_way.len() < AHEAD && asked < end {
            // The byte that must not be there is asked for apart: then no answer is shorter than asked for.
            let left = if asked < size { size - asked } else { 1 };
            let length = u32::try_from(left).unwrap_or(PIECE).min(PIECE);
            under_way.push_back((asked, length, client.read(handle, asked, length)));
            asked += u64::from(length);
        }
        let Some((from, length, piece)) = under_way.pop_front() else { return Ok(got) };
        let mut piece = piece.bytes().await?;
        let mut rest = length;
        while let Some(bytes) = piece {
            let came = u32::try_from(bytes.len()).ok().filter(|came| *came <= rest);
            rest -= came.ok_or(SftpError::Nonsense)?;
            got += bytes.len() as u64;
            take(&bytes);
            // A server may give less than was asked for.
            piece = match rest {
                0 => None,
                rest => client.read(handle, from + u64::from(length - rest), rest).bytes().await?,
            };
        }
        if rest > 0 {
            // The file's end; what was asked for beyond it is of no interest.
            return Ok(got);
        }
    }
}

//! Reading a notice's file: never through a link, never hanging on a pipe, never beyond the limit, never half an old and half a new one.

use super::folder::Folder;
use super::identity::FileIdentity;
use super::identity::Kind;
use crate::domain::digest::Digest;
use rustix::fs::Mode;
use rustix::fs::OFlags;
use rustix::io::Errno;
use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::io::Read;

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is larger than the limit; nothing beyond the limit was read.
    #[error("the file is larger than the limit")]
    TooLarge,
    /// A link, folder, pipe, socket or device.
    #[error("not a regular file")]
    NotAFile,
    /// It changed while it was read: look again later.
    #[error("the file changed while it was read")]
    Changed,
    /// It is no longer there.
    #[error("the file is no longer there")]
    Gone,
    /// We may not read it.
    #[error("no permission to read the file")]
    NoPermission,
    /// The disk failed.
    #[error("cannot read the file")]
    Disk(#[source] io::Error),
}

impl From<ReadError> for io::Error {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Disk(failed) => failed,
            ReadError::Gone => io::ErrorKind::NotFound.into(),
            ReadError::NoPermission => io::ErrorKind::PermissionDenied.into(),
            ReadError::TooLarge | ReadError::NotAFile | ReadError::Changed => Self::other(error),
        }
    }
}

/// The beginning of a large file, and what identifies the whole.
#[derive(Debug)]
pub struct Head {
    /// The first bytes.
    pub bytes: Vec<u8>,
    /// Digest of the whole file.
    pub sha256: Digest,
    /// Which file it was, from beginning to end.
    pub identity: FileIdentity,
}

impl Folder {
    /// Reads a whole file of at most `limit_bytes`; a larger one is refused without being read.
    pub fn read(
        &self,
        name: &OsStr,
        limit_bytes: u64,
    ) -> Result<(Vec<u8>, FileIdentity), ReadError> {
        let (file, before) = self.open_file(name)?;
        if before.size_bytes > limit_bytes {
            return Err(ReadError::TooLarge);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(before.size_bytes + 1).unwrap_or(0));
        let read = (&file).take(before.size_bytes + 1).read_to_end(&mut bytes);
        read.map_err(ReadError::Disk)?;
        unchanged(&file, before, bytes.len() as u64)?;
        Ok((bytes, before))
    }

    /// Reads the first `head_bytes` and the digest of a file of any length, in a fixed amount of memory.
    pub fn read_head(&self, name: &OsStr, head_bytes: usize) -> Result<Head, ReadError> {
        let (mut file, before) = self.open_file(name)?;
        let mut context = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
        let mut bytes = Vec::new();
        let mut length = 0;
        let mut piece = vec![0; 64 * 1024];
        loop {
            let read = match file.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => read,
                Err(again) if again.kind() == io::ErrorKind::Interrupted => continue,
                Err(failed) => return Err(ReadError::Disk(failed)),
            };
            context.update(&piece[..read]);
            let wanted = head_bytes.saturating_sub(bytes.len()).min(read);
            bytes.extend_from_slice(&piece[..wanted]);
            length += read as u64;
        }
        unchanged(&file, before, length)?;
        let sha256 =
            Digest::from_bytes(context.finish().as_ref()).unwrap_or_else(|| Digest::of(&bytes));
        Ok(Head { bytes, sha256, identity: before })
    }

    fn open_file(&self, name: &OsStr) -> Result<(File, FileIdentity), ReadError> {
        // NONBLOCK: opening a pipe without a writer would wait for ever. NOCTTY: a terminal must not become ours.
        let flags =
            OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let fd = rustix::fs::openat(&self.fd, name, flags, Mode::empty()).map_err(|refused| {
            match refused {
                Errno::NOENT => ReadError::Gone,
                Errno::LOOP | Errno::NXIO | Errno::NODEV => ReadError::NotAFile,
                Errno::ACCESS | Errno::PERM => ReadError::NoPermission,
                other => ReadError::Disk(other.into()),
            }
        })?;
        let stat = rustix::fs::fstat(&fd).map_err(|failed| ReadError::Disk(failed.into()))?;
        match Kind::of(&stat) {
            Kind::File => Ok((File::from(fd), FileIdentity::of(&stat))),
            Kind::Folder | Kind::Link | Kind::Special => Err(ReadError::NotAFile),
        }
    }
}

fn unchanged(file: &File, before: FileIdentity, read_bytes: u64) -> Result<(), ReadError> {
    let after = rustix::fs::fstat(file).map_err(|failed| ReadError::Disk(failed.into()))?;
    if FileIdentity::of(&after) != before || before.size_bytes != read_bytes {
        return Err(ReadError::Changed);
    }
    Ok(())
}

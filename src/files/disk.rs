//! Where a partner's files may lie: on a disk of this machine, or on a server that is reached by SFTP. The doors for files and the writer of
//! receipts are the same for both.

use super::folder::Folder;
use super::identity::Entry;
use super::identity::FileIdentity;
use super::name::numbered;
use super::put::IfTaken;
use super::read::ReadError;
use crate::domain::digest::Digest;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::io;
use std::path::Path;

/// How many numbered names are tried before a folder counts as full.
const NUMBERS: u32 = 100_000;

/// A place that has folders. All methods here and in [`Files`] block.
pub trait Disk: Clone + Send + Sync + 'static {
    /// An opened folder.
    type Folder: Files;

    /// How many files are worth handling at the same time.
    const LANES: usize;

    /// Whether a file is known by more than its name, size and time.
    const HAS_INODES: bool;

    /// Opens a folder that is there. Its last component must not be a link.
    fn open(&self, path: &Path) -> io::Result<Self::Folder>;

    /// Opens a folder, making it first when it is missing.
    fn open_or_create(&self, path: &Path) -> io::Result<Self::Folder>;

    /// Whether the whole place is away (a broken connection) and not a single file at fault.
    fn is_away(error: &io::Error) -> bool {
        error.kind() == io::ErrorKind::NotConnected
    }
}

/// What can be done with the files in a folder. No method follows a link, and none replaces a file.
pub trait Files: Send + Sync + Sized {
    /// Number of the file system, the same for folders between which a file can be moved in one step.
    fn device(&self) -> io::Result<u64>;

    /// Fails when it is certain that we may not list it, read in it, or move files into and out of it.
    fn check_permission(&self) -> io::Result<()>;

    /// Opens a folder in this one, making it first when it is missing.
    fn open_or_create_in(&self, name: &OsStr) -> io::Result<Self>;

    /// What is in the folder, in no order; names that are not `wanted` are not even looked at.
    fn list(&self, wanted: fn(&OsStr) -> bool) -> io::Result<Vec<Entry>>;

    /// What stands under a name; `None` when nothing does.
    fn look(&self, name: &OsStr) -> io::Result<Option<Entry>>;

    /// Reads a whole file of at most `limit_bytes`; a larger one is refused without being read.
    fn read(&self, name: &OsStr, limit_bytes: u64) -> Result<(Vec<u8>, FileIdentity), ReadError>;

    /// The digest of a file of any length, in a fixed amount of memory.
    fn digest(&self, name: &OsStr) -> Result<Digest, ReadError>;

    /// Moves a file to exactly this name, or answers `false` when it is taken.
    fn move_exactly(&self, name: &OsStr, target: &Self, new_name: &OsStr) -> io::Result<bool>;

    /// Writes a file whole under a temporary name beginning with `.`, then gives it its name, or answers `false` when that is taken.
    fn put_new(&self, name: &OsStr, bytes: &[u8]) -> io::Result<bool>;

    /// Removes a file that we wrote ourselves and that is no longer true.
    fn remove(&self, name: &OsStr) -> io::Result<()>;

    /// Writes an empty file and removes it, to see whether that can be done. The name must be one that doors leave alone.
    fn check_writing(&self, name: &OsStr) -> io::Result<()>;

    /// Makes names that came and went survive a power cut, where that can be asked for.
    fn sync(&self) -> io::Result<()>;

    /// Moves a file to another folder. When the name is taken there it is numbered. Answers the name it got.
    fn move_to(&self, name: &OsStr, target: &Self, new_name: &OsStr) -> io::Result<OsString> {
        for number in 1..NUMBERS {
            let candidate = numbered(new_name, number);
            if self.move_exactly(name, target, &candidate)? {
                return Ok(candidate);
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

/// The disks of this machine, mounted ones included.
#[derive(Clone, Copy, Debug, Default)]
pub struct LocalDisk;

impl Disk for LocalDisk {
    type Folder = Folder;

    const LANES: usize = 1;
    const HAS_INODES: bool = true;

    fn open(&self, path: &Path) -> io::Result<Folder> {
        Folder::open(path)
    }

    fn open_or_create(&self, path: &Path) -> io::Result<Folder> {
        Folder::open_or_create(path)
    }
}

impl Files for Folder {
    fn device(&self) -> io::Result<u64> {
        Ok(self.identity()?.device)
    }

    fn check_permission(&self) -> io::Result<()> {
        Self::check_permission(self)
    }

    fn open_or_create_in(&self, name: &OsStr) -> io::Result<Self> {
        Self::open_or_create_in(self, name)
    }

    fn list(&self, wanted: fn(&OsStr) -> bool) -> io::Result<Vec<Entry>> {
        Self::list(self, wanted)
    }

    fn look(&self, name: &OsStr) -> io::Result<Option<Entry>> {
        Self::look(self, name)
    }

    fn read(&self, name: &OsStr, limit_bytes: u64) -> Result<(Vec<u8>, FileIdentity), ReadError> {
        Self::read(self, name, limit_bytes)
    }

    fn digest(&self, name: &OsStr) -> Result<Digest, ReadError> {
        self.read_head(name, 0).map(|head| head.sha256)
    }

    fn move_exactly(&self, name: &OsStr, target: &Self, new_name: &OsStr) -> io::Result<bool> {
        Self::move_exactly(self, name, target, new_name)
    }

    fn put_new(&self, name: &OsStr, bytes: &[u8]) -> io::Result<bool> {
        match self.put(name, bytes, IfTaken::Refuse) {
            Ok(_) => Ok(true),
            Err(taken) if taken.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(failed) => Err(failed),
        }
    }

    fn remove(&self, name: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.fd, name, rustix::fs::AtFlags::empty())?)
    }

    fn check_writing(&self, name: &OsStr) -> io::Result<()> {
        self.put(name, b"", IfTaken::Replace)?;
        self.remove(name)
    }

    fn sync(&self) -> io::Result<()> {
        Self::sync(self)
    }
}

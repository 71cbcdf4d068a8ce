//! What makes a file the same file: how a door knows that a notice is complete, unchanged, or has grown since it was read.

use crate::domain::digest::Digest;
use jiff::Timestamp;
use rustix::fs::FileType;
use rustix::fs::Stat;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt;

/// Device, inode, size and time of the last change of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileIdentity {
    /// Device number of the file system.
    pub device: u64,
    /// Inode number, unique in its file system while the file exists.
    pub inode: u64,
    /// Length in bytes.
    pub size_bytes: u64,
    /// Last change of the content (mtime), nanoseconds since 1970 in UTC.
    pub modified_ns: i128,
}

impl FileIdentity {
    pub(super) fn of(stat: &Stat) -> Self {
        let seconds = i128::from(stat.st_mtime);
        Self {
            device: stat.st_dev,
            inode: stat.st_ino,
            size_bytes: u64::try_from(stat.st_size).unwrap_or(0),
            modified_ns: seconds * 1_000_000_000 + i128::from(stat.st_mtime_nsec),
        }
    }

    /// Whether both are the same file on disk, whatever its content is now.
    pub fn same_file(&self, other: &Self) -> bool {
        self.key() == other.key()
    }

    /// Device and inode: the file whatever its name and content.
    pub fn key(&self) -> (u64, u64) {
        (self.device, self.inode)
    }

    /// The last change, in whole microseconds, but never later than `now`: a clock that goes wrong at the sender must not make a
    /// notice arrive tomorrow.
    pub fn modified_at(&self, now: Timestamp) -> Timestamp {
        i64::try_from(self.modified_ns.div_euclid(1_000))
            .ok()
            .and_then(|micros| Timestamp::from_microsecond(micros).ok())
            .unwrap_or(now)
            .min(now)
    }

    /// One delivery of a file: changes when the file is sent again, not when it is merely found again. The name goes in as a hash,
    /// since senders put names of persons there.
    pub fn occurrence(&self, name: &OsStr) -> String {
        let name = hex::encode(&Digest::of(name.as_bytes()).as_bytes()[..8]);
        format!("{}:{}:{}:{}:{name}", self.device, self.inode, self.modified_ns, self.size_bytes)
    }
}

/// What stands under a name in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, socket or device.
    Special,
}

impl Kind {
    pub(super) fn of(stat: &Stat) -> Self {
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => Self::File,
            FileType::Directory => Self::Folder,
            FileType::Symlink => Self::Link,
            FileType::Fifo
            | FileType::Socket
            | FileType::CharacterDevice
            | FileType::BlockDevice
            | FileType::Unknown => Self::Special,
        }
    }
}

/// One name in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name as the disk has it: any bytes but `/` and NUL.
    pub name: OsString,
    /// What it is.
    pub kind: Kind,
    /// Which file it is, of a link the link itself.
    pub identity: FileIdentity,
}

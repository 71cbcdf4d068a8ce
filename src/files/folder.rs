//! An opened folder: listing it, and moving a notice's file on without replacing another.

use super::identity::Entry;
use super::identity::FileIdentity;
use super::identity::Kind;
use super::name::numbered;
use rustix::fs::Access;
use rustix::fs::AtFlags;
use rustix::fs::Dir;
use rustix::fs::Mode;
use rustix::fs::OFlags;
use rustix::fs::RenameFlags;
use rustix::io::Errno;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// How many numbered names are tried before a folder counts as full.
const NUMBERS: u32 = 100_000;

/// A folder held open, so that a path exchanged behind our back leads nowhere.
#[derive(Debug)]
pub struct Folder {
    pub(super) fd: OwnedFd,
}

impl Folder {
    /// Opens a folder. Its last component must not be a link.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { fd: rustix::fs::open(path, folder_flags(), Mode::empty())? })
    }

    /// Opens a folder, making it and what is missing above it first.
    pub fn open_or_create(path: &Path) -> io::Result<Self> {
        match Self::open(path) {
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => {
                std::fs::create_dir_all(path)?;
                if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty())
                {
                    std::fs::File::open(parent)?.sync_all()?;
                }
                Self::open(path)
            }
            opened => opened,
        }
    }

    /// Opens a folder in this one, making it first when it is missing. A link is refused.
    pub fn open_or_create_in(&self, name: &OsStr) -> io::Result<Self> {
        match rustix::fs::mkdirat(&self.fd, name, Mode::from_raw_mode(0o770)) {
            Ok(()) => self.sync()?,
            Err(Errno::EXIST) => {}
            Err(refused) => return Err(refused.into()),
        }
        Ok(Self { fd: rustix::fs::openat(&self.fd, name, folder_flags(), Mode::empty())? })
    }

    /// Which folder this is.
    pub fn identity(&self) -> io::Result<FileIdentity> {
        Ok(FileIdentity::of(&rustix::fs::fstat(&self.fd)?))
    }

    /// Fails when we may not list it, read in it, or move files into and out of it.
    pub fn check_permission(&self) -> io::Result<()> {
        let access = Access::READ_OK | Access::WRITE_OK | Access::EXEC_OK;
        Ok(rustix::fs::accessat(&self.fd, ".", access, AtFlags::empty())?)
    }

    /// What is in the folder, in no order; names that are not `wanted` are not even looked at.
    pub fn list(&self, wanted: impl Fn(&OsStr) -> bool) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for found in Dir::read_from(&self.fd)? {
            let found = found?;
            let bytes = found.file_name().to_bytes();
            let name = OsStr::from_bytes(bytes);
            if bytes != b"." && bytes != b".." && wanted(name) {
                entries.extend(self.look(name)?);
            }
        }
        Ok(entries)
    }

    /// What stands under a name; `None` when nothing does.
    pub fn look(&self, name: &OsStr) -> io::Result<Option<Entry>> {
        match rustix::fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(Some(Entry {
                name: name.to_owned(),
                kind: Kind::of(&stat),
                identity: FileIdentity::of(&stat),
            })),
            Err(Errno::NOENT) => Ok(None),
            Err(refused) => Err(refused.into()),
        }
    }

    /// Moves a file to another folder of the same file system. When the name is taken there it is numbered; nothing is ever replaced.
    /// Answers the name it got. Survives a power cut only after [`Folder::sync`] on both.
    pub fn move_to(&self, name: &OsStr, target: &Self, new_name: &OsStr) -> io::Result<OsString> {
        for number in 1..NUMBERS {
            let candidate = numbered(new_name, number);
            if self.move_exactly(name, target, &candidate)? {
                return Ok(candidate);
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Moves a file to exactly this name, or answers `false` when it is taken. See [`Folder::move_to`].
    pub fn move_exactly(&self, name: &OsStr, target: &Self, new_name: &OsStr) -> io::Result<bool> {
        let no_replace = RenameFlags::NOREPLACE;
        match rustix::fs::renameat_with(&self.fd, name, &target.fd, new_name, no_replace) {
            Ok(()) => Ok(true),
            Err(Errno::EXIST) => self.finish_half_move(name, target, new_name),
            // NFS and some others cannot promise it in one step.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
                self.link_then_unlink(name, target, new_name)
            }
            Err(refused) => Err(refused.into()),
        }
    }

    /// The move for file systems whose rename always replaces: at every moment the file has a name.
    pub(super) fn link_then_unlink(
        &self,
        name: &OsStr,
        target: &Self,
        new_name: &OsStr,
    ) -> io::Result<bool> {
        match rustix::fs::linkat(&self.fd, name, &target.fd, new_name, AtFlags::empty()) {
            Ok(()) => {
                target.sync()?;
                rustix::fs::unlinkat(&self.fd, name, AtFlags::empty())?;
                Ok(true)
            }
            Err(Errno::EXIST) => self.finish_half_move(name, target, new_name),
            Err(refused) => Err(refused.into()),
        }
    }

    /// A link-and-unlink that was interrupted left the file under both names: takes the old one away. Otherwise the name is taken.
    fn finish_half_move(&self, name: &OsStr, target: &Self, new_name: &OsStr) -> io::Result<bool> {
        let in_place = name == new_name && self.identity()?.same_file(&target.identity()?);
        let (Some(old), Some(new)) = (self.look(name)?, target.look(new_name)?) else {
            return Ok(false);
        };
        if in_place || !old.identity.same_file(&new.identity) {
            return Ok(in_place);
        }
        rustix::fs::unlinkat(&self.fd, name, AtFlags::empty())?;
        Ok(true)
    }

    /// Makes names that came and went survive a power cut.
    pub fn sync(&self) -> io::Result<()> {
        Ok(rustix::fs::fsync(&self.fd)?)
    }
}

fn folder_flags() -> OFlags {
    OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC
}

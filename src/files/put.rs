//! Writing a file that others read, such as a receipt: complete and on disk before it has its name.

use super::folder::Folder;
use rustix::fs::AtFlags;
use rustix::fs::Mode;
use rustix::fs::OFlags;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::io::Write;

/// What to do when the name is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfTaken {
    /// Number it: `a.txt.2`.
    Number,
    /// Keep what is there; the caller gets `AlreadyExists`.
    Refuse,
    /// Replace it in one step: a reader sees the old one or the new one.
    Replace,
}

impl Folder {
    /// Writes a file under a temporary name beginning with `.`, syncs it, gives it its name and syncs the folder. Answers the name
    /// it got. After an error nothing of it remains but perhaps the temporary file, which every door leaves alone.
    pub fn put(&self, name: &OsStr, bytes: &[u8], if_taken: IfTaken) -> io::Result<OsString> {
        let temporary = OsString::from(format!(".{}.tmp", uuid::Uuid::new_v4().simple()));
        let named = self
            .write_synced(&temporary, bytes)
            .and_then(|()| self.give_name(&temporary, name, if_taken));
        if named.is_err() {
            // The first error is the one to tell.
            rustix::fs::unlinkat(&self.fd, &temporary, AtFlags::empty()).ok();
        }
        let named = named?;
        self.sync()?;
        Ok(named)
    }

    fn write_synced(&self, temporary: &OsStr, bytes: &[u8]) -> io::Result<()> {
        let flags =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let fd = rustix::fs::openat(&self.fd, temporary, flags, Mode::from_raw_mode(0o660))?;
        let mut file = File::from(fd);
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn give_name(
        &self,
        temporary: &OsStr,
        name: &OsStr,
        if_taken: IfTaken,
    ) -> io::Result<OsString> {
        match if_taken {
            IfTaken::Number => self.move_to(temporary, self, name),
            IfTaken::Refuse if self.move_exactly(temporary, self, name)? => Ok(name.to_owned()),
            IfTaken::Refuse => Err(io::ErrorKind::AlreadyExists.into()),
            IfTaken::Replace => {
                rustix::fs::renameat(&self.fd, temporary, &self.fd, name)?;
                Ok(name.to_owned())
            }
        }
    }
}

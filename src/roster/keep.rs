//! Keeps an edited roster in its file: nothing is lost that others wrote meanwhile, and who reads the file sees the old one or the new one.
//!
//! The text is checked first. It takes the file's place by a rename, and only where the file still holds what the editor saw. All functions
//! block: async callers go through `spawn_blocking`.

use crate::domain::digest::Digest;
use crate::roster::Roster;
use crate::roster::book::Book;
use crate::roster::book::BookError;
use crate::roster::fault::RosterFaults;
use rustix::fs::Access;
use std::fmt;
use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// No roster is longer; a file of this size is none.
pub const LONGEST: usize = 512 * 1024;

/// The file as it is on disk. `Debug` shows the digest only.
#[derive(Clone, PartialEq, Eq)]
pub struct OnDisk {
    /// Its text, with names and telephone numbers.
    pub text: String,
    /// Of its bytes.
    pub digest: Digest,
}

impl fmt::Debug for OnDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OnDisk({})", self.digest)
    }
}

impl OnDisk {
    /// What a text is as a file.
    pub fn of(text: String) -> Self {
        Self { digest: Digest::of(text.as_bytes()), text }
    }
}

/// Why an edited roster was not kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// `[roster] file` is not set.
    #[error("no file is configured for the duty roster")]
    NoFile,
    /// It has faults.
    #[error("{0}")]
    Faults(RosterFaults),
    /// The file holds something else than the editor saw.
    #[error("the file has changed since it was read")]
    Changed,
    /// The file cannot be read.
    #[error("the file cannot be read")]
    Read(#[source] io::Error),
    /// The file cannot be written.
    #[error("the file cannot be written")]
    Write(#[source] io::Error),
}

impl Book {
    /// The file as it is now; `None` where none is configured.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn on_disk(&self) -> Result<Option<OnDisk>, BookError> {
        Ok(self.text()?.map(OnDisk::of))
    }

    /// Whether the pages may put another file in its place.
    pub fn is_writable(&self) -> bool {
        let place = self.file().and_then(|file| place(file).ok());
        let access = Access::WRITE_OK | Access::EXEC_OK;
        place.is_some_and(|(folder, _)| rustix::fs::access(&folder, access).is_ok())
    }

    /// Puts a text in the file's place and takes it into use here; others see it at their next look.
    ///
    /// # Errors
    /// See [`KeepError`]; nothing has changed then.
    pub fn keep(&self, before: &Digest, text: &str) -> Result<(), KeepError> {
        let file = self.file().ok_or(KeepError::NoFile)?;
        let roster = self.check(text).map_err(KeepError::Faults)?;
        let (folder, target) = place(file).map_err(KeepError::Write)?;
        let opened = File::open(&folder).map_err(KeepError::Write)?;
        // One editor at a time, whichever process it is in; the lock goes with the handle.
        opened.lock().map_err(KeepError::Write)?;
        let now = fs::read(&target).map_err(KeepError::Read)?;
        if Digest::of(&now) != *before {
            return Err(KeepError::Changed);
        }
        let temporary = folder.join(format!(".{}.tmp", uuid::Uuid::new_v4().simple()));
        let written = replace(&temporary, &target, text).and_then(|()| opened.sync_all());
        if written.is_err() {
            // The first error is the one to tell.
            fs::remove_file(&temporary).ok();
        }
        written.map_err(KeepError::Write)?;
        self.take(Arc::new(roster));
        Ok(())
    }

    /// Reads and checks a text as the file is.
    ///
    /// # Errors
    /// All its faults.
    pub fn check(&self, text: &str) -> Result<Roster, RosterFaults> {
        let units: Vec<&str> = self.units().iter().map(String::as_str).collect();
        Roster::parse_for(text, &units)
    }
}

/// The folder and the file itself, behind any links. Nothing but a plain file is ever replaced.
fn place(file: &Path) -> io::Result<(PathBuf, PathBuf)> {
    let target = file.canonicalize()?;
    let folder = target.parent().filter(|_| target.is_file()).map(Path::to_path_buf);
    folder.map(|folder| (folder, target)).ok_or(io::ErrorKind::InvalidInput.into())
}

/// Who may read the old file may read the new one.
fn replace(temporary: &Path, target: &Path, text: &str) -> io::Result<()> {
    let permissions = fs::metadata(target)?.permissions();
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(temporary)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(permissions)?;
    file.sync_all()?;
    fs::rename(temporary, target)
}

#[cfg(test)]
mod tests {
    use super::KeepError;
    use crate::domain::digest::Digest;
    use crate::roster::book::Book;
    use crate::roster::book::Config;
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;

    const SAMPLE: &str = include_str!("../../config/roster.toml");

    fn book(file: &Path) -> Book {
        let units = ["boende-mottagning", "barn-och-familj", "ekonomiskt-bistand"];
        let config = Config { file: Some(file.to_owned()), ..Config::default() };
        Book::open(&config, units.map(str::to_owned).to_vec()).unwrap()
    }

    #[test]
    fn an_edited_roster_takes_the_place_of_the_one_that_was_seen_and_of_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("roster.toml"), folder.path().join("link.toml"));
        fs::write(&file, SAMPLE).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let book = book(&link);
        let seen = book.on_disk().unwrap().unwrap();
        let edited = SAMPLE.replace("Bo Boendesson", "Bo Boende");
        assert!(book.is_writable());
        book.keep(&seen.digest, &edited).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), edited);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink(), "the link stays");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(book.now().persons[1].caseworker.name.reveal(), "Bo Boende");
        let stale = book.keep(&seen.digest, SAMPLE);
        assert!(matches!(stale, Err(KeepError::Changed)), "{stale:?}");
        let faulty = book.keep(&Digest::of(edited.as_bytes()), "persons = 1");
        assert!(matches!(faulty, Err(KeepError::Faults(_))), "{faulty:?}");
        assert_eq!(fs::read_to_string(&file).unwrap(), edited);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left behind");
    }

    #[test]
    fn what_is_no_plain_file_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("roster.toml"), folder.path().join("link.toml"));
        fs::write(&file, "").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let book = book(&link);
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert!(!book.is_writable());
        let kept = book.keep(&Digest::of(b""), "");
        assert!(matches!(kept, Err(KeepError::Write(_))), "{kept:?}");
        assert!(file.is_dir());
        assert!(matches!(Book::default().keep(&Digest::of(b""), ""), Err(KeepError::NoFile)));
    }
}

//! When a file was first seen: its arrival, where the time of its last change is whatever the sender's program says.
//!
//! It is kept in a small file of ours, so that a notice that waited at midnight does not arrive a day later because we were started anew in
//! between. There a file is known by a digest of its name, size and time: no name of a person lies there, and what took a file's place or was
//! written on meanwhile is seen for the first time.

use super::Arrival;
use super::Dropped;
use crate::domain::digest::Digest;
use crate::files::disk::Disk;
use crate::files::folder::Folder;
use crate::files::identity::Entry;
use crate::files::identity::FileIdentity;
use crate::files::identity::Kind;
use crate::files::put::IfTaken;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use tracing::warn;

/// A file that is larger than this is none of ours.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What the file holds: when each was first seen, by the digest of its occurrence.
type Kept = BTreeMap<String, Timestamp>;

/// The files in the folder and when each was first seen.
pub(super) struct FirstLooks {
    kept_in: Option<PathBuf>,
    seen: HashMap<OsString, (FileIdentity, Timestamp)>,
    /// What an earlier process saw; `None` until it is asked for.
    earlier: Option<Kept>,
    /// What the file holds no longer agrees with what was seen.
    changed: bool,
    told: bool,
}

impl FirstLooks {
    pub(super) fn new(kept_in: Option<PathBuf>) -> Self {
        Self { kept_in, seen: HashMap::new(), earlier: None, changed: false, told: false }
    }

    /// The file was seen, perhaps for the first time.
    fn note(&mut self, entry: &Entry, now: Timestamp) {
        let first = match self.seen.get(&entry.name) {
            Some((identity, _)) if *identity == entry.identity => return,
            Some((_, at)) => *at,
            None => self.earlier().get(&key(&entry.identity, &entry.name)).copied().unwrap_or(now),
        };
        self.seen.insert(entry.name.clone(), (entry.identity, first));
        self.changed = true;
    }

    fn forget(&mut self, name: &OsStr) {
        self.changed |= self.seen.remove(name).is_some();
    }

    fn keep_only(&mut self, present: &HashSet<&OsStr>) {
        let before = self.seen.len();
        self.seen.retain(|name, _| present.contains(name.as_os_str()));
        self.changed |= self.seen.len() != before;
    }

    fn earlier(&mut self) -> &Kept {
        let kept_in = &self.kept_in;
        self.earlier.get_or_insert_with(|| {
            kept_in.as_ref().and_then(|path| read(path).ok()).unwrap_or_default()
        })
    }

    /// Brings the file up to date. What an earlier process saw and this one did not is gone by then.
    fn write(&mut self) -> io::Result<()> {
        if !self.earlier().is_empty() {
            self.earlier = Some(Kept::new());
            self.changed = true;
        }
        let Some(path) = self.kept_in.as_ref().filter(|_| self.changed) else { return Ok(()) };
        let seen = self.seen.iter();
        let kept: Kept = seen.map(|(name, (file, at))| (key(file, name), *at)).collect();
        let (folder, name) = parts(path)?;
        let folder = Folder::open_or_create(folder)?;
        folder.put(name, &serde_json::to_vec(&kept)?, IfTaken::Replace)?;
        self.changed = false;
        Ok(())
    }
}

fn key(file: &FileIdentity, name: &OsStr) -> String {
    Digest::of(file.occurrence(name).as_bytes()).to_string()
}

fn parts(path: &Path) -> io::Result<(&Path, &OsStr)> {
    path.parent().zip(path.file_name()).ok_or(io::ErrorKind::InvalidInput.into())
}

fn read(path: &Path) -> io::Result<Kept> {
    let (folder, name) = parts(path)?;
    let (bytes, _) = Folder::open(folder)?.read(name, LARGEST)?;
    Ok(serde_json::from_slice(&bytes)?)
}

impl<D: Disk> Dropped<D> {
    fn first_looks(&self) -> MutexGuard<'_, FirstLooks> {
        self.first_looks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what a look at the whole folder saw, and makes it outlast the process. Where that cannot be, it is said once: a start anew
    /// then counts as the first look.
    pub(super) fn note_first_looks(&self, entries: &[Entry], present: &HashSet<&OsStr>) {
        if matches!(self.terms.arrival, Arrival::LastChange) {
            return;
        }
        let now = self.terms.clock.now();
        let mut looks = self.first_looks();
        let files = entries.iter().filter(|entry| entry.kind != Kind::Folder);
        files.for_each(|file| looks.note(file, now));
        looks.keep_only(present);
        match looks.write() {
            Ok(()) => looks.told = false,
            Err(_) if looks.told => {}
            Err(failed) => {
                looks.told = true;
                let door = &self.terms.door;
                warn!(
                    door,
                    error = %failed,
                    "cannot keep when files were first seen; after a start anew they count as arrived then"
                );
            }
        }
    }

    /// When the name was first seen in the folder.
    pub(super) fn first_look_at(&self, name: &OsStr) -> Option<Timestamp> {
        self.first_looks().seen.get(name).map(|(_, at)| *at)
    }

    /// What bears the name from now on is seen for the first time when it comes.
    pub(super) fn forget_first_look(&self, name: &OsStr) {
        self.first_looks().forget(name);
    }
}

#[cfg(test)]
mod tests {
    use super::FirstLooks;
    use crate::files::identity::Entry;
    use crate::files::identity::FileIdentity;
    use crate::files::identity::Kind;
    use jiff::Timestamp;
    use std::collections::HashSet;
    use std::ffi::OsStr;
    use std::path::Path;

    fn entry(name: &str, size_bytes: u64) -> Entry {
        let identity = FileIdentity { device: 0, inode: 1, size_bytes, modified_ns: 3 };
        Entry { name: name.into(), kind: Kind::File, identity }
    }

    /// A process that looks once, at this second, and dies.
    fn look(kept_in: &Path, second: i64, entries: &[Entry]) -> Vec<i64> {
        let mut looks = FirstLooks::new(Some(kept_in.to_owned()));
        let now = Timestamp::from_second(second).unwrap();
        entries.iter().for_each(|entry| looks.note(entry, now));
        let present: HashSet<&OsStr> = entries.iter().map(|entry| &*entry.name).collect();
        looks.keep_only(&present);
        looks.write().unwrap();
        entries.iter().map(|entry| looks.seen[&entry.name].1.as_second()).collect()
    }

    #[test]
    fn a_first_look_outlasts_the_process_and_counts_for_the_same_file_only() {
        let dir = tempfile::tempdir().unwrap();
        let kept_in = dir.path().join("first-looks").join("demo.json");
        let [name, other] = ["Testa Testsson.xml", "other.xml"];
        assert_eq!(look(&kept_in, 1, &[entry(name, 1)]), [1]);
        assert_eq!(look(&kept_in, 2, &[entry(name, 1), entry(other, 1)]), [1, 2]);
        assert!(!std::fs::read_to_string(&kept_in).unwrap().contains("Testa"));
        assert_eq!(look(&kept_in, 3, &[entry(name, 2), entry(other, 1)]), [3, 2]);
        assert!(look(&kept_in, 4, &[]).is_empty());
        assert_eq!(look(&kept_in, 5, &[entry(other, 1)]), [5], "it was gone meanwhile");
        std::fs::write(&kept_in, "{ half").unwrap();
        assert_eq!(look(&kept_in, 6, &[entry(other, 1)]), [6]);
        assert_eq!(look(&kept_in, 7, &[entry(other, 1)]), [6]);
    }

    #[test]
    fn a_file_that_grows_keeps_its_first_look_and_no_place_is_no_fault() {
        let mut looks = FirstLooks::new(None);
        looks.note(&entry("a", 1), Timestamp::UNIX_EPOCH);
        looks.note(&entry("a", 2), Timestamp::MAX);
        assert_eq!(looks.seen[OsStr::new("a")].1, Timestamp::UNIX_EPOCH);
        looks.write().unwrap();
        looks.forget(OsStr::new("a"));
        looks.note(&entry("a", 2), Timestamp::MAX);
        assert_eq!(looks.seen[OsStr::new("a")].1, Timestamp::MAX);
        let nowhere = Path::new("/dev/null/first-looks/demo.json");
        let mut looks = FirstLooks::new(Some(nowhere.to_owned()));
        looks.note(&entry("a", 1), Timestamp::UNIX_EPOCH);
        assert!(looks.write().is_err());
    }
}

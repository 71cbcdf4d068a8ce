//! A file that grew after it was read: the rest comes as a supplement, a message of its own that continues the first.
//!
//! Some senders write slowly, or append. What was read before is stored and acknowledged; the whole is read again when it rests.
//! A file that grows after it was moved to `done/`, by a writer that kept it open, is brought back.

use super::Dropped;
use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::files::disk::Disk;
use crate::files::disk::Files;
use crate::files::identity::FileIdentity;
use std::collections::HashMap;
use std::collections::HashSet;
use std::collections::VecDeque;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::io;
use std::time::Duration;
use tokio::time::Instant;
use tracing::warn;

/// How long a file that was put away is still looked after.
const LOOKED_AFTER: Duration = Duration::from_secs(120);
/// The longest pause between two looks at one of them.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How many of them.
const MOVED: usize = 512;
/// How long the system may take to tell of a move of ours.
const TOLD_WITHIN: Duration = Duration::from_secs(60);

/// What was read of files that may go on.
#[derive(Default)]
pub(super) struct Supplements {
    earlier: HashMap<(u64, u64), Read>,
    moved: VecDeque<Moved>,
    /// Files that we moved back to `in/`, and until when the system may tell of that.
    brought_back: HashMap<(u64, u64), Instant>,
}

/// What was read of a file, and under which reference it is stored.
#[derive(Clone)]
pub(super) struct Read {
    pub(super) reference: Reference,
    pub(super) sha256: Digest,
    pub(super) identity: FileIdentity,
}

struct Moved {
    day: String,
    name: OsString,
    read: Read,
    since: Instant,
    /// When it is looked at again: ever more seldom, since each look is a turn to the disk.
    next: Instant,
}

impl Supplements {
    /// The message that these bytes continue: the file was read before and still begins with what was read then.
    pub(super) fn continued_by(&self, file: FileIdentity, bytes: &[u8]) -> Option<Reference> {
        let read = self.earlier.get(&file.key())?;
        let before = bytes.get(..usize::try_from(read.identity.size_bytes).ok()?)?;
        let continues = bytes.len() > before.len() && Digest::of(before) == read.sha256;
        continues.then(|| read.reference.clone())
    }

    /// The file goes on after what was read.
    pub(super) fn goes_on(&mut self, read: Read) {
        self.earlier.insert(read.identity.key(), read);
    }

    /// The file was put away as read.
    pub(super) fn moved(&mut self, day: &str, name: OsString, read: Read, now: Instant) {
        self.earlier.remove(&read.identity.key());
        self.moved.truncate(MOVED - 1);
        let day = day.to_owned();
        self.moved.push_front(Moved { day, name, read, since: now, next: now });
    }

    /// The file is about to be moved back by us.
    pub(super) fn bring_back(&mut self, file: &FileIdentity, now: Instant) {
        self.brought_back.retain(|_, until| now < *until);
        self.brought_back.insert(file.key(), now + TOLD_WITHIN);
    }

    /// Whether it was we who moved the file into the folder: then that says nothing of its being complete.
    pub(super) fn was_brought_back(&self, file: &FileIdentity, now: Instant) -> bool {
        self.brought_back.get(&file.key()).is_some_and(|until| now < *until)
    }

    /// Forgets files that are no longer in the folder: their numbers are given to others.
    pub(super) fn keep_only(&mut self, present: &HashSet<(u64, u64)>) {
        self.earlier.retain(|key, _| present.contains(key));
    }
}

/// Whether a file is still what was read: unchanged, or touched with the same content.
pub(super) fn still_as_read(
    folder: &impl Files,
    name: &OsStr,
    (now, surely): (FileIdentity, bool),
    read: &FileIdentity,
    sha256: Digest,
) -> bool {
    let same_content = || folder.digest(name).is_ok_and(|whole| whole == sha256);
    let unchanged = now == *read && surely;
    unchanged || (now.same_file(read) && now.size_bytes == read.size_bytes && same_content())
}

impl<D: Disk> Dropped<D> {
    /// The file goes on after what was read; what comes now arrives now.
    pub(super) fn goes_on(&self, name: &OsStr, read: Read) {
        self.forget_first_look(name);
        self.memory().supplements.goes_on(read);
    }

    /// Brings back to `in/` what grew in `done/`.
    pub(super) fn bring_back_grown(&self, incoming: &D::Folder, now: Instant) {
        let mut watched = std::mem::take(&mut self.memory().supplements.moved);
        watched.retain_mut(|moved| {
            if now < moved.next {
                return true;
            }
            moved.next = now + now.duration_since(moved.since).min(LONGEST_PAUSE);
            let kept = self.look_after(incoming, moved, now).unwrap_or(true);
            kept && now < moved.since + LOOKED_AFTER
        });
        let mut memory = self.memory();
        let moved = &mut memory.supplements.moved;
        moved.extend(watched);
        moved.truncate(MOVED);
    }

    /// Answers whether the file still lies there as it was read.
    fn look_after(&self, incoming: &D::Folder, moved: &Moved, now: Instant) -> io::Result<bool> {
        let done = self.disk.open(&self.terms.paths.done.join(&moved.day))?;
        let Some(entry) = done.look(&moved.name)? else { return Ok(false) };
        let read = &moved.read;
        if !entry.identity.same_file(&read.identity) {
            return Ok(false);
        }
        if still_as_read(&done, &moved.name, (entry.identity, true), &read.identity, read.sha256) {
            return Ok(true);
        }
        self.memory().supplements.bring_back(&entry.identity, now);
        done.move_to(&moved.name, incoming, &moved.name)?;
        self.goes_on(&moved.name, read.clone());
        let door = &self.terms.door;
        warn!(
            door,
            "a file was written to after it was put away; it is read again as a supplement"
        );
        incoming.sync()?;
        done.sync()?;
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::Read;
    use super::Supplements;
    use crate::domain::digest::Digest;
    use crate::domain::reference::Prefix;
    use crate::domain::reference::Reference;
    use crate::files::identity::FileIdentity;
    use std::collections::HashSet;

    #[test]
    fn only_what_begins_with_the_same_bytes_continues_a_message() {
        let identity = FileIdentity { device: 1, inode: 2, size_bytes: 3, modified_ns: 4 };
        let prefix = Prefix::parse("AVH").unwrap();
        let reference = Reference::compose(&prefix, [1; 7]);
        let sha256 = Digest::of(b"abc");
        let mut supplements = Supplements::default();
        supplements.goes_on(Read { reference: reference.clone(), sha256, identity });
        for (bytes, continues) in [("abcd", true), ("abc", false), ("ab", false), ("xbcd", false)] {
            let found = supplements.continued_by(identity, bytes.as_bytes());
            assert_eq!(found, continues.then(|| reference.clone()), "{bytes}");
        }
        supplements.keep_only(&HashSet::new());
        assert!(supplements.continued_by(identity, b"abcd").is_none());
    }
}

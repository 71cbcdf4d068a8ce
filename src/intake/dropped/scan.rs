//! Which files of a drop folder are complete: renamed into place (where the system tells), or unchanged between two looks.

use super::Dropped;
use crate::files::disk::Disk;
use crate::files::disk::Files as _;
use crate::files::identity::Entry;
use crate::files::identity::Kind;
use crate::intake::looks::Judgement;
use crate::intake::polled::Look;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::sync::PoisonError;
use tokio::time::Instant;
use tracing::info;

/// Names that belong to somebody still writing.
fn left_alone(name: &OsStr) -> bool {
    let name = name.as_bytes().to_ascii_lowercase();
    let endings: [&[u8]; 3] = [b".tmp", b".part", b".filepart"];
    name.starts_with(b".") || endings.iter().any(|ending| name.ends_with(ending))
}

impl<D: Disk> Dropped<D> {
    /// See [`crate::intake::polled::Source::look`].
    pub(super) fn look_into(&self, now: Instant, whole: bool) -> io::Result<Look> {
        if !self.memory().folders_made {
            self.make_folders().map_err(|(what, error)| {
                io::Error::new(error.kind(), format!("{what}: {error}"))
            })?;
        }
        let incoming = self.disk.open(&self.terms.paths.incoming)?;
        // Before listing, so that nothing arrives between the two unseen.
        if let Some(watch) = &self.watch {
            watch.keep_up();
        }
        let told = self.note_renamed(&incoming, now);
        if !whole {
            return Ok(self.judge_all(told, now));
        }
        self.settle_again(now);
        self.bring_back_grown(&incoming, now);
        let entries = incoming.list(|name: &OsStr| !left_alone(name))?;
        self.note_present(&entries);
        Ok(self.judge_all(entries, now))
    }

    fn note_renamed(&self, incoming: &D::Folder, now: Instant) -> Vec<Entry> {
        let Some(watch) = &self.watch else { return Vec::new() };
        let mut looks = self.looks.lock().unwrap_or_else(PoisonError::into_inner);
        let told = watch.drain().into_iter().filter(|name| !left_alone(name));
        let entries: Vec<_> = told.filter_map(|name| incoming.look(&name).ok().flatten()).collect();
        let memory = self.memory();
        let by_us = |entry: &Entry| memory.supplements.was_brought_back(&entry.identity, now);
        let by_others = entries.iter().filter(|entry| !by_us(entry));
        by_others.for_each(|entry| looks.renamed(entry, now));
        entries
    }

    fn judge_all(&self, entries: Vec<Entry>, now: Instant) -> Look {
        let mut looks = self.looks.lock().unwrap_or_else(PoisonError::into_inner);
        let mut memory = self.memory();
        let mut found = Look::default();
        for entry in entries {
            if entry.kind == Kind::Folder {
                if !std::mem::replace(&mut memory.told_of_folders, true) {
                    let door = &self.terms.door;
                    info!(door, "a folder in a drop folder is left alone; only files are read");
                }
                continue;
            }
            if memory.passed_over.covers(&entry, now) {
                continue;
            }
            match looks.judge(&entry, now) {
                Judgement::Complete => found.ready.push(entry),
                Judgement::NotBefore(due) => {
                    found.next = Some(found.next.map_or(due, |next| next.min(due)));
                }
            }
        }
        found
    }

    fn note_present(&self, entries: &[Entry]) {
        let names: HashSet<&OsStr> = entries.iter().map(|entry| entry.name.as_os_str()).collect();
        let files = entries.iter().map(|entry| entry.identity.key()).collect();
        self.looks.lock().unwrap_or_else(PoisonError::into_inner).keep_only(&names);
        let mut memory = self.memory();
        memory.passed_over.keep_only(&names);
        memory.supplements.keep_only(&files);
        drop(memory);
        self.note_first_looks(entries, &names);
    }
}

#[cfg(test)]
mod tests {
    use super::left_alone;
    use std::ffi::OsStr;

    #[test]
    fn names_of_somebody_still_writing_are_left_alone() {
        for (name, alone) in [
            (".a.xml", true),
            ("a.tmp", true),
            ("a.XML.FilePart", true),
            ("a.part", true),
            ("a.parts", false),
            ("tmp", false),
            ("a.xml", false),
        ] {
            assert_eq!(left_alone(OsStr::new(name)), alone, "{name}");
        }
    }
}

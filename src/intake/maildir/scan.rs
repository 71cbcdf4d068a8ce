//! Which mails in `new/` are complete: renamed there as mail servers do, old enough, or unchanged between two looks.

use super::Mailbox;
use super::SETTLE_AFTER;
use crate::files::folder::Folder;
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

impl Mailbox {
    /// See [`crate::intake::polled::Source::look`].
    pub(super) fn look_into(&self, now: Instant, whole: bool) -> io::Result<Look> {
        let new = Folder::open(&self.new)?;
        self.watch.keep_up();
        let told = self.note_renamed(&new, now);
        if !whole {
            return Ok(self.judge_all(told, now));
        }
        self.settle_again(now);
        let entries = new.list(wanted)?;
        let names: HashSet<&OsStr> = entries.iter().map(|entry| entry.name.as_os_str()).collect();
        self.looks.lock().unwrap_or_else(PoisonError::into_inner).keep_only(&names);
        self.memory().passed_over.keep_only(&names);
        Ok(self.judge_all(entries, now))
    }

    fn note_renamed(&self, new: &Folder, now: Instant) -> Vec<Entry> {
        let mut looks = self.looks.lock().unwrap_or_else(PoisonError::into_inner);
        let told = self.watch.drain().into_iter().filter(|name| wanted(name));
        let entries: Vec<_> = told.filter_map(|name| new.look(&name).ok().flatten()).collect();
        entries.iter().for_each(|entry| looks.renamed(entry, now));
        entries
    }

    fn judge_all(&self, entries: Vec<Entry>, now: Instant) -> Look {
        let rested_at = self.clock.now() - SETTLE_AFTER;
        let mut looks = self.looks.lock().unwrap_or_else(PoisonError::into_inner);
        let memory = self.memory();
        let mut found = Look::default();
        for entry in entries {
            if entry.kind == Kind::Folder || memory.passed_over.covers(&entry, now) {
                continue;
            }
            let rested = entry.identity.modified_ns < rested_at.as_nanosecond();
            match looks.judge(&entry, now) {
                Judgement::Complete => found.ready.push(entry),
                Judgement::NotBefore(_) if rested => found.ready.push(entry),
                Judgement::NotBefore(due) => {
                    found.next = Some(found.next.map_or(due, |next| next.min(due)));
                }
            }
        }
        found
    }
}

fn wanted(name: &OsStr) -> bool {
    !name.as_bytes().starts_with(b".")
}

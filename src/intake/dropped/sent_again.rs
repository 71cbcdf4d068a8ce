//! Where a file has no inode: one sent again with its old time, told from the first one found again.
//!
//! A sender's program may keep a file's time. Then name, size and time are those of the first delivery, and only where that one lies now tells
//! the two apart: a notice sent again wants a receipt of its own.

use super::Dropped;
use super::receive::FileReceipt;
use crate::files::disk::Disk;
use crate::files::disk::Files;
use crate::files::identity::FileIdentity;
use crate::files::name::numbered;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::io;

/// How many files that were put away are remembered.
const REMEMBERED: usize = 10_000;
/// How many files of one name and day are looked at.
const NUMBERS: u32 = 10_000;

/// How often a file of an occurrence was put away. What is forgotten is found in `done/`.
#[derive(Default)]
pub(super) struct PutAway(HashMap<String, u32>);

impl PutAway {
    /// The occurrence of this file by its name, size and time: a new one each time that it was put away.
    pub(super) fn occurrence(&self, file: &FileIdentity, name: &OsStr) -> String {
        let occurrence = file.occurrence(name);
        match self.0.get(&occurrence) {
            Some(times) => format!("{occurrence}:{times}"),
            None => occurrence,
        }
    }

    fn count(&mut self, file: &FileIdentity, name: &OsStr) {
        if self.0.len() >= REMEMBERED {
            self.0.clear();
        }
        *self.0.entry(file.occurrence(name)).or_default() += 1;
    }
}

impl<D: Disk> Dropped<D> {
    /// The file was put away: what bears its name from now on is another delivery, and is seen for the first time when it comes.
    pub(super) fn is_put_away(&self, receipt: &FileReceipt) {
        self.forget_first_look(&receipt.name);
        if !D::HAS_INODES {
            self.memory().put_away.count(&receipt.identity, &receipt.name);
        }
    }

    /// Whether a delivery that is known to the store lies in `done/` already, so that this file was sent again. It comes once more, as a
    /// delivery of its own.
    pub(super) fn was_sent_again(
        &self,
        done: &D::Folder,
        receipt: &FileReceipt,
    ) -> io::Result<bool> {
        if D::HAS_INODES || !lies_there(done, receipt)? {
            return Ok(false);
        }
        self.memory().put_away.count(&receipt.identity, &receipt.name);
        Ok(true)
    }
}

/// Whether a file of this name, size, time and content lies in a day of `done/`.
fn lies_there(done: &impl Files, receipt: &FileReceipt) -> io::Result<bool> {
    let read = &receipt.identity;
    for number in 1..NUMBERS {
        let name = numbered(&receipt.name, number);
        let Some(entry) = done.look(&name)? else { return Ok(false) };
        let there = (entry.identity.size_bytes, entry.identity.modified_ns);
        if there == (read.size_bytes, read.modified_ns)
            && done.digest(&name).is_ok_and(|digest| digest == receipt.sha256)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

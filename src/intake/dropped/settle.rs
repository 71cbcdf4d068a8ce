//! After the commit: the file moves to `done/<day>/`, if it is still the file that was read.

use super::Dropped;
use super::lanes::in_lanes;
use super::receive::FileReceipt;
use super::refuse::Cause;
use super::supplement::Read;
use super::supplement::still_as_read;
use crate::domain::answer::Answer;
use crate::domain::reference::Reference;
use crate::files::disk::Disk;
use crate::files::disk::Files as _;
use crate::files::identity::FileIdentity;
use crate::intake::Settlement;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use tokio::time::Instant;
use tracing::debug;
use tracing::error;

/// Where a file goes.
pub(super) enum Aim {
    Done {
        day: String,
        reference: Reference,
        /// The store knew this delivery: it was found again, or sent again just as it was.
        known: bool,
    },
    Failed(Cause),
}

impl Aim {
    fn of(settlement: Settlement) -> Option<Self> {
        let done = |answer: Answer, known| Self::Done {
            day: answer.arrival_date.to_string(),
            reference: answer.reference,
            known,
        };
        match settlement {
            Settlement::Accepted(answer) => Some(done(answer, false)),
            Settlement::Duplicate { answer, redelivered } => Some(done(answer, redelivered)),
            Settlement::Refused(problem) => Some(Self::Failed(Cause::Refused(problem))),
            Settlement::Released => None,
        }
    }
}

/// The folders of one round of settling, opened once and synced once.
struct Opened<D: Disk> {
    incoming: D::Folder,
    days: BTreeMap<String, D::Folder>,
}

impl<D: Disk> Dropped<D> {
    /// See [`crate::intake::Settle::settle`]. A released file is merely let go.
    pub(super) fn settle_all(&self, round: Vec<(FileReceipt, Settlement)>, now: Instant) {
        let aimed = round
            .into_iter()
            .filter_map(|(receipt, settlement)| Aim::of(settlement).map(|aim| ((receipt, aim), 0)));
        self.settle_each(aimed.collect(), now);
    }

    /// Tries again what could not be put away.
    pub(super) fn settle_again(&self, now: Instant) {
        let due = self.memory().unsettled.due(now);
        self.settle_each(due, now);
    }

    fn settle_each(&self, round: Vec<((FileReceipt, Aim), u32)>, now: Instant) {
        if round.is_empty() {
            return;
        }
        let opened = self.open_for(round.iter().map(|((_, aim), _)| aim));
        let put_away = |((receipt, aim), tries)| {
            let done = match &opened {
                Ok(opened) => self.put_away(opened, &receipt, &aim, (tries, now)),
                Err(failed) => Err(io::Error::new(failed.kind(), failed.to_string())),
            };
            match done {
                Ok(()) => Some(receipt),
                Err(failed) => {
                    let mut memory = self.memory();
                    memory.settling.failed(&failed);
                    receipt.hold.park();
                    memory.unsettled.keep((receipt, aim), tries + 1, now);
                    None
                }
            }
        };
        let settled: Vec<_> = in_lanes(D::LANES, round, put_away).into_iter().flatten().collect();
        if let Ok(opened) = &opened
            && let Err(failed) = opened.sync()
        {
            let door = &self.terms.door;
            error!(door, error = %failed, "cannot sync a folder; after a crash its files are found again");
        }
        if !settled.is_empty() {
            self.memory().settling.worked();
        }
        let (door, count) = (&self.terms.door, settled.len());
        debug!(door, count, "files were put away");
        // Only now may their names be offered again.
        drop(settled);
    }

    /// Opens what a round needs.
    fn open_for<'a>(&self, aims: impl Iterator<Item = &'a Aim>) -> io::Result<Opened<D>> {
        let incoming = self.disk.open(&self.terms.paths.incoming)?;
        let mut done = None;
        let mut days = BTreeMap::new();
        for aim in aims {
            let Aim::Done { day, reference: _, known: _ } = aim else { continue };
            if days.contains_key(day) {
                continue;
            }
            let done = match done.take() {
                Some(opened) => done.insert(opened),
                None => done.insert(self.disk.open(&self.terms.paths.done)?),
            };
            days.insert(day.clone(), done.open_or_create_in(OsStr::new(day))?);
        }
        Ok(Opened { incoming, days })
    }

    fn put_away(
        &self,
        opened: &Opened<D>,
        receipt: &FileReceipt,
        aim: &Aim,
        (tries, now): (u32, Instant),
    ) -> io::Result<()> {
        let incoming = &opened.incoming;
        let Some(entry) = incoming.look(&receipt.name)? else {
            if tries > 0 {
                // An earlier try moved it, and the answer was lost.
                self.is_put_away(receipt);
            }
            return Ok(());
        };
        if !entry.identity.same_file(&receipt.identity) {
            // Somebody put another file in its place: that one is a message of its own.
            return Ok(());
        }
        let (day, reference, known) = match aim {
            Aim::Done { day, reference, known } => (day, reference, *known),
            Aim::Failed(cause) => return self.put_in_failed(incoming, &receipt.name, cause),
        };
        let read = Read {
            reference: receipt.continues.as_ref().unwrap_or(reference).clone(),
            sha256: receipt.sha256,
            identity: receipt.identity,
        };
        // Without an inode, what lay there for long may have been exchanged for something of the same size and time.
        let surely = D::HAS_INODES || tries == 0;
        let as_read = |folder: &D::Folder, name: &OsStr, found: FileIdentity| {
            still_as_read(folder, name, (found, surely), &receipt.identity, receipt.sha256)
        };
        if !as_read(incoming, &receipt.name, entry.identity) {
            self.goes_on(&receipt.name, read);
            return Ok(());
        }
        let Some(target) = opened.days.get(day) else { return Ok(()) };
        if known && self.was_sent_again(target, receipt)? {
            return Ok(());
        }
        let name = incoming.move_to(&receipt.name, target, &receipt.name)?;
        // Between the look and the move the file may have been exchanged or written to: what nobody read must not lie in done/.
        match target.look(&name)? {
            Some(there)
                if as_read(target, &name, renamed::<D>(&there.identity, &receipt.identity)) =>
            {
                let read = Read { identity: there.identity, ..read };
                self.is_put_away(receipt);
                self.memory().supplements.moved(day, name, read, now);
            }
            Some(there) => {
                self.memory().supplements.bring_back(&there.identity, now);
                target.move_to(&name, incoming, &receipt.name)?;
                if renamed::<D>(&there.identity, &receipt.identity).same_file(&receipt.identity) {
                    self.goes_on(&receipt.name, read);
                }
            }
            None => {}
        }
        Ok(())
    }
}

/// What a file is after we moved it, to be compared with what it was before: where names stand for inodes it has another now.
fn renamed<D: Disk>(there: &FileIdentity, read: &FileIdentity) -> FileIdentity {
    let inode = if D::HAS_INODES { there.inode } else { read.inode };
    FileIdentity { inode, ..*there }
}

impl<D: Disk> Opened<D> {
    /// The new names first: after a power cut a file has two names or one, never none.
    fn sync(&self) -> io::Result<()> {
        self.days.values().chain([&self.incoming]).try_for_each(D::Folder::sync)
    }
}

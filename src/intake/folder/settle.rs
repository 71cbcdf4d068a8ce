//! After the commit: the file moves to `done/<day>/`, if it is still the file that was read.

use super::DropFolder;
use super::receive::FolderReceipt;
use super::refuse::Cause;
use super::supplement::Read;
use super::supplement::still_as_read;
use crate::domain::answer::Answer;
use crate::domain::reference::Reference;
use crate::files::folder::Folder;
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
    Done { day: String, reference: Reference },
    Failed(Cause),
}

impl Aim {
    fn of(settlement: Settlement) -> Option<Self> {
        let done = |answer: Answer| Self::Done {
            day: answer.arrival_date.to_string(),
            reference: answer.reference,
        };
        match settlement {
            Settlement::Accepted(answer) | Settlement::Duplicate { answer, redelivered: _ } => {
                Some(done(answer))
            }
            Settlement::Refused(problem) => Some(Self::Failed(Cause::Refused(problem))),
            Settlement::Released => None,
        }
    }
}

/// The folders of one round of settling, opened once and synced once.
#[derive(Default)]
struct Opened {
    incoming: Option<Folder>,
    days: BTreeMap<String, Folder>,
}

impl DropFolder {
    /// See [`crate::intake::Settle::settle`]. A released file is merely let go.
    pub(super) fn settle_all(&self, round: Vec<(FolderReceipt, Settlement)>, now: Instant) {
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

    fn settle_each(&self, round: Vec<((FolderReceipt, Aim), u32)>, now: Instant) {
        if round.is_empty() {
            return;
        }
        let mut opened = Opened::default();
        let mut settled = Vec::with_capacity(round.len());
        for ((receipt, aim), tries) in round {
            match self.put_away(&mut opened, &receipt, &aim, now) {
                Ok(()) => settled.push(receipt),
                Err(failed) => {
                    let mut memory = self.memory();
                    memory.settling.failed(&failed);
                    receipt.hold.park();
                    memory.unsettled.keep((receipt, aim), tries + 1, now);
                }
            }
        }
        if let Err(failed) = opened.sync() {
            let door = &self.door;
            error!(door, error = %failed, "cannot sync a folder; after a crash its files are found again");
        }
        if !settled.is_empty() {
            self.memory().settling.worked();
        }
        let (door, count) = (&self.door, settled.len());
        debug!(door, count, "files were put away");
        // Only now may their names be offered again.
        drop(settled);
    }

    fn put_away(
        &self,
        opened: &mut Opened,
        receipt: &FolderReceipt,
        aim: &Aim,
        now: Instant,
    ) -> io::Result<()> {
        let (incoming, days) = opened.incoming_and_days(self)?;
        let Some(entry) = incoming.look(&receipt.name)? else { return Ok(()) };
        if !entry.identity.same_file(&receipt.identity) {
            // Somebody put another file in its place: that one is a message of its own.
            return Ok(());
        }
        let (day, reference) = match aim {
            Aim::Done { day, reference } => (day, reference),
            Aim::Failed(cause) => return self.put_in_failed(incoming, &receipt.name, cause),
        };
        let read = Read {
            reference: receipt.continues.as_ref().unwrap_or(reference).clone(),
            sha256: receipt.sha256,
            identity: receipt.identity,
        };
        let as_read = |folder: &Folder, name: &OsStr, found: FileIdentity| {
            still_as_read(folder, name, found, &receipt.identity, receipt.sha256)
        };
        if !as_read(incoming, &receipt.name, entry.identity) {
            self.memory().supplements.goes_on(read);
            return Ok(());
        }
        if !days.contains_key(day) {
            let done = Folder::open(&self.paths.done)?;
            days.insert(day.clone(), done.open_or_create_in(OsStr::new(day))?);
        }
        let Some(target) = days.get(day) else { return Ok(()) };
        let name = incoming.move_to(&receipt.name, target, &receipt.name)?;
        // Between the look and the move the file may have been exchanged or written to: what nobody read must not lie in done/.
        match target.look(&name)? {
            Some(there) if as_read(target, &name, there.identity) => {
                let read = Read { identity: there.identity, ..read };
                self.memory().supplements.moved(day, name, read, now);
            }
            Some(there) => {
                target.move_to(&name, incoming, &receipt.name)?;
                if there.identity.same_file(&receipt.identity) {
                    self.memory().supplements.goes_on(read);
                }
            }
            None => {}
        }
        Ok(())
    }
}

impl Opened {
    fn incoming_and_days(
        &mut self,
        folder: &DropFolder,
    ) -> io::Result<(&Folder, &mut BTreeMap<String, Folder>)> {
        let incoming = match self.incoming.take() {
            Some(incoming) => incoming,
            None => Folder::open(&folder.paths.incoming)?,
        };
        Ok((self.incoming.insert(incoming), &mut self.days))
    }

    /// The new names first: after a power cut a file has two names or one, never none.
    fn sync(&self) -> io::Result<()> {
        self.days.values().chain(&self.incoming).try_for_each(Folder::sync)
    }
}

//! What the doors for files have in common, wherever the files lie: a partner puts a file in `in/`, its receipt appears in `receipts/`, the file
//! moves to `done/<day>/`.
//!
//! A file keeps its place in `in/` until its bytes are committed; a crash or a lost connection in between only means that it is found again. What
//! cannot be taken at all goes to `failed/` beside a file that says why. Nothing is ever replaced or removed.
//!
//! Three promises that are easy to break: a file still being written is not taken (`scan`); a file that grew after it was read
//! comes again as a supplement (`supplement`); nobody's link leads us out of the folder ([`crate::files`]).

mod first_looks;
mod lanes;
mod receive;
mod refuse;
mod scan;
mod sent_again;
mod settle;
mod supplement;

pub use receive::FileReceipt;

use super::Receive;
use super::Settle;
use super::Settlement;
use super::looks::Looks;
use super::passed_over::PassedOver;
use super::polled::Polled;
use super::trouble::Trouble;
use super::trouble::Unsettled;
use super::watch::Watch;
use crate::clock::Clock;
use crate::domain::received::Channel;
use crate::domain::received::Format;
use crate::domain::received::Received;
use crate::domain::received::ReplyTo;
use crate::files::disk::Disk;
use crate::files::disk::Files as _;
use first_looks::FirstLooks;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::error;

/// Tells the format from the bytes and the file's name.
pub type Detect = fn(&[u8], Option<&str>) -> Format;

/// What a door for files has been told.
pub(super) struct Terms {
    pub(super) door: String,
    pub(super) channel: Channel,
    pub(super) partner: String,
    pub(super) paths: Paths,
    pub(super) settle_after: Duration,
    pub(super) scan_every: Duration,
    pub(super) max_bytes: u64,
    pub(super) reply_to: ReplyTo,
    pub(super) arrival: Arrival,
    pub(super) detect: Detect,
    pub(super) clock: Clock,
}

/// When a file counts as arrived.
pub(super) enum Arrival {
    /// When it was last changed: on a disk of ours that is when it was put there.
    LastChange,
    /// When we first saw its name: on the far side the time of the change is whatever the sender's program says.
    FirstLook {
        /// The file in which first looks outlast the process, where there is a place for it.
        kept_in: Option<PathBuf>,
    },
}

/// The four folders of a partner.
pub(super) struct Paths {
    incoming: PathBuf,
    done: PathBuf,
    failed: PathBuf,
    pub(super) receipts: PathBuf,
}

impl Paths {
    pub(super) fn below(root: &Path) -> Self {
        Self {
            incoming: root.join("in"),
            done: root.join("done"),
            failed: root.join("failed"),
            receipts: root.join("receipts"),
        }
    }

    pub(super) fn each(&self) -> [(&'static str, &PathBuf); 4] {
        [
            ("in folder", &self.incoming),
            ("done folder", &self.done),
            ("failed folder", &self.failed),
            ("receipts folder", &self.receipts),
        ]
    }
}

/// Brings the files of one partner, oldest first.
pub struct FileReceive<D: Disk>(Polled<Dropped<D>>);

impl<D: Disk> FileReceive<D> {
    pub(super) fn new(dropped: Arc<Dropped<D>>, cancel: CancellationToken) -> Self {
        let door = dropped.terms.door.clone();
        Self(Polled::new(dropped, &door, cancel))
    }
}

impl<D: Disk> Receive for FileReceive<D> {
    type Receipt = FileReceipt;

    async fn receive(&mut self) -> Option<(Received, FileReceipt)> {
        self.0.receive().await
    }
}

/// Puts the files of one partner away after the commit.
pub struct FileSettle<D: Disk>(pub(super) Arc<Dropped<D>>);

impl<D: Disk> Settle for FileSettle<D> {
    type Receipt = FileReceipt;

    async fn settle(&mut self, settlements: Vec<(FileReceipt, Settlement)>) {
        let dropped = Arc::clone(&self.0);
        let settling =
            tokio::task::spawn_blocking(move || dropped.settle_all(settlements, Instant::now()));
        if settling.await.is_err() {
            let door = &self.0.terms.door;
            error!(door, "putting files away ended unexpectedly; they are found again");
        }
    }
}

/// One partner's folders. What both halves of the door share.
pub(super) struct Dropped<D: Disk> {
    disk: D,
    terms: Terms,
    watch: Option<Watch>,
    looks: Mutex<Looks>,
    memory: Mutex<Memory>,
    first_looks: Mutex<FirstLooks>,
}

/// What the door remembers between looks. Lost with the process, and nothing is lost by that: what matters is in the store, or can be seen in
/// `done/`.
struct Memory {
    passed_over: PassedOver,
    supplements: supplement::Supplements,
    unsettled: Unsettled<(FileReceipt, settle::Aim)>,
    settling: Trouble,
    put_away: sent_again::PutAway,
    told_of_folders: bool,
    folders_made: bool,
}

impl<D: Disk> Dropped<D> {
    /// The door's folders, not looked at yet: see [`Dropped::make_folders`].
    pub(super) fn new(disk: D, terms: Terms, watch: Option<Watch>) -> Self {
        let kept_in = match &terms.arrival {
            Arrival::LastChange => None,
            Arrival::FirstLook { kept_in } => kept_in.clone(),
        };
        Self {
            watch,
            first_looks: Mutex::new(FirstLooks::new(kept_in)),
            looks: Mutex::new(Looks::new(terms.settle_after)),
            memory: Mutex::new(Memory {
                passed_over: PassedOver::default(),
                supplements: supplement::Supplements::default(),
                unsettled: Unsettled::default(),
                settling: Trouble::new(&terms.door, "put away files"),
                put_away: sent_again::PutAway::default(),
                told_of_folders: false,
                folders_made: false,
            }),
            disk,
            terms,
        }
    }

    /// Makes the four folders where they are missing; else says which cannot be used. Blocks.
    pub(super) fn make_folders(&self) -> Result<(), (&'static str, io::Error)> {
        make_folders(&self.disk, &self.terms.paths)?;
        self.memory().folders_made = true;
        Ok(())
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes the folders that are missing and sees that they can be used; else says which cannot.
pub(super) fn make_folders<D: Disk>(
    disk: &D,
    paths: &Paths,
) -> Result<(), (&'static str, io::Error)> {
    let mut device = None;
    for (what, path) in paths.each() {
        let opened = disk.open_or_create(path).and_then(|folder| {
            folder.check_permission()?;
            folder.device()
        });
        let same_disk = opened.and_then(|found| {
            // A move that cannot be a rename could lose or replace a file.
            match *device.get_or_insert(found) == found {
                true => Ok(()),
                false => Err(io::ErrorKind::CrossesDevices.into()),
            }
        });
        same_disk.map_err(|source| (what, source))?;
    }
    Ok(())
}

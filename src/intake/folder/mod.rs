//! Drop folder: a partner puts a file in `in/`, its receipt appears in `receipts/`, the file moves to `done/<day>/`.
//!
//! A file keeps its place in `in/` until its bytes are committed; a crash in between only means that it is found again. What cannot
//! be taken at all goes to `failed/` beside a file that says why. Nothing is ever replaced or removed.
//!
//! Three promises that are easy to break: a file still being written is not taken (`scan`); a file that grew after it was read
//! comes again as a supplement (`supplement`); nobody's link leads us out of the folder ([`crate::files`]).

pub mod config;

mod receive;
mod refuse;
mod scan;
mod settle;
mod supplement;

pub use config::Config;
pub use receive::FolderReceipt;

use super::IntakeAdapter;
use super::IntakeError;
use super::Receive;
use super::Settle;
use super::Settlement;
use super::looks::Looks;
use super::passed_over::PassedOver;
use super::polled::Polled;
use super::trouble::Trouble;
use super::trouble::Unsettled;
use super::watch::Heard;
use super::watch::Watch;
use crate::clock::Clock;
use crate::domain::received::Format;
use crate::domain::received::Received;
use crate::files::folder::Folder;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::error;

/// Tells the format from the bytes and the file's name.
pub type Detect = fn(&[u8], Option<&str>) -> Format;

/// One partner's drop folder.
pub struct FolderDoor {
    config: Config,
    detect: Detect,
    clock: Clock,
    cancel: CancellationToken,
}

impl FolderDoor {
    /// A door that closes when `cancel` is cancelled.
    pub fn new(config: Config, detect: Detect, clock: Clock, cancel: CancellationToken) -> Self {
        Self { config, detect, clock, cancel }
    }
}

impl IntakeAdapter for FolderDoor {
    type Receipt = FolderReceipt;
    type Receive = FolderReceive;
    type Settle = FolderSettle;

    fn door(&self) -> String {
        self.config.door()
    }

    async fn open(self) -> Result<(FolderReceive, FolderSettle), IntakeError> {
        let door = self.config.door();
        let cancel = self.cancel.clone();
        let opening = tokio::task::spawn_blocking(move || DropFolder::open(self));
        let folder = Arc::new(opening.await.unwrap_or_else(|died| {
            let source = io::Error::other(died);
            Err(IntakeError::Folder { door: door.clone(), what: "folder", source })
        })?);
        let receive = Polled::new(Arc::clone(&folder), &door, cancel);
        Ok((FolderReceive(receive), FolderSettle(folder)))
    }
}

/// Brings the files of one drop folder, oldest first.
pub struct FolderReceive(Polled<DropFolder>);

impl Receive for FolderReceive {
    type Receipt = FolderReceipt;

    async fn receive(&mut self) -> Option<(Received, FolderReceipt)> {
        self.0.receive().await
    }
}

/// Puts the files of one drop folder away after the commit.
pub struct FolderSettle(Arc<DropFolder>);

impl Settle for FolderSettle {
    type Receipt = FolderReceipt;

    async fn settle(&mut self, settlements: Vec<(FolderReceipt, Settlement)>) {
        let folder = Arc::clone(&self.0);
        let settling =
            tokio::task::spawn_blocking(move || folder.settle_all(settlements, Instant::now()));
        if settling.await.is_err() {
            let door = &self.0.door;
            error!(door, "putting files away ended unexpectedly; they are found again");
        }
    }
}

/// What both halves share.
struct DropFolder {
    door: String,
    config: Config,
    paths: Paths,
    detect: Detect,
    clock: Clock,
    watch: Watch,
    looks: Mutex<Looks>,
    memory: Mutex<Memory>,
}

/// The four folders of a partner.
struct Paths {
    incoming: PathBuf,
    done: PathBuf,
    failed: PathBuf,
    receipts: PathBuf,
}

/// What the door remembers between looks. Lost with the process, and nothing is lost by that: what matters is in the store.
struct Memory {
    passed_over: PassedOver,
    supplements: supplement::Supplements,
    unsettled: Unsettled<(FolderReceipt, settle::Aim)>,
    settling: Trouble,
    told_of_folders: bool,
}

impl DropFolder {
    fn open(from: FolderDoor) -> Result<Self, IntakeError> {
        let FolderDoor { config, detect, clock, cancel: _ } = from;
        let door = config.door();
        let paths = Paths {
            incoming: config.path.join("in"),
            done: config.path.join("done"),
            failed: config.path.join("failed"),
            receipts: config.path.join("receipts"),
        };
        let all = [
            ("in folder", &paths.incoming),
            ("done folder", &paths.done),
            ("failed folder", &paths.failed),
            ("receipts folder", &paths.receipts),
        ];
        let mut device = None;
        for (what, path) in all {
            let opened = Folder::open_or_create(path).and_then(|folder| {
                folder.check_permission()?;
                folder.identity()
            });
            let same_disk = opened.and_then(|identity| {
                // A move that cannot be a rename could lose or replace a file.
                if *device.get_or_insert(identity.device) == identity.device {
                    Ok(())
                } else {
                    Err(io::ErrorKind::CrossesDevices.into())
                }
            });
            same_disk.map_err(|source| IntakeError::Folder { door: door.clone(), what, source })?;
        }
        Ok(Self {
            watch: Watch::new(&door, &paths.incoming, Heard::Renamed),
            looks: Mutex::new(Looks::new(config.settle_after)),
            memory: Mutex::new(Memory {
                passed_over: PassedOver::default(),
                supplements: supplement::Supplements::default(),
                unsettled: Unsettled::default(),
                settling: Trouble::new(&door, "put away files"),
                told_of_folders: false,
            }),
            door,
            config,
            paths,
            detect,
            clock,
        })
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

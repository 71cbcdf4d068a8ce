//! Drop folder on a disk of this machine: see [`super::dropped`] for what becomes of a file. The system tells of files that are renamed into
//! place; they are taken at once.

pub mod config;

pub use config::Config;

use super::IntakeAdapter;
use super::IntakeError;
use super::dropped::Arrival;
use super::dropped::Detect;
use super::dropped::Dropped;
use super::dropped::FileReceipt;
use super::dropped::FileReceive;
use super::dropped::FileSettle;
use super::dropped::Paths;
use super::dropped::Terms;
use super::watch::Heard;
use super::watch::Watch;
use crate::clock::Clock;
use crate::domain::received::Channel;
use crate::domain::received::ReplyTo;
use crate::files::disk::LocalDisk;
use std::io;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

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

    fn dropped(self) -> Dropped<LocalDisk> {
        let Self { config, detect, clock, cancel: _ } = self;
        let (door, paths) = (config.door(), Paths::below(&config.path));
        let watch = Watch::new(&door, &config.path.join("in"), Heard::Renamed);
        let reply_to = ReplyTo::Files {
            folder: paths.receipts.clone(),
            partner: config.partner.clone(),
            mail_to: config.mail_to,
        };
        let terms = Terms {
            door,
            channel: Channel::Folder,
            partner: config.partner,
            paths,
            settle_after: config.settle_after,
            scan_every: config.scan_every,
            max_bytes: config.max_bytes,
            reply_to,
            arrival: Arrival::LastChange,
            detect,
            clock,
        };
        Dropped::new(LocalDisk, terms, Some(watch))
    }
}

impl IntakeAdapter for FolderDoor {
    type Receipt = FileReceipt;
    type Receive = FileReceive<LocalDisk>;
    type Settle = FileSettle<LocalDisk>;

    fn door(&self) -> String {
        self.config.door()
    }

    async fn open(self) -> Result<(Self::Receive, Self::Settle), IntakeError> {
        let (door, cancel) = (self.config.door(), self.cancel.clone());
        let opening = tokio::task::spawn_blocking(move || {
            let dropped = self.dropped();
            dropped.make_folders()?;
            Ok(dropped)
        });
        let opened = opening.await.unwrap_or_else(|died| Err(("folder", io::Error::other(died))));
        let opened = opened.map_err(|(what, source)| IntakeError::Folder { door, what, source });
        let dropped = Arc::new(opened?);
        Ok((FileReceive::new(Arc::clone(&dropped), cancel), FileSettle(dropped)))
    }
}

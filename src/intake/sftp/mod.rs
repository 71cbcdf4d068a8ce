//! Drop folder on a server that is reached by SFTP: see [`super::dropped`] for what becomes of a file.
//!
//! Nobody tells us of a rename over there, so every file waits for its two looks. It arrived when its name was first seen: the time of its last
//! change is whatever the sender's program set. That first look outlasts the process where there is a place for it ([`SftpDoor::keeping`]). The server may be away for hours, at the start too: the door then waits, tries ever more
//! seldom, and says so once.

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
use super::dropped::make_folders;
use crate::clock::Clock;
use crate::domain::received::Channel;
use crate::domain::received::ReplyTo;
use crate::files::disk::Disk as _;
use crate::files::disk::Files as _;
use crate::files::sftp::Link;
use crate::files::sftp::SftpDisk;
use crate::files::sftp::SftpError;
use std::ffi::OsStr;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// One partner's folder on a server.
pub struct SftpDoor {
    config: Config,
    disk: SftpDisk,
    detect: Detect,
    clock: Clock,
    cancel: CancellationToken,
    kept_in: Option<PathBuf>,
}

impl SftpDoor {
    /// A door that closes when `cancel` is cancelled. Whoever writes receipts to the same server shares `disk`.
    pub fn new(
        config: Config,
        disk: SftpDisk,
        detect: Detect,
        clock: Clock,
        cancel: CancellationToken,
    ) -> Self {
        Self { config, disk, detect, clock, cancel, kept_in: None }
    }

    /// Keeps in a folder on a disk of this machine when files were first seen; without one, a start anew counts as the first look.
    pub fn keeping(mut self, folder: Option<&Path>) -> Self {
        let name = format!("{}.json", self.config.partner);
        self.kept_in = folder.map(|folder| folder.join("first-looks").join(name));
        self
    }
}

impl IntakeAdapter for SftpDoor {
    type Receipt = FileReceipt;
    type Receive = FileReceive<SftpDisk>;
    type Settle = FileSettle<SftpDisk>;

    fn door(&self) -> String {
        self.config.door()
    }

    /// Always opens: the first look connects.
    async fn open(self) -> Result<(Self::Receive, Self::Settle), IntakeError> {
        let Self { config, disk, detect, clock, cancel, kept_in } = self;
        let door = config.door();
        let terms = Terms {
            channel: Channel::Sftp,
            partner: config.partner.clone(),
            paths: Paths::below(&config.path),
            settle_after: config.settle_after,
            scan_every: config.scan_every,
            max_bytes: config.max_bytes,
            reply_to: ReplyTo::Sftp {
                door: door.clone(),
                partner: config.partner,
                mail_to: config.mail_to,
            },
            arrival: Arrival::FirstLook { kept_in },
            detect,
            clock,
            door,
        };
        let dropped = Arc::new(Dropped::new(disk, terms, None));
        Ok((FileReceive::new(Arc::clone(&dropped), cancel), FileSettle(dropped)))
    }
}

/// Connects, looks into `in/` and writes where we must be able to write, all of it within `patience`. Answers the key at fault and what is
/// wrong.
pub async fn probe(config: Config, patience: Duration) -> Result<(), (&'static str, String)> {
    let disk = SftpDisk::new(Link::new(config.server()));
    let probed = disk.clone();
    let mut probing = tokio::task::spawn_blocking(move || probe_all(&config, &probed));
    let said = match tokio::time::timeout(patience, &mut probing).await {
        Ok(said) => said,
        Err(_) => {
            disk.close();
            probing.await
        }
    };
    disk.close();
    said.unwrap_or_else(|died| Err(("host", died.to_string())))
}

fn probe_all(config: &Config, disk: &SftpDisk) -> Result<(), (&'static str, String)> {
    let named = |error: SftpError| (error.key(), error.to_string());
    disk.probe().map_err(named)?;
    let paths = Paths::below(&config.path);
    make_folders(disk, &paths).map_err(|(what, error)| ("path", format!("{what}: {error}")))?;
    for (what, path) in paths.each() {
        let told = |error: std::io::Error| ("path", format!("{what}: {error}"));
        let folder = disk.open(path).map_err(told)?;
        folder.list(|_| false).map_err(told)?;
        // Nothing of ours belongs in in/, not for a moment.
        if what != "in folder" {
            folder.check_writing(OsStr::new(".kvittens-check.tmp")).map_err(told)?;
        }
    }
    Ok(())
}

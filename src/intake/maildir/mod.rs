//! Maildir: the mail server delivers into `new/`; after the commit a mail moves to `cur/` with the flag `S` (seen).
//!
//! A mail keeps its place in `new/` until it is committed. Nothing is ever removed, not even what is too large to be stored: that one
//! stays in `cur/` with the flags `FS` (`oversize`). `tmp/` belongs to the mail server and is left alone.

pub mod config;

mod receive;
mod scan;
mod settle;

pub use config::Config;
pub use receive::MaildirReceipt;

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
use crate::domain::received::Received;
use crate::files::folder::Folder;
use std::ffi::OsStr;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::error;

/// How long a mail that was not renamed into place must rest: mail servers rename, but people copy.
const SETTLE_AFTER: Duration = Duration::from_secs(1);

/// One mailbox.
pub struct MaildirDoor {
    config: Config,
    clock: Clock,
    cancel: CancellationToken,
}

impl MaildirDoor {
    /// A door that closes when `cancel` is cancelled.
    pub fn new(config: Config, clock: Clock, cancel: CancellationToken) -> Self {
        Self { config, clock, cancel }
    }
}

impl IntakeAdapter for MaildirDoor {
    type Receipt = MaildirReceipt;
    type Receive = MaildirReceive;
    type Settle = MaildirSettle;

    fn door(&self) -> String {
        self.config.door()
    }

    async fn open(self) -> Result<(MaildirReceive, MaildirSettle), IntakeError> {
        let door = self.config.door();
        let cancel = self.cancel.clone();
        let opening = tokio::task::spawn_blocking(move || Mailbox::open(self));
        let mailbox = Arc::new(opening.await.unwrap_or_else(|died| {
            let source = io::Error::other(died);
            Err(IntakeError::Folder { door: door.clone(), what: "mailbox", source })
        })?);
        let receive = Polled::new(Arc::clone(&mailbox), &door, cancel);
        Ok((MaildirReceive(receive), MaildirSettle(mailbox)))
    }
}

/// Brings the mails of one mailbox, oldest first.
pub struct MaildirReceive(Polled<Mailbox>);

impl Receive for MaildirReceive {
    type Receipt = MaildirReceipt;

    async fn receive(&mut self) -> Option<(Received, MaildirReceipt)> {
        self.0.receive().await
    }
}

/// Marks the mails of one mailbox as seen after the commit.
pub struct MaildirSettle(Arc<Mailbox>);

impl Settle for MaildirSettle {
    type Receipt = MaildirReceipt;

    async fn settle(&mut self, settlements: Vec<(MaildirReceipt, Settlement)>) {
        let mailbox = Arc::clone(&self.0);
        let settling =
            tokio::task::spawn_blocking(move || mailbox.settle_all(settlements, Instant::now()));
        if settling.await.is_err() {
            let door = &self.0.door;
            error!(door, "marking mails as seen ended unexpectedly; they are found again");
        }
    }
}

/// What both halves share.
struct Mailbox {
    door: String,
    config: Config,
    new: PathBuf,
    cur: PathBuf,
    clock: Clock,
    watch: Watch,
    looks: Mutex<Looks>,
    memory: Mutex<Memory>,
}

/// What the door remembers between looks; nothing that matters.
struct Memory {
    passed_over: PassedOver,
    unsettled: Unsettled<(MaildirReceipt, settle::Aim)>,
    settling: Trouble,
}

impl Mailbox {
    fn open(from: MaildirDoor) -> Result<Self, IntakeError> {
        let MaildirDoor { config, clock, cancel: _ } = from;
        let door = config.door();
        let refused = |what| {
            let door = door.clone();
            move |source| IntakeError::Folder { door, what, source }
        };
        // The mailbox itself is not made: a mistyped path would be a mailbox that nobody ever writes to.
        let root = std::fs::canonicalize(&config.path)
            .and_then(|path| Folder::open(&path))
            .map_err(refused("mailbox"))?;
        for (what, name) in [("new folder", "new"), ("cur folder", "cur"), ("tmp folder", "tmp")] {
            root.open_or_create_in(OsStr::new(name))
                .and_then(|folder| folder.check_permission())
                .map_err(refused(what))?;
        }
        let (new, cur) = (config.path.join("new"), config.path.join("cur"));
        Ok(Self {
            watch: Watch::new(&door, &new, Heard::Renamed),
            looks: Mutex::new(Looks::new(SETTLE_AFTER)),
            memory: Mutex::new(Memory {
                passed_over: PassedOver::default(),
                unsettled: Unsettled::default(),
                settling: Trouble::new(&door, "mark mails as seen"),
            }),
            door,
            config,
            new,
            cur,
            clock,
        })
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! From a complete file in `in/` to a message with its envelope.

use super::DropFolder;
use super::refuse::Cause;
use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::received::Channel;
use crate::domain::received::Envelope;
use crate::domain::received::Received;
use crate::domain::received::ReplyTo;
use crate::domain::received::Sender;
use crate::domain::received::SourceKey;
use crate::domain::reference::Reference;
use crate::files::folder::Folder;
use crate::files::identity::Entry;
use crate::files::identity::FileIdentity;
use crate::files::identity::Kind;
use crate::files::read::ReadError;
use crate::intake::in_hand::Hold;
use crate::intake::polled::Look;
use crate::intake::polled::Source;
use crate::intake::watch::Watch;
use bytes::Bytes;
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::time::Duration;
use tokio::time::Instant;

/// What settling a file needs: which file it was when it was read. Dropping it lets the file come again.
pub struct FolderReceipt {
    pub(super) name: OsString,
    pub(super) identity: FileIdentity,
    pub(super) sha256: Digest,
    pub(super) continues: Option<Reference>,
    pub(super) hold: Hold,
}

impl fmt::Debug for FolderReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FolderReceipt({:?})", self.identity)
    }
}

impl Source for DropFolder {
    type Receipt = FolderReceipt;

    fn look(&self, now: Instant, whole: bool) -> io::Result<Look> {
        self.look_into(now, whole)
    }

    fn take(&self, entry: &Entry, hold: Hold) -> Option<(Received, FolderReceipt)> {
        let incoming = Folder::open(&self.paths.incoming).ok()?;
        let read = match entry.kind {
            Kind::File => incoming.read(&entry.name, self.config.max_bytes),
            Kind::Link | Kind::Special | Kind::Folder => Err(ReadError::NotAFile),
        };
        let cause = match read {
            Ok((bytes, identity)) if identity == entry.identity => {
                return Some(self.wrap(entry, bytes, hold));
            }
            // Still being written, or taken back: the next look tells.
            Ok(_) | Err(ReadError::Changed | ReadError::Gone) => return None,
            Err(ReadError::TooLarge) => Cause::TooLarge { limit_bytes: self.config.max_bytes },
            Err(ReadError::NotAFile) => Cause::NotAFile,
            Err(ReadError::NoPermission) => Cause::NoPermission,
            Err(ReadError::Disk(failed)) => {
                self.pass_over(entry, &failed);
                return None;
            }
        };
        self.refuse(&incoming, entry, &cause);
        None
    }

    fn watch(&self) -> &Watch {
        &self.watch
    }

    fn scan_every(&self) -> Duration {
        self.config.scan_every
    }
}

impl DropFolder {
    fn wrap(&self, entry: &Entry, bytes: Vec<u8>, hold: Hold) -> (Received, FolderReceipt) {
        let sha256 = Digest::of(&bytes);
        let continues = self.memory().supplements.continued_by(entry.identity, &bytes);
        let seen_at = self.clock.now();
        let file_name = entry.name.to_string_lossy().into_owned();
        let partner = self.config.partner.clone();
        let envelope = Envelope {
            channel: Channel::Folder,
            source_key: SourceKey {
                door: self.door.clone(),
                sender: partner.clone(),
                key: format!("sha256:{sha256}"),
            },
            occurrence: Some(entry.identity.occurrence(&entry.name)),
            sender: Sender { partner: Some(partner.clone()), ..Sender::default() },
            reply_to: ReplyTo::Files {
                folder: self.paths.receipts.clone(),
                partner,
                mail_to: self.config.mail_to.clone(),
            },
            format: (self.detect)(&bytes, Some(&file_name)),
            file_name: Some(Masked::new(file_name)),
            continues: continues.clone(),
            received_at: entry.identity.modified_at(seen_at),
            seen_at,
        };
        let receipt = FolderReceipt {
            name: entry.name.clone(),
            identity: entry.identity,
            sha256,
            continues,
            hold,
        };
        (Received { envelope, raw: Bytes::from(bytes) }, receipt)
    }
}

//! From a complete file in `in/` to a message with its envelope.

use super::Arrival;
use super::Dropped;
use super::lanes::in_lanes;
use super::refuse::Cause;
use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::received::Envelope;
use crate::domain::received::Received;
use crate::domain::received::Sender;
use crate::domain::received::SourceKey;
use crate::domain::reference::Reference;
use crate::files::disk::Disk;
use crate::files::disk::Files as _;
use crate::files::identity::Entry;
use crate::files::identity::FileIdentity;
use crate::files::identity::Kind;
use crate::files::name::readable;
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
pub struct FileReceipt {
    pub(super) name: OsString,
    pub(super) identity: FileIdentity,
    pub(super) sha256: Digest,
    pub(super) continues: Option<Reference>,
    pub(super) hold: Hold,
}

impl fmt::Debug for FileReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileReceipt({:?})", self.identity)
    }
}

impl<D: Disk> Source for Dropped<D> {
    type Receipt = FileReceipt;

    fn look(&self, now: Instant, whole: bool) -> io::Result<Look> {
        self.look_into(now, whole)
    }

    fn take_all(&self, batch: Vec<(Entry, Hold)>) -> Vec<(Received, FileReceipt)> {
        let Ok(incoming) = self.disk.open(&self.terms.paths.incoming) else { return Vec::new() };
        let take = |(entry, hold)| self.take(&incoming, &entry, hold);
        in_lanes(D::LANES, batch, take).into_iter().flatten().collect()
    }

    fn watch(&self) -> Option<&Watch> {
        self.watch.as_ref()
    }

    fn scan_every(&self) -> Duration {
        self.terms.scan_every
    }
}

impl<D: Disk> Dropped<D> {
    /// Reads one; `None` when it is not to be handed over now.
    fn take(
        &self,
        incoming: &D::Folder,
        entry: &Entry,
        hold: Hold,
    ) -> Option<(Received, FileReceipt)> {
        let limit_bytes = self.terms.max_bytes;
        let read = match entry.kind {
            Kind::File if entry.identity.size_bytes > limit_bytes => Err(ReadError::TooLarge),
            Kind::File => incoming.read(&entry.name, limit_bytes),
            Kind::Link | Kind::Special | Kind::Folder => Err(ReadError::NotAFile),
        };
        let cause = match read {
            Ok((bytes, identity)) if identity == entry.identity => {
                return Some(self.wrap(entry, bytes, hold));
            }
            // Still being written, or taken back: the next look tells.
            Ok(_) | Err(ReadError::Changed | ReadError::Gone) => return None,
            Err(ReadError::TooLarge) => Cause::TooLarge { limit_bytes },
            Err(ReadError::NotAFile) => Cause::NotAFile,
            Err(ReadError::NoPermission) => Cause::NoPermission,
            // Not this file's fault; the next look says what is wrong.
            Err(ReadError::Disk(away)) if D::is_away(&away) => return None,
            Err(ReadError::Disk(failed)) => {
                self.pass_over(entry, &failed);
                return None;
            }
        };
        self.refuse(incoming, entry, &cause);
        None
    }

    fn wrap(&self, entry: &Entry, bytes: Vec<u8>, hold: Hold) -> (Received, FileReceipt) {
        let sha256 = Digest::of(&bytes);
        let memory = self.memory();
        let continues = memory.supplements.continued_by(entry.identity, &bytes);
        let occurrence = memory.put_away.occurrence(&entry.identity, &entry.name);
        drop(memory);
        let seen_at = self.terms.clock.now();
        let file_name = readable(&entry.name);
        let partner = self.terms.partner.clone();
        let received_at = match &self.terms.arrival {
            Arrival::LastChange => entry.identity.modified_at(seen_at),
            Arrival::FirstLook { kept_in: _ } => {
                self.first_look_at(&entry.name).map_or(seen_at, |at| at.min(seen_at))
            }
        };
        let envelope = Envelope {
            channel: self.terms.channel,
            source_key: SourceKey {
                door: self.terms.door.clone(),
                sender: partner.clone(),
                key: format!("sha256:{sha256}"),
            },
            occurrence: Some(occurrence),
            sender: Sender { partner: Some(partner), ..Sender::default() },
            reply_to: self.terms.reply_to.clone(),
            format: (self.terms.detect)(&bytes, Some(&file_name)),
            file_name: Some(Masked::new(file_name)),
            continues: continues.clone(),
            speaks_of: None,
            received_at,
            seen_at,
        };
        let receipt = FileReceipt {
            name: entry.name.clone(),
            identity: entry.identity,
            sha256,
            continues,
            hold,
        };
        (Received { envelope, raw: Bytes::from(bytes) }, receipt)
    }
}

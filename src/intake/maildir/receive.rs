//! From a mail in `new/` to a message with its envelope: who gets the receipt, and what makes two deliveries the same mail.

use super::Mailbox;
use super::settle::base_name;
use crate::domain::digest::Digest;
use crate::domain::received::Channel;
use crate::domain::received::Received;
use crate::files::folder::Folder;
use crate::files::identity::Entry;
use crate::files::identity::FileIdentity;
use crate::files::identity::Kind;
use crate::files::read::ReadError;
use crate::intake::in_hand::Hold;
use crate::intake::mail_envelope::Came;
use crate::intake::mail_envelope::received_at;
use crate::intake::oversize;
use crate::intake::oversize::Why;
use crate::intake::polled::Look;
use crate::intake::polled::Source;
use crate::intake::watch::Watch;
use crate::mail::MailHeaders;
use crate::mail::mail_headers;
use bytes::Bytes;
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::time::Duration;
use tokio::time::Instant;
use tracing::error;
use tracing::warn;

/// What settling a mail needs: which file it was when it was read. Dropping it lets the mail come again.
pub struct MaildirReceipt {
    pub(super) name: OsString,
    pub(super) identity: FileIdentity,
    pub(super) oversize: bool,
    pub(super) hold: Hold,
}

impl fmt::Debug for MaildirReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MaildirReceipt({:?})", self.identity)
    }
}

impl Source for Mailbox {
    type Receipt = MaildirReceipt;

    fn look(&self, now: Instant, whole: bool) -> io::Result<Look> {
        self.look_into(now, whole)
    }

    fn take_all(&self, batch: Vec<(Entry, Hold)>) -> Vec<(Received, MaildirReceipt)> {
        batch.into_iter().filter_map(|(entry, hold)| self.take(&entry, hold)).collect()
    }

    fn watch(&self) -> Option<&Watch> {
        Some(&self.watch)
    }

    fn scan_every(&self) -> Duration {
        self.config.scan_every
    }
}

impl Mailbox {
    fn take(&self, entry: &Entry, hold: Hold) -> Option<(Received, MaildirReceipt)> {
        let new = Folder::open(&self.new).ok()?;
        let read = match entry.kind {
            Kind::File => new.read(&entry.name, self.config.max_bytes),
            Kind::Link | Kind::Special | Kind::Folder => Err(ReadError::NotAFile),
        };
        match read {
            Ok((bytes, identity)) if identity == entry.identity => {
                let headers = mail_headers(&bytes);
                let digest = headers.digest_without_trace;
                Some(self.wrap(entry, bytes, &headers, digest, hold))
            }
            Ok(_) | Err(ReadError::Changed | ReadError::Gone) => None,
            Err(ReadError::TooLarge) => self.take_oversize(&new, entry, hold),
            Err(ReadError::Disk(failed)) => self.pass_over(entry, &failed),
            Err(other @ (ReadError::NotAFile | ReadError::NoPermission)) => {
                self.pass_over(entry, &other)
            }
        }
    }

    fn take_oversize(
        &self,
        new: &Folder,
        entry: &Entry,
        hold: Hold,
    ) -> Option<(Received, MaildirReceipt)> {
        let head = match new.read_head(&entry.name, oversize::HEADER_BYTES) {
            Ok(head) if head.identity == entry.identity => head,
            Ok(_) | Err(ReadError::Changed | ReadError::Gone) => return None,
            Err(other) => return self.pass_over(entry, &other),
        };
        let door = &self.door;
        let sha256 = hex::encode(&head.sha256.as_bytes()[..4]);
        warn!(
            door,
            sha256,
            "a mail is larger than the limit; its header is taken and the mail is kept in cur/"
        );
        let bytes = oversize::stand_in(&head.bytes, Why::Oversize);
        let headers = mail_headers(&bytes);
        let (received, mut receipt) = self.wrap(entry, bytes, &headers, head.sha256, hold);
        receipt.oversize = true;
        Some((received, receipt))
    }

    fn wrap(
        &self,
        entry: &Entry,
        bytes: Vec<u8>,
        headers: &MailHeaders,
        digest: Digest,
        hold: Hold,
    ) -> (Received, MaildirReceipt) {
        let seen_at = self.clock.now();
        let came = Came {
            door: &self.door,
            channel: Channel::Maildir,
            occurrence: base_name(&entry.name).to_string_lossy().into_owned(),
            received_at: received_at(
                &bytes,
                &self.config.trusted_hosts,
                Some(entry.identity.modified_at(seen_at)),
                seen_at,
            ),
            seen_at,
        };
        let envelope = came.envelope(headers, digest, &self.config.own_addresses);
        let receipt = MaildirReceipt {
            name: entry.name.clone(),
            identity: entry.identity,
            oversize: false,
            hold,
        };
        (Received { envelope, raw: Bytes::from(bytes) }, receipt)
    }

    /// Leaves a mail in `new/` that cannot be read, and says so once.
    fn pass_over<T>(&self, entry: &Entry, why: &dyn std::error::Error) -> Option<T> {
        if self.memory().passed_over.add(entry, Instant::now()) {
            let door = &self.door;
            error!(door, error = %why, "a mail cannot be read and stays in new/; see to its permissions");
        }
        None
    }
}

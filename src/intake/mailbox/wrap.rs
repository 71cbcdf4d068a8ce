//! From a mail's bytes to a message with its envelope.

use super::keeper::Keeper;
use super::occurrence::Part;
use crate::domain::digest::Digest;
use crate::domain::received::Channel;
use crate::domain::received::Received;
use crate::intake::mail_envelope::Came;
use crate::intake::mail_envelope::received_at;
use crate::intake::oversize;
use crate::intake::oversize::Why;
use crate::mail::mail_headers;
use bytes::Bytes;
use jiff::Timestamp;

/// A mail, or what stands in for it.
pub(super) struct Mail {
    pub(super) raw: Vec<u8>,
    pub(super) stands_in: bool,
    /// Digest of the mail for which this stands in.
    sha256: Option<Digest>,
}

impl Mail {
    /// A mail as it came.
    pub(super) fn whole(raw: Vec<u8>) -> Self {
        Self { raw, stands_in: false, sha256: None }
    }

    /// What stands in for a mail of which these are the first bytes.
    pub(super) fn stand_in(head: &[u8], why: Why, sha256: Option<Digest>) -> Self {
        Self { raw: oversize::stand_in(head, why), stands_in: true, sha256 }
    }
}

impl Keeper {
    /// Puts the envelope around a mail; the server's own time of arrival counts where no trusted host tells another.
    pub(super) fn wrap(&self, uid: u32, mail: Mail, arrived_at: Option<Timestamp>) -> Received {
        let headers = mail_headers(&mail.raw);
        let seen_at = self.mailbox.clock.now();
        let part = if mail.stands_in { Part::Header } else { Part::Whole };
        let occurrence = self.occurrence(uid, arrived_at, part);
        let digest = match (mail.sha256, mail.stands_in, &headers.message_id) {
            (Some(digest), _, _) => digest,
            // A stand-in without any identity of its own is like every other: its place tells them apart.
            (None, true, None) => Digest::of_all([mail.raw.as_slice(), occurrence.as_bytes()]),
            (None, _, _) => headers.digest_without_trace,
        };
        let config = &self.mailbox.config;
        let came = Came {
            door: &self.mailbox.door,
            channel: Channel::Mailbox,
            occurrence,
            received_at: received_at(&mail.raw, &config.trusted_hosts, arrived_at, seen_at),
            seen_at,
        };
        let envelope = came.envelope(&headers, digest, &config.own_addresses);
        Received { envelope, raw: Bytes::from(mail.raw) }
    }
}

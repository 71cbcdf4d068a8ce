//! The envelope around a mail: who gets the receipt, and what makes two deliveries the same mail.

use crate::domain::digest::Digest;
use crate::domain::received::Channel;
use crate::domain::received::Envelope;
use crate::domain::received::Format;
use crate::domain::received::Sender;
use crate::domain::received::SourceKey;
use crate::mail::MailHeaders;
use crate::mail::arrived_at;
use crate::mail::reply_to;
use jiff::Timestamp;

/// When a mail reached the municipality: when its outermost trusted host took it, else when the mailbox got it. A clock that is ahead of ours
/// does not make mail arrive in the future.
pub(super) fn received_at(
    raw: &[u8],
    trusted_hosts: &[String],
    delivered_at: Option<Timestamp>,
    seen_at: Timestamp,
) -> Timestamp {
    let taken_at = if trusted_hosts.is_empty() { None } else { arrived_at(raw, trusted_hosts) };
    taken_at.or(delivered_at).unwrap_or(seen_at).min(seen_at)
}

/// How a mail came.
pub(super) struct Came<'a> {
    /// The door's name.
    pub(super) door: &'a str,
    /// Its kind.
    pub(super) channel: Channel,
    /// See [`Envelope::occurrence`].
    pub(super) occurrence: String,
    /// When it reached the municipality.
    pub(super) received_at: Timestamp,
    /// When we saw it.
    pub(super) seen_at: Timestamp,
}

impl Came<'_> {
    /// The envelope. `digest` is that of all but the trace fields where the mail is there whole.
    pub(super) fn envelope(
        self,
        headers: &MailHeaders,
        digest: Digest,
        own_addresses: &[String],
    ) -> Envelope {
        let key = match &headers.message_id {
            Some(id) => format!("mid:{id}:{digest}"),
            None => format!("sha256:{digest}"),
        };
        Envelope {
            channel: self.channel,
            source_key: SourceKey { door: self.door.to_owned(), sender: String::new(), key },
            occurrence: Some(self.occurrence),
            sender: Sender { address: headers.from.clone(), ..Sender::default() },
            reply_to: reply_to(headers, own_addresses),
            format: Format::Mail,
            file_name: None,
            continues: None,
            speaks_of: None,
            received_at: self.received_at,
            seen_at: self.seen_at,
        }
    }
}

//! The envelope around a mail: who gets the receipt, and what makes two deliveries the same mail.

use crate::domain::digest::Digest;
use crate::domain::received::Channel;
use crate::domain::received::Envelope;
use crate::domain::received::Format;
use crate::domain::received::ReplyTo;
use crate::domain::received::Sender;
use crate::domain::received::SourceKey;
use crate::mail::MailHeaders;
use jiff::Timestamp;

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
            sender: Sender { partner: None, address: headers.from.clone() },
            reply_to: reply_to(headers, own_addresses),
            format: Format::Mail,
            file_name: None,
            continues: None,
            received_at: self.received_at,
            seen_at: self.seen_at,
        }
    }
}

/// Where the receipt goes, or why none is sent.
fn reply_to(headers: &MailHeaders, own_addresses: &[String]) -> ReplyTo {
    let suppressed = |reason: &str| ReplyTo::Suppressed { reason: reason.to_owned() };
    if let Some(reason) = headers.auto_reply_suppressed {
        return suppressed(reason);
    }
    let (Some(from), Some(to)) = (&headers.from, headers.reply_target()) else {
        return suppressed("noSenderAddress");
    };
    let own = |address: &str| own_addresses.iter().any(|own| own.eq_ignore_ascii_case(address));
    if own(from.reveal()) || own(to.reveal()) {
        return suppressed("ownAddress");
    }
    let mut references = headers.references.clone();
    if let Some(id) = &headers.message_id {
        references.retain(|earlier| earlier != id);
        references.push(id.clone());
    }
    ReplyTo::Mail { to: to.clone(), in_reply_to: headers.message_id.clone(), references }
}

#[cfg(test)]
mod tests {
    use super::reply_to;
    use crate::domain::received::ReplyTo;
    use crate::mail::mail_headers;

    fn answer(header: &str) -> ReplyTo {
        let own = ["avh@kommun.example".to_owned()];
        reply_to(&mail_headers(format!("{header}\r\n\r\ntext").as_bytes()), &own)
    }

    #[test]
    fn the_receipt_goes_to_reply_to_only_within_the_senders_own_domain() {
        for (header, expected) in [
            ("From: a@hyra.example", "a@hyra.example"),
            ("From: a@hyra.example\r\nReply-To: b@Hyra.example", "b@Hyra.example"),
            ("From: a@hyra.example\r\nReply-To: b@other.example", "a@hyra.example"),
        ] {
            let ReplyTo::Mail { to, .. } = answer(header) else { panic!("{header}") };
            assert_eq!(to.reveal(), expected, "{header}");
        }
    }

    #[test]
    fn automatic_mail_our_own_and_mail_from_nobody_get_none() {
        for (header, expected) in [
            ("From: a@hyra.example\r\nAuto-Submitted: auto-replied", "autoSubmitted"),
            ("From: a@hyra.example\r\nReturn-Path: <>", "nullReturnPath"),
            ("From: AVH@kommun.example", "ownAddress"),
            ("Subject: nobody", "noSenderAddress"),
        ] {
            assert_eq!(
                answer(header),
                ReplyTo::Suppressed { reason: expected.to_owned() },
                "{header}"
            );
        }
    }

    #[test]
    fn the_thread_is_carried_on_with_the_mail_itself_last() {
        let header = "From: a@hyra.example\r\nMessage-ID: <3@x>\r\nReferences: <1@x> <3@x> <2@x>";
        let ReplyTo::Mail { in_reply_to, references, .. } = answer(header) else { panic!() };
        assert_eq!(in_reply_to.as_deref(), Some("3@x"));
        assert_eq!(references, ["1@x", "2@x", "3@x"]);
    }
}

//! Where the receipt of a mail goes (Return Address), or why none is sent: outward contract, section 8, and RFC 3834.

use super::MailHeaders;
use crate::domain::received::ReplyTo;

/// Where the receipt goes, or why none is sent.
pub fn reply_to(headers: &MailHeaders, own_addresses: &[String]) -> ReplyTo {
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

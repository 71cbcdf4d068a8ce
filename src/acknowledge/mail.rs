//! One receipt as the bytes of a mail (RFC 5322, RFC 3834): composed once, stored, and sent unchanged however often.
//!
//! Written by hand for one fixed set of headers: every mail takes this path on its way to the sender, and everything in it has been
//! checked by [`header`] before. Always ASCII, always CRLF, so that it passes every mail server without conversion.

use crate::acknowledge::config::Mailbox;
use crate::acknowledge::header;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// How many Message-IDs of the thread are repeated: the first and the latest.
const LONGEST_THREAD: usize = 20;

/// Why a mail is sent without a person behind it (RFC 3834 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Automatic {
    /// It answers a mail.
    Replied,
    /// It answers no mail: the message came by API or file.
    Generated,
}

/// What is put into a mail.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter<'a> {
    /// Who writes.
    pub(super) from: &'a Mailbox,
    /// To whom; checked by [`header::mailbox`].
    pub(super) to: &'a str,
    /// ASCII, without line breaks.
    pub(super) subject: &'a str,
    /// Without angle brackets.
    pub(super) message_id: &'a str,
    /// The Message-ID it answers, as it came.
    pub(super) in_reply_to: Option<&'a str>,
    /// The thread before that, oldest first, as it came.
    pub(super) references: &'a [String],
    /// Whether it answers a mail.
    pub(super) automatic: Automatic,
    /// When it is written.
    pub(super) date: Timestamp,
    /// The text.
    pub(super) text: &'a str,
    /// The same as JSON, for the sender's system: the file's name, ASCII without quotes, and the document.
    pub(super) document: Option<(&'a str, &'a [u8])>,
}

/// Between the parts of a mail with a document. No line of quoted-printable or base64 can look so.
const BOUNDARY: &str = "=_kvittens";

/// The mail's bytes.
pub(super) fn compose(letter: &Letter<'_>) -> Vec<u8> {
    let mut head = String::with_capacity(1024);
    let mut line = |name: &str, value: &str| {
        head.push_str(name);
        head.push_str(": ");
        head.push_str(value);
        head.push_str("\r\n");
    };
    line("From", &sender(letter.from));
    line("To", &format!("<{}>", letter.to));
    line("Subject", letter.subject);
    line("Date", &date(letter.date));
    line("Message-ID", &format!("<{}>", letter.message_id));
    let answered = letter.in_reply_to.and_then(header::message_id);
    if let Some(answered) = answered {
        line("In-Reply-To", &format!("<{answered}>"));
    }
    let thread = thread(letter.references, answered);
    if !thread.is_empty() {
        line("References", &thread);
    }
    line(
        "Auto-Submitted",
        match letter.automatic {
            Automatic::Replied => "auto-replied",
            Automatic::Generated => "auto-generated",
        },
    );
    line("X-Auto-Response-Suppress", "All");
    line("MIME-Version", "1.0");
    if letter.document.is_some() {
        line("Content-Type", &format!("multipart/mixed; boundary=\"{BOUNDARY}\""));
        head.push_str(&format!("\r\n--{BOUNDARY}\r\n"));
    }
    head.push_str(TEXT_HEAD);
    let mut bytes = head.into_bytes();
    bytes.reserve(letter.text.len() * 5 / 4);
    header::quoted_printable(letter.text, &mut bytes);
    if let Some((name, document)) = letter.document {
        attach(name, document, &mut bytes);
    }
    bytes
}

const TEXT_HEAD: &str = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";

/// The last part: a JSON document (RFC 2046 5.1, RFC 2183).
fn attach(name: &str, document: &[u8], bytes: &mut Vec<u8>) {
    let head = format!(
        "\r\n--{BOUNDARY}\r\nContent-Type: application/json; name=\"{name}\"\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    );
    bytes.extend_from_slice(head.as_bytes());
    let encoded = STANDARD.encode(document);
    for line in encoded.as_bytes().chunks(76) {
        bytes.extend_from_slice(line);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
}

fn sender(from: &Mailbox) -> String {
    match from.name.as_deref().filter(|name| !name.trim().is_empty()) {
        Some(name) => format!("{} <{}>", header::display_name(name), from.address),
        None => format!("<{}>", from.address),
    }
}

fn date(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// The References of an answer: those of the mail it answers, and then that mail itself (RFC 5322 3.6.4).
fn thread(references: &[String], answered: Option<&str>) -> String {
    let earlier = references.iter().filter_map(|id| header::message_id(id));
    let mut ids: Vec<&str> = earlier.filter(|id| Some(*id) != answered).chain(answered).collect();
    if ids.len() > LONGEST_THREAD {
        ids.drain(1..=ids.len() - LONGEST_THREAD);
    }
    let ids: Vec<String> = ids.iter().map(|id| format!("<{id}>")).collect();
    ids.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::Automatic;
    use super::Letter;
    use super::compose;
    use crate::acknowledge::config::Mailbox;
    use jiff::Timestamp;

    fn mail(in_reply_to: Option<&str>, references: &[String]) -> String {
        mail_with(in_reply_to, references, None)
    }

    fn mail_with(
        in_reply_to: Option<&str>,
        references: &[String],
        document: Option<(&str, &[u8])>,
    ) -> String {
        let from = Mailbox {
            address: "kvittens@example.se".to_owned(),
            name: Some("Exempelstads kommun, nämnden för å".to_owned()),
        };
        let date: Timestamp = "2026-10-05T12:07:09.123Z".parse().unwrap();
        let letter = Letter {
            from: &from,
            to: "hyra@example.com",
            subject: "Kvittens AVH-7K4M-2QX6",
            message_id: "AVH-7K4M-2QX6.sender.receipt.0@example.se",
            in_reply_to,
            references,
            automatic: Automatic::Replied,
            date,
            text: "Vår referens: AVH-7K4M-2QX6\n.\n",
            document,
        };
        String::from_utf8(compose(&letter)).unwrap()
    }

    #[test]
    fn a_mail_bears_the_headers_of_an_automatic_answer_and_is_plain_ascii() {
        let mail = mail(Some("2@example.com"), &["1@example.com".to_owned()]);
        assert!(mail.is_ascii());
        let (head, body) = mail.split_once("\r\n\r\n").unwrap();
        for line in [
            "To: <hyra@example.com>",
            "Subject: Kvittens AVH-7K4M-2QX6",
            "Date: Mon, 05 Oct 2026 12:07:09 +0000",
            "Message-ID: <AVH-7K4M-2QX6.sender.receipt.0@example.se>",
            "In-Reply-To: <2@example.com>",
            "References: <1@example.com>",
            " <2@example.com>",
            "Auto-Submitted: auto-replied",
            "X-Auto-Response-Suppress: All",
            "Content-Type: text/plain; charset=utf-8",
        ] {
            assert!(head.split("\r\n").any(|found| found == line), "{line}\n{head}");
        }
        assert_eq!(body, "V=C3=A5r referens: AVH-7K4M-2QX6\r\n.\r\n");
        let parsed = mail_parser::MessageParser::default().parse(mail.as_bytes()).unwrap();
        let from = parsed.from().and_then(|from| from.first()).unwrap();
        assert_eq!(from.name(), Some("Exempelstads kommun, nämnden för å"));
        assert_eq!(from.address(), Some("kvittens@example.se"));
    }

    #[test]
    fn nothing_from_the_answered_mail_can_add_a_header() {
        let evil = ["1@x\r\nBcc: a@example.com".to_owned(), "ok@example.com".to_owned()];
        let mail = mail(Some("x@y\r\nBcc: b@example.com"), &evil);
        assert!(!mail.contains("Bcc"), "{mail}");
        assert!(!mail.contains("In-Reply-To"), "{mail}");
        assert!(mail.contains("References: <ok@example.com>\r\n"), "{mail}");
    }

    #[test]
    fn a_document_for_a_system_comes_after_the_text() {
        let document =
            format!("{{\"reference\":\"AVH-7K4M-2QX6\",\"board\":\"{}\"}}", "å".repeat(90));
        let named = Some(("AVH-7K4M-2QX6.kvittens.json", document.as_bytes()));
        let mail = mail_with(None, &[], named);
        assert!(mail.is_ascii() && mail.split("\r\n").all(|line| line.len() <= 110), "{mail}");
        let parsed = mail_parser::MessageParser::default().parse(mail.as_bytes()).unwrap();
        assert!(parsed.body_text(0).unwrap().starts_with("Vår referens: AVH-7K4M-2QX6"));
        let attached: Vec<_> = parsed.attachments().collect();
        assert_eq!(attached.len(), 1);
        assert_eq!(attached[0].contents(), document.as_bytes());
    }

    #[test]
    fn a_long_thread_keeps_its_first_and_its_latest() {
        let many: Vec<String> = (0..60).map(|n| format!("{n}@example.com")).collect();
        let mail = mail(Some("last@example.com"), &many);
        assert!(mail.contains("References: <0@example.com>\r\n <42@example.com>\r\n"), "{mail}");
        assert!(mail.contains(" <59@example.com>\r\n <last@example.com>\r\n"), "{mail}");
    }
}

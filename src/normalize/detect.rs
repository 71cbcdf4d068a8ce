//! Tells a message's format from its bytes, and from its name only where the bytes leave it open.

use super::csv;
use super::encoding;
use super::encoding::Allowed;
use super::magic;
use crate::domain::received::Format;

/// So much of a message is looked at.
const LOOK_BYTES: usize = 8 * 1024;

/// Header fields with which mails begin.
const MAIL_FIELDS: &[&str] = &[
    "received",
    "return-path",
    "delivered-to",
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "reply-to",
    "content-type",
    "dkim-signature",
    "authentication-results",
    "auto-submitted",
    "in-reply-to",
    "references",
    "sender",
];

/// Tells the format from bytes and file name.
pub fn detect(raw: &[u8], file_name: Option<&str>) -> Format {
    if let Some(document) = magic::document(raw, file_name) {
        return document;
    }
    let head = raw.get(..raw.len().min(LOOK_BYTES)).unwrap_or(raw);
    let extension = file_name.and_then(|name| name.rsplit_once('.')).map(|(_, last)| last);
    let named = |word: &str| extension.is_some_and(|last| last.eq_ignore_ascii_case(word));
    let Some(decoded) = encoding::decode(head, Allowed::Any) else { return Format::Other };
    let text = decoded.text.trim_start();
    match text.chars().next() {
        Some('{' | '[') => return Format::Json,
        Some('<') if !is_html(text) => return Format::Xml,
        _ => {}
    }
    if binary(head, decoded.nul_removed) {
        return match () {
            () if named("eml") => Format::Mail,
            () if magic::is_late_pdf(raw) => Format::Pdf,
            () => Format::Other,
        };
    }
    if looks_like_mail(text) {
        return Format::Mail;
    }
    if magic::is_late_pdf(raw) {
        return Format::Pdf;
    }
    if csv::looks_like_ours(text) || (named("csv") && !text.is_empty()) {
        return Format::Csv;
    }
    match () {
        () if named("eml") => Format::Mail,
        () if named("json") => Format::Json,
        () if named("xml") => Format::Xml,
        () => Format::Other,
    }
}

fn is_html(text: &str) -> bool {
    let start: String = text.chars().take(200).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// UTF-16 has its zeros decoded away; zeros that are left mean that it is no text.
fn binary(head: &[u8], nul_removed: bool) -> bool {
    nul_removed
        || [&b"\xd0\xcf\x11\xe0"[..], b"\x89PNG", b"\xff\xd8\xff"]
            .iter()
            .any(|magic| head.starts_with(magic))
}

/// Whether the first lines are header fields, two of them such as mails bear.
fn looks_like_mail(text: &str) -> bool {
    let mut known = 0;
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) || (number == 0 && line.starts_with("From ")) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { break };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if name.is_empty() || !name.bytes().all(plain) {
            break;
        }
        known += usize::from(MAIL_FIELDS.iter().any(|field| field.eq_ignore_ascii_case(name)));
    }
    known >= 2
}

#[cfg(test)]
mod tests {
    use super::detect;
    use crate::domain::received::Format;

    #[test]
    fn the_bytes_tell_the_format_and_the_name_only_helps() {
        let cases: &[(&[u8], Option<&str>, Format)] = &[
            (b" \n{\"type\":1}", Some("a.csv"), Format::Json),
            (b"\xef\xbb\xbf[]", None, Format::Json),
            (b"<?xml version=\"1.0\"?><notice/>", None, Format::Xml),
            (b"<!DOCTYPE html><html>", None, Format::Other),
            (b"From: a@example.org\r\nSubject: x\r\n\r\nBelopp;Typ", None, Format::Mail),
            (b"Lgh;Belopp\n1102;1", None, Format::Csv),
            (b"Hyresg\xe4st 1\tBelopp\n", None, Format::Csv),
            (b"a;b\n1;2", Some("x.CSV"), Format::Csv),
            (b"a;b\n1;2", None, Format::Other),
            (b"%PDF-1.7\n", Some("x.pdf"), Format::Pdf),
            (b"junk\n%PDF-1.7\n", None, Format::Pdf),
            (b"From: a@example.org\r\nSubject: x\r\n\r\n%PDF-1.7", None, Format::Mail),
            (b"PK\x03\x04", Some("x.eml"), Format::Zip),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Some("x.doc"), Format::Other),
            (b"", None, Format::Other),
            (b"hej", Some("x.json"), Format::Json),
        ];
        for (raw, name, format) in cases {
            assert_eq!(detect(raw, *name), *format, "{raw:?}");
        }
    }
}

//! A form's files and fields become one MIME message that means something by itself, the same whenever the same parts are sent.
//!
//! A form's parts mean nothing without the line that tells their boundary (RFC 7578 section 4.1): it is kept above them. Every program draws a new
//! boundary for every request, a repeated one too, so ours is drawn from the parts: only then is a repeated form known again. The parts are untouched.

use crate::domain::digest::Digest;
use crate::intake::api::request;
use axum::http::HeaderMap;
use axum::http::header;
use bytes::Bytes;
use regex::bytes::Regex;

/// The content with a header of its own, when it is a form; all other content as it came.
pub(super) fn as_mail(headers: &HeaderMap, raw: Bytes) -> Bytes {
    if !request::media_type(headers).eq_ignore_ascii_case(request::FORM) {
        return raw;
    }
    let line = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let line = line.unwrap_or_default();
    match boundary(line).and_then(delimiter) {
        Some(delimiter) if delimiter.is_match(&raw) => parted_anew(&raw, &delimiter),
        // A person reads what has no parts.
        Some(_) | None => {
            [b"MIME-Version: 1.0\r\nContent-Type: ", line.as_bytes(), b"\r\n\r\n", &raw]
                .concat()
                .into()
        }
    }
}

/// The boundary that the header names (RFC 2045 section 5.1).
fn boundary(line: &str) -> Option<&str> {
    let named = |field: &&str| {
        field.split_once('=').is_some_and(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))
    };
    let (_, value) = line.split(';').find(named)?.split_once('=')?;
    let value = value.trim().trim_matches('"');
    (!value.is_empty()).then_some(value)
}

/// Finds the lines that part a form (RFC 2046 section 5.1.1): at the beginning or behind a line's end, which belongs to them.
fn delimiter(boundary: &str) -> Option<Regex> {
    let boundary = regex::escape(boundary);
    Regex::new(&format!(r"(?-u)(?:^|\r?\n)--{boundary}(--)?[ \t]*(?:\r?\n|$)")).ok()
}

/// The same parts with a boundary drawn from them.
fn parted_anew(raw: &[u8], delimiter: &Regex) -> Bytes {
    let parts: Vec<&[u8]> = delimiter.split(raw).skip(1).collect();
    let closed = delimiter.captures_iter(raw).last().is_some_and(|last| last.get(1).is_some());
    let lengths: Vec<u8> =
        parts.iter().flat_map(|part| (part.len() as u64).to_be_bytes()).collect();
    let boundary = format!("form-{}", Digest::of(&[lengths, parts.concat()].concat()));
    // What stands behind the last line is no part (RFC 2046 section 5.1.1, epilogue).
    let parts =
        if closed { parts.split_last().map_or(&[][..], |(_, parts)| parts) } else { &parts };
    let head =
        format!("MIME-Version: 1.0\r\nContent-Type: multipart/form-data; boundary={boundary}\r\n");
    let mut whole = Vec::with_capacity(raw.len() + head.len() + (parts.len() + 1) * 80);
    whole.extend_from_slice(head.as_bytes());
    for part in parts {
        whole.extend_from_slice(format!("\r\n--{boundary}\r\n").as_bytes());
        whole.extend_from_slice(part);
    }
    if closed {
        whole.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    }
    whole.into()
}

#[cfg(test)]
mod tests {
    use super::as_mail;
    use axum::http::HeaderMap;
    use axum::http::HeaderValue;
    use axum::http::header;
    use bytes::Bytes;

    fn sent(line: &'static str, body: &str) -> Bytes {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(line));
        as_mail(&headers, Bytes::copy_from_slice(body.as_bytes()))
    }

    fn form(boundary: &str, file: &str) -> String {
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nSe bilagan.\r\n--{boundary}\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n{file}\r\n--{boundary}--\r\n"
        )
    }

    #[test]
    fn the_same_parts_are_the_same_message_whatever_parts_them() {
        let one = sent("multipart/form-data; boundary=abc", &form("abc", "%PDF-1.4\n--ab"));
        let other = sent("multipart/form-data; boundary=\"x(y)\"", &form("x(y)", "%PDF-1.4\n--ab"));
        assert_eq!(one, other);
        let mail = mail_parser::MessageParser::default().parse(&one).unwrap();
        let contents: Vec<&[u8]> = mail.parts.iter().skip(1).map(|part| part.contents()).collect();
        assert_eq!(contents, [&b"Se bilagan."[..], b"%PDF-1.4\n--ab"]);
        assert_ne!(one, sent("multipart/form-data; boundary=abc", &form("abc", "%PDF-1.4\n--a")));
    }

    #[test]
    fn what_has_no_parts_is_kept_as_it_came() {
        let body = form("abc", "%PDF");
        for line in ["multipart/form-data", "multipart/form-data; boundary=other"] {
            let kept = sent(line, &body);
            assert!(
                kept.ends_with(body.as_bytes()) && kept.starts_with(b"MIME-Version: 1.0\r\n"),
                "{line}"
            );
        }
        assert_eq!(sent("application/json", "{}"), Bytes::from_static(b"{}"));
    }

    #[test]
    fn a_form_that_breaks_off_keeps_its_last_part() {
        let body = form("abc", "%PDF-1.4");
        let cut = &body[..body.len() - "\r\n--abc--\r\n".len()];
        let kept = sent("multipart/form-data; boundary=abc", cut);
        assert!(kept.ends_with(b"%PDF-1.4"), "{}", String::from_utf8_lossy(&kept));
    }
}

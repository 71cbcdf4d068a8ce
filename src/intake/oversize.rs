//! A mail that cannot be taken whole: its header is handed over with a line that says why, and the mail itself is kept where it lies.
//!
//! Its sender gets an acknowledgement and a person gets it to look at, as with any other mail; only its body is not in the store. The
//! fields that describe the missing body are set aside under `X-Kvittens-Original-…`, so that readers find plain text.

use crate::mail::NOT_GIVEN;
use crate::mail::OVERSIZE;

/// Most of a header that is read.
pub(super) const HEADER_BYTES: usize = 256 * 1024;

const SET_ASIDE: &[u8] = b"X-Kvittens-Original-";
const PLAIN: &[u8] = b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";

/// Why a mail is not taken whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// It is larger than the limit.
    Oversize,
    /// The mail server has it and does not give it.
    NotGiven,
}

impl Why {
    /// The field that readers know it by, and what people read.
    fn marker(self) -> String {
        let (field, what) = match self {
            Self::Oversize => (OVERSIZE, "larger than the limit"),
            Self::NotGiven => (NOT_GIVEN, "that the mail server cannot give"),
        };
        format!(
            "{field}: yes\r\n\r\n[kvittens: message {what}; the original is kept in the mail folder]\r\n"
        )
    }
}

/// The mail that stands for another, of which these are the first bytes.
pub(super) fn stand_in(head: &[u8], why: Why) -> Vec<u8> {
    let mut mail = Vec::with_capacity(head.len() + 512);
    // The last line may be cut off, and then tells nothing for sure.
    for line in head.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n")) {
        if line == b"\n" || line == b"\r\n" {
            break;
        }
        if describes_body(line) {
            mail.extend_from_slice(SET_ASIDE);
        }
        mail.extend_from_slice(line);
    }
    mail.extend_from_slice(PLAIN);
    mail.extend_from_slice(why.marker().as_bytes());
    mail
}

fn describes_body(line: &[u8]) -> bool {
    let starts =
        |name: &[u8]| line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    starts(b"content-") || starts(b"mime-version")
}

#[cfg(test)]
mod tests {
    use super::Why;
    use super::stand_in;
    use crate::mail::mail_headers;

    #[test]
    fn the_header_stays_and_the_body_becomes_one_line() {
        let head = b"From: a@example.se\r\nContent-Type: multipart/mixed;\r\n boundary=b\r\n\
            Subject: x\r\n\r\n--b\r\nsecret";
        let mail = String::from_utf8(stand_in(head, Why::Oversize)).unwrap();
        assert!(mail.starts_with("From: a@example.se\r\nX-Kvittens-Original-Content-Type: multi"));
        assert!(mail.contains("\r\n boundary=b\r\nSubject: x\r\nMIME-Version"));
        assert!(mail.contains("\r\n\r\n[kvittens: message larger than the limit;"));
        assert!(!mail.contains("secret"));
    }

    #[test]
    fn readers_know_that_a_mail_stands_for_another() {
        for why in [Why::Oversize, Why::NotGiven] {
            assert!(mail_headers(&stand_in(b"From: a@example.se\r\n", why)).stands_in);
        }
        assert!(!mail_headers(b"From: a@example.se\r\n\r\nX-Kvittens-Oversize: yes").stands_in);
    }

    #[test]
    fn a_header_cut_off_or_absent_still_gives_a_mail() {
        let cut = String::from_utf8(stand_in(b"From: a@example.se\nSubject: cut o", Why::NotGiven))
            .unwrap();
        assert!(cut.starts_with("From: a@example.se\nMIME-Version") && !cut.contains("cut o"));
        assert!(stand_in(b"", Why::NotGiven).starts_with(b"MIME-Version"));
    }
}

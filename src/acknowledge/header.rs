//! What may stand in a mail's header: addresses, Message-IDs and names, made safe before they get there.
//!
//! Everything from outside passes here, so that no CR or LF and no second header can be smuggled into a receipt (RFC 5322, RFC 2047).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lettre::Address;
use std::fmt::Write;

/// The longest address that a mail server must take (RFC 5321 4.5.3.1.3, less the brackets).
const LONGEST_ADDRESS: usize = 254;
/// Longer Message-IDs are left out: a header line must not exceed 998 bytes.
const LONGEST_MESSAGE_ID: usize = 500;
/// How many bytes of a name fit into one encoded word of at most 75 characters.
const ENCODED_WORD_BYTES: usize = 42;

/// One plain address in ASCII, domain names in their encoded form; `None` when it is no address that every mail server takes.
pub(super) fn mailbox(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(text);
    let (user, domain) = text.rsplit_once('@')?;
    let domain = match domain.is_ascii() {
        true => domain.to_owned(),
        false => match url::Host::parse(domain).ok()? {
            url::Host::Domain(ascii) => ascii,
            url::Host::Ipv4(_) | url::Host::Ipv6(_) => return None,
        },
    };
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | ',' | ';' | '\\');
    let address = format!("{user}@{domain}");
    if address.len() > LONGEST_ADDRESS || !address.chars().all(plain) {
        return None;
    }
    address.parse::<Address>().ok()?;
    Some(address)
}

/// A Message-ID without its brackets; `None` when it holds anything that has no place in a header line.
pub(super) fn message_id(text: &str) -> Option<&str> {
    let text = text.trim();
    let text = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(text);
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'<' && byte != b'>';
    (!text.is_empty() && text.len() <= LONGEST_MESSAGE_ID && text.bytes().all(plain))
        .then_some(text)
}

/// A name as it stands before an address: a quoted string, or encoded words where it is not plain ASCII.
pub(super) fn display_name(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if name.is_ascii() && name.len() <= 200 {
        return format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
    }
    let mut words = String::new();
    let mut rest = name.as_str();
    while !rest.is_empty() {
        let mut cut = rest.len().min(ENCODED_WORD_BYTES);
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        let (piece, tail) = rest.split_at(cut);
        let separator = if words.is_empty() { "" } else { "\r\n " };
        let written = write!(words, "{separator}=?utf-8?B?{}?=", STANDARD.encode(piece));
        debug_assert!(written.is_ok(), "writing to a String does not fail");
        rest = tail;
    }
    words
}

/// Text in quoted-printable (RFC 2045 6.7): CRLF line ends, no line above 76 characters.
pub(super) fn quoted_printable(text: &str, out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for line in text.lines() {
        let bytes = line.as_bytes();
        let mut column = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            let last = at + 1 == bytes.len();
            let plain = match byte {
                b' ' => !last,
                b'=' => false,
                _ => byte.is_ascii_graphic(),
            };
            let width = if plain { 1 } else { 3 };
            if column + width > 75 {
                out.extend_from_slice(b"=\r\n");
                column = 0;
            }
            column += width;
            if plain {
                out.push(byte);
            } else {
                out.extend_from_slice(&[
                    b'=',
                    HEX[usize::from(byte >> 4)],
                    HEX[usize::from(byte & 15)],
                ]);
            }
        }
        out.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::display_name;
    use super::mailbox;
    use super::message_id;
    use super::quoted_printable;

    #[test]
    fn an_address_is_taken_only_when_it_cannot_break_a_header_or_a_command() {
        for (text, expected) in [
            ("hyra@example.se", Some("hyra@example.se")),
            (" <hyra+1@example.se> ", Some("hyra+1@example.se")),
            ("hyra@exempelvärd.se", Some("hyra@xn--exempelvrd-x5a.se")),
            ("hyra@example.se\r\nBcc: x@example.com", None),
            ("hyra@example.se>\r\nRCPT TO:<x@example.com", None),
            ("a@example.se,b@example.se", None),
            ("\"a b\"@example.se", None),
            ("hyresvärd@example.se", None),
            ("a b@example.se", None),
            ("example.se", None),
            ("", None),
        ] {
            assert_eq!(mailbox(text).as_deref(), expected, "{text:?}");
        }
        assert_eq!(mailbox(&format!("{}@example.se", "a".repeat(300))), None);
    }

    #[test]
    fn a_message_id_is_taken_only_when_it_is_one_plain_word() {
        for (text, expected) in [
            ("<1@example.se>", Some("1@example.se")),
            ("1@example.se", Some("1@example.se")),
            ("1@example.se\r\nX-Evil: 1", None),
            ("1 2@example.se", None),
            ("å@example.se", None),
            ("<a>b>", None),
            ("", None),
        ] {
            assert_eq!(message_id(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_name_is_quoted_or_encoded_and_never_breaks_the_line() {
        assert_eq!(display_name("Kvittens \"x\""), "\"Kvittens \\\"x\\\"\"");
        assert_eq!(display_name("Malmö"), "=?utf-8?B?TWFsbcO2?=");
        assert_eq!(display_name("a\r\nBcc: b"), "\"a  Bcc: b\"");
        let long = display_name(&"åäö ".repeat(40));
        assert!(long.split("\r\n ").all(|word| word.len() <= 75 && word.starts_with("=?")));
    }

    #[test]
    fn quoted_printable_comes_back_as_it_was_and_keeps_its_lines_short() {
        let text = format!("Här är 1 = 1 \n{}\n.\nslut", "åäö ".repeat(60).trim_end());
        let mut bytes = Vec::new();
        quoted_printable(&text, &mut bytes);
        let encoded = String::from_utf8(bytes).unwrap();
        assert!(encoded.split("\r\n").all(|line| line.len() <= 76));
        let mail = format!(
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{encoded}"
        );
        let parsed = mail_parser::MessageParser::default().parse(mail.as_bytes()).unwrap();
        assert_eq!(parsed.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), text);
    }
}

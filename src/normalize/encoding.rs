//! From bytes to text: byte order mark, then declaration, then UTF-8, and Windows-1252 where that is allowed.
//!
//! Every byte string is Windows-1252, so nothing is guessed from statistics: what is neither UTF-8 nor UTF-16 is what Swedish
//! spreadsheets write. ISO-8859-1 is read as Windows-1252, as the WHATWG labels say.

use encoding_rs::Encoding;
use encoding_rs::UTF_8;
use encoding_rs::UTF_16BE;
use encoding_rs::UTF_16LE;
use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;

/// Text with what had to be done to get it.
pub(super) struct Decoded<'a> {
    /// The text without byte order mark and without NUL.
    pub text: Cow<'a, str>,
    /// NUL characters were taken out.
    pub nul_removed: bool,
    /// It was neither declared nor UTF-8, and was read as Windows-1252.
    pub guessed: bool,
}

/// Which encodings a format may have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Allowed {
    /// UTF-8 only (RFC 8259).
    Utf8,
    /// UTF-8, UTF-16, or what the XML declaration says.
    Declared,
    /// UTF-8, UTF-16, else Windows-1252.
    Any,
}

/// Decodes; `None` when the bytes are not in an allowed encoding.
pub(super) fn decode(raw: &[u8], allowed: Allowed) -> Option<Decoded<'_>> {
    let (text, guessed) = match Encoding::for_bom(raw) {
        Some((encoding, mark)) => (marked(raw.get(mark..)?, encoding, allowed)?, false),
        None => unmarked(raw, allowed)?,
    };
    let nul_removed = text.contains('\0');
    let text = if nul_removed { Cow::Owned(text.replace('\0', "")) } else { text };
    Some(Decoded { text, nul_removed, guessed })
}

fn marked<'a>(
    body: &'a [u8],
    encoding: &'static Encoding,
    allowed: Allowed,
) -> Option<Cow<'a, str>> {
    if encoding == UTF_8 {
        return match (std::str::from_utf8(body), allowed) {
            (Ok(text), _) => Some(Cow::Borrowed(text)),
            (Err(_), Allowed::Any) => Some(UTF_8.decode_without_bom_handling(body).0),
            (Err(_), Allowed::Utf8 | Allowed::Declared) => None,
        };
    }
    if allowed == Allowed::Utf8 {
        return None;
    }
    exact(body, encoding)
}

fn unmarked(raw: &[u8], allowed: Allowed) -> Option<(Cow<'_, str>, bool)> {
    if allowed != Allowed::Utf8
        && let Some(encoding) = utf16_without_mark(raw)
    {
        return Some((exact(raw, encoding)?, false));
    }
    if allowed != Allowed::Utf8
        && let Some(label) = declared_label(raw)
    {
        let encoding = Encoding::for_label(label)?;
        // A document that could be read this far is not UTF-16, whatever it says.
        let encoding = if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding };
        if let Some(text) = exact(raw, encoding) {
            return Some((text, false));
        }
        if allowed == Allowed::Declared {
            return None;
        }
    }
    match std::str::from_utf8(raw) {
        Ok(text) => Some((Cow::Borrowed(text), false)),
        Err(_) if allowed == Allowed::Any => {
            Some((WINDOWS_1252.decode_without_bom_handling(raw).0, true))
        }
        Err(_) => None,
    }
}

fn exact<'a>(body: &'a [u8], encoding: &'static Encoding) -> Option<Cow<'a, str>> {
    let (text, faults) = encoding.decode_without_bom_handling(body);
    (!faults).then_some(text)
}

/// UTF-16 shows by a zero beside each of the first two (ASCII) characters.
fn utf16_without_mark(raw: &[u8]) -> Option<&'static Encoding> {
    match raw {
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some(UTF_16LE),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// The label in `<?xml … encoding="…"?>`.
fn declared_label(raw: &[u8]) -> Option<&[u8]> {
    let start = raw.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != 0)?;
    let head = raw.get(start..)?;
    let head = head.get(..head.len().min(256))?;
    if !head.starts_with(b"<?xml") {
        return None;
    }
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let declaration = head.get(..end)?;
    let at = declaration.windows(8).position(|word| word == b"encoding")?;
    let rest = declaration.get(at + 8..)?;
    let open = rest.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    let quote = *rest.get(open)?;
    let value = rest.get(open + 1..)?;
    value.get(..value.iter().position(|byte| *byte == quote)?)
}

#[cfg(test)]
mod tests {
    use super::Allowed;
    use super::decode;

    fn text(raw: &[u8], allowed: Allowed) -> Option<String> {
        decode(raw, allowed).map(|decoded| decoded.text.into_owned())
    }

    #[test]
    fn each_format_takes_its_encodings_and_no_others() {
        use Allowed::Any;
        use Allowed::Declared;
        use Allowed::Utf8;
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe5</a>";
        let utf16: Vec<u8> = "\u{feff}<å/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let unmarked: Vec<u8> = "Typ;Belopp å".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(b"\xef\xbb\xbf{}", Utf8).as_deref(), Some("{}"));
        assert_eq!(text(b"\"\xe5\"", Utf8), None);
        assert_eq!(text(&utf16, Utf8), None);
        assert_eq!(text(&utf16, Declared).as_deref(), Some("<å/>"));
        assert!(text(latin, Declared).is_some_and(|text| text.contains("<a>å</a>")));
        assert_eq!(text(b"<a>\xe5</a>", Declared), None);
        assert_eq!(text(b"<?xml encoding='no-such'?><a/>", Declared), None);
        assert_eq!(text(b"Hyresg\xe4st;Belopp", Any).as_deref(), Some("Hyresgäst;Belopp"));
        assert_eq!(text(&unmarked, Any).as_deref(), Some("Typ;Belopp å"));
        assert!(decode(b"a\0b", Any).is_some_and(|decoded| decoded.nul_removed));
    }
}

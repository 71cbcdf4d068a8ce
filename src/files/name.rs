//! Names for files: numbered when taken, shortened when too long, and made harmless when they come from a sender.

use crate::domain::digest::Digest;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::ffi::OsStringExt;

/// The longest name that the usual file systems take, in bytes.
pub const LONGEST_BYTES: usize = 255;

/// The name with a suffix, such as `.reason.txt`. A name that would become too long is cut and gets `~` and eight digits of its
/// digest, so that two long names stay two.
pub fn with_suffix(name: &OsStr, suffix: &str) -> OsString {
    let bytes = name.as_bytes();
    if bytes.len() + suffix.len() <= LONGEST_BYTES {
        let mut whole = name.to_owned();
        whole.push(suffix);
        return whole;
    }
    let mark = format!("~{}", hex::encode(&Digest::of(bytes).as_bytes()[..4]));
    let room = LONGEST_BYTES.saturating_sub(mark.len() + suffix.len());
    let keep = match std::str::from_utf8(bytes) {
        Ok(text) => text.floor_char_boundary(room),
        Err(_) => room.min(bytes.len()),
    };
    OsString::from_vec([&bytes[..keep], mark.as_bytes(), suffix.as_bytes()].concat())
}

/// The first, second, third … name to try: `a.xml`, `a.xml.2`, `a.xml.3`.
pub fn numbered(name: &OsStr, number: u32) -> OsString {
    if number < 2 { name.to_owned() } else { with_suffix(name, &format!(".{number}")) }
}

/// A file's name as people read it. What is not UTF-8 comes from an older system and is read as Windows-1252, which holds Latin-1.
pub fn readable(name: &OsStr) -> String {
    match std::str::from_utf8(name.as_bytes()) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(name.as_bytes()).0.into(),
    }
}

/// A sender's text as a file name of ours: no path, no hidden file, no control characters, not empty, not too long.
pub fn harmless(text: &str) -> OsString {
    let mut name: String =
        text.chars().map(|c| if c == '/' || c.is_control() { '_' } else { c }).collect();
    if name.is_empty() || name.starts_with('.') {
        name.insert(0, '_');
    }
    with_suffix(OsStr::new(&name), "")
}

#[cfg(test)]
mod tests {
    use super::LONGEST_BYTES;
    use super::harmless;
    use super::numbered;
    use super::readable;
    use super::with_suffix;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn a_taken_name_gets_a_number() {
        assert_eq!(numbered(OsStr::new("a.xml"), 1), "a.xml");
        assert_eq!(numbered(OsStr::new("a.xml"), 2), "a.xml.2");
    }

    #[test]
    fn a_name_that_fills_the_file_system_is_shortened_and_stays_its_own() {
        let (first, second) = ("å".repeat(127), format!("{}ä", "å".repeat(126)));
        let shorter: Vec<_> = [&first, &second]
            .map(|name| with_suffix(OsStr::new(name), ".kvittens.json"))
            .into_iter()
            .collect();
        assert!(shorter.iter().all(|name| name.len() <= LONGEST_BYTES && name.to_str().is_some()));
        assert_ne!(shorter[0], shorter[1]);
        let odd = with_suffix(OsStr::from_bytes(&[0xff; 255]), ".2");
        assert!(odd.len() <= LONGEST_BYTES && odd.as_bytes().ends_with(b".2"));
    }

    #[test]
    fn a_name_from_an_older_system_is_read_as_it_was_meant() {
        for (name, text) in [
            (&b"vr\xc3\xa4kning.xml"[..], "vräkning.xml"),
            (b"vr\xe4kning.xml", "vräkning.xml"),
            ("vra\u{308}kning.xml".as_bytes(), "vra\u{308}kning.xml"),
        ] {
            assert_eq!(readable(OsStr::from_bytes(name)), text);
        }
    }

    #[test]
    fn a_senders_text_cannot_leave_the_folder() {
        for (text, name) in [
            ("../../etc/passwd", "_.._.._etc_passwd"),
            ("..", "_.."),
            ("", "_"),
            ("a\nb\0c", "a_b_c"),
            ("vräkning.xml", "vräkning.xml"),
        ] {
            assert_eq!(harmless(text), name, "{text:?}");
        }
    }
}

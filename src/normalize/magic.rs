//! Tells documents from their first bytes, and Word letters and Excel workbooks from other archives by the names of what is in them.
//!
//! The names are read here without a zip library: nothing is unpacked, every step is bounded, and no bytes stop it.

use super::documents::package::is_encrypted_office;
use crate::domain::received::Format;

/// An archive's first file, an empty archive, an archive in several pieces.
const ZIP_STARTS: [&[u8]; 3] = [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"];
/// The signature of an entry in an archive's directory (APPNOTE 4.3.12).
const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";
/// The signature before a file in an archive (APPNOTE 4.3.7).
const LOCAL_FILE: &[u8] = b"PK\x03\x04";
/// The signature of the record at an archive's end (APPNOTE 4.3.16), and how far from the end it may begin: itself and a comment.
const END_RECORD: &[u8] = b"PK\x05\x06";
const END_BYTES: usize = 22 + 65_535;
/// Names that are looked at.
const NAMES_MAX: usize = 2_000;
/// PDF readers forgive so many bytes before the header (ISO 32000-1, implementation note 13).
const PDF_START_BYTES: usize = 1024;

/// The format of bytes that begin as a document does.
pub(super) fn document(raw: &[u8], file_name: Option<&str>) -> Option<Format> {
    let start = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw).trim_ascii_start();
    if start.starts_with(b"%PDF-") {
        return Some(Format::Pdf);
    }
    if ZIP_STARTS.iter().any(|magic| raw.starts_with(magic)) {
        return Some(of_archive(raw));
    }
    if is_encrypted_office(raw) {
        let workbook = file_name.is_some_and(|name| name.to_ascii_lowercase().contains(".xls"));
        return Some(if workbook { Format::Xlsx } else { Format::Docx });
    }
    None
}

/// A PDF behind a few bytes that do not belong to it.
pub(super) fn is_late_pdf(raw: &[u8]) -> bool {
    let head = raw.get(..raw.len().min(PDF_START_BYTES)).unwrap_or(raw);
    head.windows(6).any(|window| window.starts_with(b"\n%PDF") || window.starts_with(b"\0%PDF"))
}

fn of_archive(raw: &[u8]) -> Format {
    let mut format = Format::Zip;
    for name in names(raw) {
        if name.starts_with(b"word/document") {
            return Format::Docx;
        }
        if name.starts_with(b"xl/workbook.") {
            format = Format::Xlsx;
        }
    }
    format
}

/// The names in the directory at its end, which the end record tells of (APPNOTE 4.3.16): another archive may lie unpacked inside. Of an archive
/// that was cut off, those that can be found.
fn names(raw: &[u8]) -> Vec<&[u8]> {
    if let Some(directory) = directory(raw) {
        return listed(directory);
    }
    let listed = names_behind(raw, DIRECTORY_ENTRY, 28, 46);
    if listed.is_empty() { names_behind(raw, LOCAL_FILE, 26, 30) } else { listed }
}

/// The directory of a whole archive.
fn directory(raw: &[u8]) -> Option<&[u8]> {
    let tail = raw.get(raw.len().saturating_sub(END_BYTES)..)?;
    let end = tail.get(tail.windows(4).rposition(|window| window == END_RECORD)?..)?;
    let number = |at: usize| {
        let bytes = <[u8; 4]>::try_from(end.get(at..at + 4)?).ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    };
    let (length, start) = (number(12)?, number(16)?);
    let directory = raw.get(start..start.checked_add(length)?)?;
    directory.starts_with(DIRECTORY_ENTRY).then_some(directory)
}

/// The names of a directory's entries, one behind the other.
fn listed(directory: &[u8]) -> Vec<&[u8]> {
    let mut names = Vec::new();
    let mut rest = directory;
    while rest.starts_with(DIRECTORY_ENTRY) && names.len() < NAMES_MAX {
        let length = |at: usize| {
            let bytes = <[u8; 2]>::try_from(rest.get(at..at + 2)?).ok()?;
            Some(usize::from(u16::from_le_bytes(bytes)))
        };
        let (Some(name), Some(extra), Some(comment)) = (length(28), length(30), length(32)) else {
            break;
        };
        names.extend(rest.get(46..46 + name));
        rest = rest.get(46 + name + extra + comment..).unwrap_or_default();
    }
    names
}

/// The names of all records with a signature: the length of the name stands at one place in the record, the name at another.
fn names_behind<'a>(
    raw: &'a [u8],
    signature: &[u8],
    length_at: usize,
    name_at: usize,
) -> Vec<&'a [u8]> {
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(rest) = raw.get(at..) {
        let Some(found) = rest.windows(4).position(|window| window == signature) else { break };
        let record = rest.get(found..).unwrap_or_default();
        let length = match record.get(length_at..length_at + 2) {
            Some(&[low, high]) => usize::from(u16::from_le_bytes([low, high])),
            Some(_) | None => break,
        };
        names.extend(record.get(name_at..name_at + length));
        if names.len() >= NAMES_MAX {
            break;
        }
        at += found + signature.len();
    }
    names
}

#[cfg(test)]
mod tests {
    use super::document;
    use crate::domain::received::Format;

    /// A local header, a name, no content: enough to be told.
    fn archive(names: &[&str]) -> Vec<u8> {
        let mut raw = Vec::new();
        for name in names {
            raw.extend(b"PK\x03\x04");
            raw.extend([0; 22]);
            raw.extend((name.len() as u16).to_le_bytes());
            raw.extend([0; 2]);
            raw.extend(name.as_bytes());
        }
        raw
    }

    #[test]
    fn what_lies_unpacked_in_an_archive_does_not_make_it_a_letter() {
        let record = |name: &str| {
            let mut raw = b"PK\x01\x02".to_vec();
            raw.extend([0; 24]);
            raw.extend((name.len() as u16).to_le_bytes());
            raw.extend([0; 16]);
            raw.extend(name.as_bytes());
            raw
        };
        // A letter as it is, stored as one file of an archive.
        let mut raw = b"PK\x03\x04 brev.docx".to_vec();
        raw.extend(record("word/document.xml"));
        let start = raw.len();
        raw.extend(record("brev.docx"));
        let length = raw.len() - start;
        raw.extend(b"PK\x05\x06");
        raw.extend([0; 8]);
        raw.extend((length as u32).to_le_bytes());
        raw.extend((start as u32).to_le_bytes());
        raw.extend([0; 2]);
        assert_eq!(document(&raw, None), Some(Format::Zip));
    }

    #[test]
    fn documents_are_told_from_their_bytes() {
        let compound = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 99]].concat();
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let sealed = [compound.as_slice(), &name].concat();
        let cases: Vec<(Vec<u8>, Option<&str>, Option<Format>)> = vec![
            (b"%PDF-1.7\n".to_vec(), None, Some(Format::Pdf)),
            (b"\xef\xbb\xbf\r\n%PDF-1.4".to_vec(), Some("x.docx"), Some(Format::Pdf)),
            (archive(&["[Content_Types].xml", "word/document.xml"]), None, Some(Format::Docx)),
            (archive(&["_rels/.rels", "xl/workbook.xml"]), None, Some(Format::Xlsx)),
            (archive(&["brev.docx", "bok.xlsx"]), None, Some(Format::Zip)),
            (b"PK\x05\x06".to_vec(), None, Some(Format::Zip)),
            (b"PK\x03\x04".to_vec(), None, Some(Format::Zip)),
            (sealed.clone(), Some("Lista.XLSX"), Some(Format::Xlsx)),
            (sealed, None, Some(Format::Docx)),
            (compound, Some("brev.doc"), None),
            (b"PK is no archive".to_vec(), None, None),
            (Vec::new(), None, None),
        ];
        for (raw, name, format) in cases {
            assert_eq!(document(&raw, name), format, "{raw:?}");
        }
    }
}

//! Zip archives: each entry in turn, within bounds on number, size and how much it grows. Archives within archives are told, not opened.

use super::Read;
use super::tidy;
use crate::domain::document::Answer;
use crate::domain::document::Content;
use crate::domain::document::Document;
use crate::domain::document::DocumentKind;
use crate::domain::document::Entry;
use crate::domain::document::Refusal;
use crate::domain::received::Format;
use crate::normalize::Limits;
use crate::normalize::detect::detect;
use crate::normalize::encoding;
use crate::normalize::encoding::Allowed;
use crate::normalize::found::readable;
use crate::normalize::mail_html;
use crate::normalize::mail_parts;
use std::io::Cursor;
use std::io::Read as _;
use std::panic::catch_unwind;
use zip::ZipArchive;
use zip::result::ZipError;

/// Entries that are read.
const ENTRIES_MAX: usize = 100;
/// So large one entry may become.
const ENTRY_BYTES: u64 = 64 * 1024 * 1024;
/// So large all of them may become.
const ALL_BYTES: u64 = 256 * 1024 * 1024;
/// An entry that grows more than this many times, and is large, is a bomb.
const RATIO_MAX: u64 = 200;
/// Smaller ones may grow as they like.
const SMALL_BYTES: u64 = 4 * 1024 * 1024;

/// Reads an archive, or one entry of it.
pub(super) fn read(raw: &[u8], only: Option<usize>) -> Read {
    let mut zip = ZipArchive::new(Cursor::new(raw)).map_err(|_| Refusal::NotReadable)?;
    let mut archive = Document::of(DocumentKind::Archive);
    let mut left_bytes = ALL_BYTES;
    let files: Vec<usize> = (0..zip.len()).filter(|at| is_file(&zip, *at)).collect();
    if files.len() > ENTRIES_MAX {
        archive.remark("tooManyEntries");
    }
    for (number, at) in files.iter().take(ENTRIES_MAX).enumerate() {
        if only.is_some_and(|only| only != number) {
            continue;
        }
        archive.entries.push(entry(&mut zip, *at, &mut left_bytes));
    }
    let skipped = |reason: &str| {
        let is = |entry: &Entry| matches!(&entry.content, Content::Skipped(why) if why == reason);
        !archive.entries.is_empty() && archive.entries.iter().all(is)
    };
    match only {
        None if skipped("encrypted") => Err(Refusal::Encrypted),
        None if skipped("tooMuch") => Err(Refusal::TooMuch),
        None | Some(_) => Ok(archive),
    }
}

/// Folders, and what programs leave behind without anyone's wish, do not count.
fn is_file(zip: &ZipArchive<Cursor<&[u8]>>, at: usize) -> bool {
    let Some(Ok(name)) = zip.name_for_index(at) else { return true };
    let last = name.rsplit('/').next().unwrap_or_default();
    let litter = name.starts_with("__MACOSX/") || matches!(last, ".DS_Store" | "Thumbs.db");
    !last.is_empty() && !litter
}

fn entry(zip: &mut ZipArchive<Cursor<&[u8]>>, at: usize, left_bytes: &mut u64) -> Entry {
    let name = zip.name_for_index(at).and_then(Result::ok);
    let name = name.map(|name| name.into_owned()).unwrap_or_default();
    let content = match unpacked(zip, at, left_bytes) {
        Ok(raw) => content(&raw, &name),
        Err(refusal) => Content::Skipped(refusal.code().to_owned()),
    };
    Entry { name, content }
}

fn unpacked(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    at: usize,
    left_bytes: &mut u64,
) -> Result<Vec<u8>, Refusal> {
    let file = zip.by_index(at).map_err(|error| match error {
        ZipError::InvalidPassword => Refusal::Encrypted,
        // What the library calls unsupported for want of a password.
        ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => {
            Refusal::Encrypted
        }
        _ => Refusal::NotReadable,
    })?;
    // What the directory says of sizes may be a lie: what comes out is counted.
    let grows = file.compressed_size().saturating_mul(RATIO_MAX).max(SMALL_BYTES);
    let most = ENTRY_BYTES.min(*left_bytes).min(grows);
    let mut raw = Vec::new();
    let read = file.take(most + 1).read_to_end(&mut raw);
    let size = raw.len() as u64;
    *left_bytes = left_bytes.saturating_sub(size);
    if size > most {
        return Err(Refusal::TooMuch);
    }
    read.map(|_| raw).map_err(|_| Refusal::NotReadable)
}

fn content(raw: &[u8], name: &str) -> Content {
    let format = detect(raw, Some(name));
    if format == Format::Zip {
        return Content::Skipped("nested".to_owned());
    }
    if Format::DOCUMENTS.contains(&format) {
        // A reader that breaks on one entry shall not cost the others.
        return match catch_unwind(|| super::parse(format, raw, None)) {
            Ok(Answer::Read(document)) => Content::Document(*document),
            Ok(Answer::Refused(refusal)) => Content::Skipped(refusal.code().to_owned()),
            Err(_) => Content::Skipped("crashed".to_owned()),
        };
    }
    match plain(format, raw) {
        Some(document) => Content::Document(document),
        None => Content::Skipped("otherKind".to_owned()),
    }
}

/// Text files and mails.
fn plain(format: Format, raw: &[u8]) -> Option<Document> {
    let (kind, text) = match format {
        Format::Mail => (DocumentKind::Mail, mail_parts::contents(raw, &Limits::default()).text),
        Format::Json | Format::Xml | Format::Csv => {
            let decoded = encoding::decode(raw, Allowed::Any)?;
            (DocumentKind::Text, decoded.text.into_owned())
        }
        Format::Other => {
            let text = readable(raw, super::TEXT_BYTES)?;
            let start = text.trim_start().get(..14).unwrap_or_default().to_ascii_lowercase();
            let html = start.starts_with("<html") || start.starts_with("<!doctype html");
            (DocumentKind::Text, if html { mail_html::text(&text) } else { text })
        }
        Format::Pdf | Format::Docx | Format::Xlsx | Format::Zip => return None,
    };
    let mut document = Document::of(kind);
    document.text = text;
    tidy(&mut document);
    (!document.text.is_empty()).then_some(document)
}

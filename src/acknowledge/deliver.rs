//! Puts receipt files beside a dropped file: write-then-rename, synced, never over anything that is there.
//!
//! The stored bytes are the JSON receipt; the XML one is derived from them. A repeat finds its own receipt by content and is done,
//! so that a crash between the two files or before the outcome is kept leaves no second receipt.

use crate::acknowledge::receipt_file::FileReceipt;
use crate::acknowledge::receipt_xml;
use crate::domain::digest::Digest;
use crate::domain::failure::Failure;
use rustix::fs::RenameFlags;
use serde::Deserialize;
use serde::Serialize;
use std::fmt;
use std::fs;
use std::fs::File;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// The longest file name on all common file systems, in bytes.
const LONGEST_NAME: usize = 255;
/// Room for `.999999.kvittens.json` and for what a temporary name adds.
const ROOM: usize = 55;
/// More receipts for one file name than anyone has.
const LAST_NUMBER: u32 = 999_999;

/// Where receipt files go: stored as JSON beside the receipt, and secret (the name is the sender's).
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FilesAddress {
    /// The partner's receipts folder.
    pub folder: PathBuf,
    /// The dropped file's name, as it came.
    pub file_name: String,
}

impl fmt::Debug for FilesAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FilesAddress(***)")
    }
}

/// Writes `<file>.kvittens.json` and `.xml` (`<file>.2.kvittens.json` and so on where the name is taken) and returns the number of the
/// name: `"1"` for the plain one. Blocking. Safe to repeat: a receipt with the same content is the same receipt.
/// Transient when the folder cannot be written; permanent when what was stored cannot be read.
pub fn deliver(address_json: &str, bytes: &[u8]) -> Result<String, Failure> {
    let unreadable = |what: &str| Failure::Permanent(format!("the stored {what} cannot be read"));
    let address: FilesAddress =
        serde_json::from_str(address_json).map_err(|_| unreadable("receipt folder"))?;
    let receipt: FileReceipt = serde_json::from_slice(bytes).map_err(|_| unreadable("receipt"))?;
    let xml = receipt_xml::render(&receipt);
    let base = safe_name(&address.file_name);
    place_pair(&address.folder, &base, bytes, xml.as_bytes()).map_err(|error| {
        Failure::Transient(format!("cannot write to the receipts folder: {}", error.kind()))
    })
}

/// Tries number after number until both files are there with our content.
fn place_pair(folder: &Path, base: &str, json: &[u8], xml: &[u8]) -> io::Result<String> {
    for number in 1..=LAST_NUMBER {
        let stem = match number {
            1 => base.to_owned(),
            _ => format!("{base}.{number}"),
        };
        let json_path = folder.join(format!("{stem}.kvittens.json"));
        let xml_path = folder.join(format!("{stem}.kvittens.xml"));
        if taken(&json_path, json)? || taken(&xml_path, xml)? {
            continue;
        }
        if place(&json_path, json)? && place(&xml_path, xml)? {
            sync_folder_of(&json_path)?;
            return Ok(number.to_string());
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Whether something else than our content bears the name. Links are never followed.
fn taken(path: &Path, content: &[u8]) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
        Ok(found) if !found.is_file() => Ok(true),
        Ok(found) if found.len() != u64::try_from(content.len()).unwrap_or(u64::MAX) => Ok(true),
        Ok(_) => Ok(fs::read(path)? != content),
    }
}

/// Puts the content under the name without replacing anything; false when another content came first.
fn place(path: &Path, content: &[u8]) -> io::Result<bool> {
    if fs::symlink_metadata(path).is_ok() {
        return taken(path, content).map(|other| !other);
    }
    let temporary = write_temporary(path, content)?;
    match rename_new(&temporary, path) {
        Ok(()) => Ok(true),
        Err(error) => {
            fs::remove_file(&temporary)?;
            if error.kind() != io::ErrorKind::AlreadyExists {
                return Err(error);
            }
            taken(path, content).map(|other| !other)
        }
    }
}

/// Renames without replacing; by a hard link on file systems that know no such rename (NFS).
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    let here = rustix::fs::CWD;
    match rustix::fs::renameat_with(here, from, here, to, RenameFlags::NOREPLACE) {
        Ok(()) => Ok(()),
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {
            fs::hard_link(from, to)?;
            fs::remove_file(from)
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes the content, synced, under a hidden temporary name in the folder of `path`. A temporary file that a crash left is overwritten.
pub(super) fn write_temporary(path: &Path, content: &[u8]) -> io::Result<PathBuf> {
    let name = path.file_name().map(|name| name.as_encoded_bytes()).unwrap_or_default();
    let digest = Digest::of_all([name, content]).to_string();
    let temporary = path.with_file_name(format!(".{digest}.tmp"));
    let mut file = File::create(&temporary)?;
    file.write_all(content)?;
    file.sync_all()?;
    Ok(temporary)
}

/// Makes a rename last: syncs the folder that holds `path`.
pub(super) fn sync_folder_of(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// A sender's file name as a name inside one folder: no separators, no control characters, no leading dot, not too long.
fn safe_name(name: &str) -> String {
    let plain = |c: char| if c.is_control() || matches!(c, '/' | '\\' | ':') { '_' } else { c };
    let mut safe: String = name.chars().map(plain).collect();
    if safe.is_empty() || safe.starts_with('.') {
        safe.insert(0, '_');
    }
    if safe.len() > LONGEST_NAME - ROOM {
        // Two long names that begin alike stay apart by their digest.
        let digest = Digest::of(name.as_bytes()).to_string();
        let mut cut = LONGEST_NAME - ROOM - 9;
        while !safe.is_char_boundary(cut) {
            cut -= 1;
        }
        safe.truncate(cut);
        safe.push('~');
        safe.push_str(&digest[..8]);
    }
    safe
}

#[cfg(test)]
#[path = "deliver_tests.rs"]
mod tests;

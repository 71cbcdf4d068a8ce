//! Puts receipt files beside a dropped file, here or on the server it came from: write-then-rename, never over anything that is there.
//!
//! The stored bytes are the JSON receipt; the XML one is derived from them. A repeat finds its own receipt by content and is done,
//! so that a crash or a lost connection between the two files or before the outcome is kept leaves no second receipt.

use crate::acknowledge::receipt_file::FileReceipt;
use crate::acknowledge::receipt_xml;
use crate::domain::digest::Digest;
use crate::domain::failure::Failure;
use crate::files::disk::Disk;
use crate::files::disk::Files;
use crate::files::disk::LocalDisk;
use crate::files::identity::Kind;
use crate::files::sftp::SftpDisk;
use serde::Deserialize;
use serde::Serialize;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::TryLockError;

/// The longest file name on all common file systems, in bytes.
const LONGEST_NAME: usize = 255;
/// Room for `.999999.kvittens.json` and for what a temporary name adds.
const ROOM: usize = 55;
/// More receipts for one file name than anyone has.
const LAST_NUMBER: u32 = 999_999;
/// How many file names' last numbers are remembered.
const REMEMBERED: usize = 10_000;

/// Where receipt files go: stored as JSON beside the receipt, and secret (the name is the sender's).
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FilesAddress {
    /// The partner's receipts folder on a disk of this machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<PathBuf>,
    /// Else the door of a server: its configuration knows the folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub door: Option<String>,
    /// The dropped file's name, as it came.
    pub file_name: String,
}

impl fmt::Debug for FilesAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FilesAddress(***)")
    }
}

/// The receipts folders on servers, by door.
#[derive(Default)]
pub struct FarFolders {
    folders: HashMap<String, (SftpDisk, PathBuf)>,
    turns: Turns,
}

impl FarFolders {
    /// Adds a door's folder.
    pub fn add(&mut self, door: String, disk: SftpDisk, folder: PathBuf) {
        self.folders.insert(door, (disk, folder));
    }

    fn place(&self, name: (&str, &str), attempt: u32, both: [&[u8]; 2]) -> io::Result<u32> {
        let (door, base) = name;
        let Some((disk, folder)) = self.folders.get(door) else {
            return Err(io::Error::other("the door of its file is not configured in this process"));
        };
        self.turns.take(name, (Digest::of(both[0]), attempt), |first| {
            place_pair(&disk.open_or_create(folder)?, base, first, both)
        })
    }
}

/// One receipt of a file name after the other: some servers replace against the protocol, and of two at once one would be lost. Nobody waits for a
/// turn: whoever finds it taken comes again later, so that a slow server holds up its own receipts only.
///
/// The last number given to each name is remembered, by door: a sender that uses one name every day has hundreds of receipts, and each look at
/// one is a turn to the server. Only a place to begin: what is forgotten is searched from the first.
#[derive(Default)]
struct Turns {
    last: Mutex<HashMap<(String, String), Turn>>,
    /// Where receipts began that this process tried in vain; none for those whose turn did not come.
    begun: Mutex<HashMap<Digest, Option<u32>>>,
}

/// A name's last number; who holds it writes.
type Turn = Arc<Mutex<u32>>;

impl Turns {
    /// Gives a receipt its number, from the last one on. A repeat may have been given any number before: it begins where it began, or at the first
    /// when that was in another process.
    fn take(
        &self,
        (door, base): (&str, &str),
        (receipt, attempt): (Digest, u32),
        place: impl FnOnce(u32) -> io::Result<u32>,
    ) -> io::Result<u32> {
        let turn = {
            let mut turns = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            if turns.len() >= REMEMBERED {
                turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            }
            Arc::clone(turns.entry((door.to_owned(), base.to_owned())).or_default())
        };
        let mut last = match turn.try_lock() {
            Ok(last) => last,
            Err(TryLockError::Poisoned(last)) => last.into_inner(),
            Err(TryLockError::WouldBlock) => {
                if attempt == 1 {
                    self.begin(receipt, None);
                }
                return Err(io::Error::other("another receipt of this name is being written"));
            }
        };
        let begun = self.begun().get(&receipt).copied();
        let first = match (attempt, begun) {
            (1, _) | (_, Some(None)) => (*last).max(1),
            (_, Some(Some(first))) => first,
            (_, None) => 1,
        };
        let placed = place(first);
        match placed {
            Ok(number) => {
                self.begun().remove(&receipt);
                *last = number.max(*last);
            }
            Err(_) => self.begin(receipt, Some(first)),
        }
        placed
    }

    fn begin(&self, receipt: Digest, first: Option<u32>) {
        let mut begun = self.begun();
        if begun.len() >= REMEMBERED {
            begun.clear();
        }
        begun.insert(receipt, first);
    }

    fn begun(&self) -> MutexGuard<'_, HashMap<Digest, Option<u32>>> {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes `<file>.kvittens.json` and `.xml` (`<file>.2.kvittens.json` and so on where the name is taken) and returns the number of the
/// name: `"1"` for the plain one. Blocking. Safe to repeat, when `attempt` (from 1) says so: a receipt with the same content is the same
/// receipt. Transient when the folder cannot be written; permanent when what was stored cannot be read.
pub fn deliver(
    address_json: &str,
    bytes: &[u8],
    attempt: u32,
    far: &FarFolders,
) -> Result<String, Failure> {
    let unreadable = |what: &str| Failure::Permanent(format!("the stored {what} cannot be read"));
    let address: FilesAddress =
        serde_json::from_str(address_json).map_err(|_| unreadable("receipt folder"))?;
    let receipt: FileReceipt = serde_json::from_slice(bytes).map_err(|_| unreadable("receipt"))?;
    let xml = receipt_xml::render(&receipt);
    let base = safe_name(&address.file_name);
    let both = [bytes, xml.as_bytes()];
    let placed = match (&address.folder, &address.door) {
        (Some(folder), _) => {
            LocalDisk.open(folder).and_then(|folder| place_pair(&folder, &base, 1, both))
        }
        (None, Some(door)) => far.place((door, &base), attempt, both),
        (None, None) => return Err(unreadable("receipt folder")),
    };
    placed.map(|number| number.to_string()).map_err(|error| {
        Failure::Transient(format!("cannot write to the receipts folder: {error}"))
    })
}

/// Tries number after number until both files are there with our content.
fn place_pair<F: Files>(
    folder: &F,
    base: &str,
    first: u32,
    [json, xml]: [&[u8]; 2],
) -> io::Result<u32> {
    for number in first..=LAST_NUMBER {
        let stem = match number {
            1 => base.to_owned(),
            _ => format!("{base}.{number}"),
        };
        let [json_name, xml_name] = ["json", "xml"].map(|form| format!("{stem}.kvittens.{form}"));
        let (json_name, xml_name) = (OsStr::new(&json_name), OsStr::new(&xml_name));
        let (json_is, xml_is) = (found(folder, json_name, json)?, found(folder, xml_name, xml)?);
        if json_is == Found::Other || xml_is == Found::Other {
            continue;
        }
        if place(folder, json_name, json, json_is)? && place(folder, xml_name, xml, xml_is)? {
            folder.sync()?;
            return Ok(number);
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Puts the content under the name, or finds it there; false when another content bears the name.
pub(super) fn put_once(folder: &impl Files, name: &OsStr, content: &[u8]) -> io::Result<bool> {
    match found(folder, name, content)? {
        Found::Other => Ok(false),
        is => place(folder, name, content, is),
    }
}

/// What bears a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Nothing,
    Ours,
    Other,
}

/// What bears the name. Links are never followed.
fn found(folder: &impl Files, name: &OsStr, content: &[u8]) -> io::Result<Found> {
    let length = u64::try_from(content.len()).unwrap_or(u64::MAX);
    let Some(entry) = folder.look(name)? else { return Ok(Found::Nothing) };
    if entry.kind != Kind::File || entry.identity.size_bytes != length {
        return Ok(Found::Other);
    }
    match folder.read(name, length) {
        Ok((bytes, _)) if bytes == content => Ok(Found::Ours),
        Ok(_) => Ok(Found::Other),
        Err(failed) => Err(failed.into()),
    }
}

/// Puts the content under the name without replacing anything; false when another content came first.
fn place(folder: &impl Files, name: &OsStr, content: &[u8], is: Found) -> io::Result<bool> {
    if is == Found::Ours || (is == Found::Nothing && folder.put_new(name, content)?) {
        return Ok(true);
    }
    Ok(found(folder, name, content)? == Found::Ours)
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

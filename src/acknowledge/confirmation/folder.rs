//! Puts a confirmation where Kronofogden's system fetches it: the same as JSON, XML and fixed text, under its running number.
//!
//! The stored bytes are the JSON; the others are derived from them. Written under a temporary name and renamed, never over anything that is there:
//! a repeat finds its own files and is done. The JSON is the last to appear: who sees it sees all three.

use crate::acknowledge::confirmation::Confirmation;
use crate::acknowledge::confirmation::text;
use crate::acknowledge::confirmation::xml;
use crate::acknowledge::deliver::put_once;
use crate::domain::failure::Failure;
use crate::files::disk::Disk;
use crate::files::disk::Files;
use crate::files::disk::LocalDisk;
use crate::telemetry;
use serde::Deserialize;
use serde::Serialize;
use std::ffi::OsStr;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Where confirmations go: stored as JSON beside each.
#[derive(Clone, Serialize, Deserialize)]
pub struct FolderAddress {
    /// The folder.
    pub folder: PathBuf,
}

impl fmt::Debug for FolderAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FolderAddress(***)")
    }
}

/// Writes `bekraftelse-00000017.txt`, `.xml` and `.json`, and returns that name. Blocking; safe to repeat. Transient when the folder cannot be
/// written; permanent when what was stored cannot be read, or another file bears the name.
pub fn deliver(address_json: &str, bytes: &[u8]) -> Result<String, Failure> {
    let address: FolderAddress =
        serde_json::from_str(address_json).map_err(|_| unreadable("confirmation folder"))?;
    place(bytes, || LocalDisk.open(&address.folder))
}

/// The same into whatever folder opens.
pub(in crate::acknowledge) fn place<F: Files>(
    bytes: &[u8],
    open: impl FnOnce() -> io::Result<F>,
) -> Result<String, Failure> {
    let confirmation: Confirmation =
        serde_json::from_slice(bytes).map_err(|_| unreadable("confirmation"))?;
    let stem = format!("bekraftelse-{:08}", confirmation.number);
    let forms = [
        ("txt", text::render(&confirmation).into_bytes()),
        ("xml", xml::render(&confirmation).into_bytes()),
        ("json", bytes.to_vec()),
    ];
    let place = || -> io::Result<bool> {
        let folder = open()?;
        for (form, content) in &forms {
            let name = format!("{stem}.{form}");
            if !put_once(&folder, OsStr::new(&name), content)? {
                return Ok(false);
            }
            telemetry::kill_point("between_forms");
        }
        folder.sync()?;
        Ok(true)
    };
    match place() {
        Ok(true) => Ok(stem),
        Ok(false) => {
            Err(Failure::Permanent("another file bears the name of this confirmation".to_owned()))
        }
        Err(error) => {
            Err(Failure::Transient(format!("cannot write to the confirmations folder: {error}")))
        }
    }
}

fn unreadable(what: &str) -> Failure {
    Failure::Permanent(format!("the stored {what} cannot be read"))
}

//! A folder on a server that is reached by SFTP, into which confirmations or letters are put: the same files under the same names as in a folder of our own.
//!
//! Each is written under a temporary name and renamed, never over anything that is there. A lost connection or a killed process leaves nothing half
//! under a name that is fetched, and a repeat finds what it wrote before.

use crate::acknowledge::confirmation::folder;
use crate::domain::failure::Failure;
use crate::files::disk::Disk as _;
use crate::files::disk::Files as _;
use crate::files::sftp::Link;
use crate::files::sftp::SftpDisk;
use crate::files::sftp::SftpError;
use crate::files::sftp::SftpFolder;
use crate::files::sftp::section::Section;
use std::ffi::OsStr;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// The folder on the server. Clones share the connection.
#[derive(Clone)]
pub struct FarFolder {
    disk: SftpDisk,
    path: PathBuf,
}

impl FarFolder {
    /// The folder of this section; nobody is called yet. Must be made within the runtime that carries the connection.
    pub fn new(section: &Section) -> Self {
        Self { disk: SftpDisk::new(Link::new(section.server())), path: section.path.clone() }
    }

    /// The folder as it is on the server now. Blocks.
    ///
    /// # Errors
    /// When the server cannot be reached, or has no such folder.
    pub(super) fn open(&self) -> io::Result<SftpFolder> {
        self.disk.open(&self.path)
    }

    /// Writes the confirmation in its three forms, and returns their common name. Blocking; safe to repeat. Transient when the server cannot be
    /// reached or written to; permanent when what was stored cannot be read, or another file bears the name.
    pub fn deliver(&self, bytes: &[u8]) -> Result<String, Failure> {
        folder::place(bytes, || self.open())
    }

    /// Ends the connection, and every wait for it.
    pub fn close(&self) {
        self.disk.close();
    }
}

/// Connects, and writes and removes an empty file, all of it within `patience`. Answers the key at fault and what is wrong.
pub async fn probe(section: Section, patience: Duration) -> Result<(), (&'static str, String)> {
    let folder = FarFolder::new(&section);
    let probed = folder.clone();
    let mut probing = tokio::task::spawn_blocking(move || {
        probed.disk.probe().map_err(|error: SftpError| (error.key(), error.to_string()))?;
        let told = |error: std::io::Error| ("path", error.to_string());
        let opened = probed.disk.open(&probed.path).map_err(told)?;
        opened.check_writing(OsStr::new(".kvittens-check.tmp")).map_err(told)
    });
    let said = match tokio::time::timeout(patience, &mut probing).await {
        Ok(said) => said,
        Err(_) => {
            folder.close();
            probing.await
        }
    };
    folder.close();
    said.unwrap_or_else(|died| Err(("host", died.to_string())))
}

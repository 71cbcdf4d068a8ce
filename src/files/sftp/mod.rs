//! Files on a server that is reached by SFTP: how a partner's notice is read, put away and answered on the far side.
//!
//! Version 3 of the protocol knows neither inodes nor links' targets that can be trusted: a file is known by its name, size and time, and is
//! looked at before and after it was opened. [`Link`] keeps the connection; [`SftpDisk`] is what doors and receipts see.

mod asked;
mod client;
mod connect;
mod entry;
mod error;
mod folder;
mod link;
mod list;
mod read;
pub mod section;
mod server;
mod wire;
mod write;

pub use error::SftpError;
pub use folder::SftpFolder;
pub use link::Link;
pub use server::HostKey;
pub use server::Secret;
pub use server::Server;

use super::disk::Disk;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

/// A server as a disk.
#[derive(Clone)]
pub struct SftpDisk(Link);

impl SftpDisk {
    /// The disk at the end of a way.
    pub fn new(link: Link) -> Self {
        Self(link)
    }

    /// Connects, if that is still to be done, and says what is wrong. Blocks.
    pub fn probe(&self) -> Result<(), SftpError> {
        self.0.run(async |_| Ok(()))
    }

    /// Ends the connection for good. Who still waits for an answer is told that it was lost.
    pub fn close(&self) {
        self.0.close();
    }
}

impl Disk for SftpDisk {
    type Folder = SftpFolder;

    /// Each file costs a few turns; so many files take them at the same time.
    const LANES: usize = 8;
    const HAS_INODES: bool = false;

    fn open(&self, path: &Path) -> io::Result<SftpFolder> {
        Ok(SftpFolder::open(&self.0, path.as_os_str().as_bytes())?)
    }

    fn open_or_create(&self, path: &Path) -> io::Result<SftpFolder> {
        Ok(SftpFolder::open_or_create(&self.0, path.as_os_str().as_bytes())?)
    }
}

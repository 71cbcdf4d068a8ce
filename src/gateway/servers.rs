//! The servers with partners' folders: one connection each, shared by the door and its receipts; and those with Kronofogden's folder and the print drop.

use crate::acknowledge::deliver::FarFolders;
use crate::acknowledge::far_folder::FarFolder;
use crate::clock::Clock;
use crate::config;
use crate::files::sftp::Link;
use crate::files::sftp::SftpDisk;
use crate::intake::sftp::Config;
use crate::intake::sftp::SftpDoor;
use std::path::PathBuf;
use tokio_util::sync::CancellationToken;

/// All of them.
pub(super) struct Servers {
    servers: Vec<(Config, SftpDisk)>,
    /// Where confirmations to Kronofogden go.
    authority: Option<FarFolder>,
    /// Where letters are fetched to be printed.
    print: Option<FarFolder>,
    /// Where the doors keep when files were first seen.
    state: Option<PathBuf>,
}

impl Servers {
    /// Those of the configuration; nobody is called yet.
    pub(super) fn of(config: &config::Config, state: Option<PathBuf>) -> Self {
        let disk = |config: &Config| SftpDisk::new(Link::new(config.server()));
        let servers = config.intake.sftp.iter().map(|config| (config.clone(), disk(config)));
        let authority = &config.acknowledge.enforcement_authority;
        let authority = authority.sftp.as_ref().map(FarFolder::new);
        let print = config.letter.print_sftp.as_deref().map(FarFolder::new);
        Self { servers: servers.collect(), authority, print, state }
    }

    /// Kronofogden's folder.
    pub(super) fn authority(&self) -> Option<FarFolder> {
        self.authority.clone()
    }

    /// The print drop.
    pub(super) fn print(&self) -> Option<FarFolder> {
        self.print.clone()
    }

    /// Where receipts go.
    pub(super) fn far_folders(&self) -> FarFolders {
        let mut folders = FarFolders::default();
        for (config, disk) in &self.servers {
            folders.add(config.door(), disk.clone(), config.receipts());
        }
        folders
    }

    /// The doors by name, each made anew as often as it is opened.
    pub(super) fn doors(
        &self,
        clock: &Clock,
        stop: &CancellationToken,
    ) -> Vec<(String, impl Fn() -> SftpDoor + Send + use<>)> {
        let doors = self.servers.iter().cloned().map(|(config, disk)| {
            let (name, clock, stop) = (config.door(), clock.clone(), stop.clone());
            let state = self.state.clone();
            let make = move || {
                let (detect, clock) = (crate::normalize::detect, clock.clone());
                SftpDoor::new(config.clone(), disk.clone(), detect, clock, stop.clone())
                    .keeping(state.as_deref())
            };
            (name, make)
        });
        doors.collect()
    }

    /// Ends the connections, and every wait for them.
    pub(super) fn close(&self) {
        self.servers.iter().for_each(|(_, disk)| disk.close());
        self.authority.iter().chain(&self.print).for_each(FarFolder::close);
    }
}

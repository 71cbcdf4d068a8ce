//! Files on a local or mounted disk, or on a server by SFTP: how a dropped notice is read, put away and answered without losing or
//! overwriting anything. [`disk`] is what both have in common.
//!
//! Everything happens inside one opened [`folder::Folder`] and never follows a link, so that nobody who may write to a drop folder
//! can lead us out of it. All functions block: async callers go through `spawn_blocking`.

pub mod disk;
pub mod folder;
pub mod identity;
pub mod name;
pub mod put;
pub mod read;
pub mod sftp;

#[cfg(test)]
mod tests;

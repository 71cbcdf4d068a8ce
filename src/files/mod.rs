//! Files on a local or mounted disk: how a dropped notice is read, put away and answered without losing or overwriting anything.
//!
//! Everything happens inside one opened [`folder::Folder`] and never follows a link, so that nobody who may write to a drop folder
//! can lead us out of it. All functions block: async callers go through `spawn_blocking`.

pub mod folder;
pub mod identity;
pub mod name;
pub mod put;
pub mod read;

#[cfg(test)]
mod tests;

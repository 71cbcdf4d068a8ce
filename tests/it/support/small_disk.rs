//! A disk without room for a letter.

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// A file system of two pages over a folder; unmounted when dropped.
pub(crate) struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None` where none can be mounted: who is not root, or in a closed container.
    pub(crate) fn mount(folder: &Path) -> Option<Self> {
        let options = ["-t", "tmpfs", "-o", "size=8k", "tmpfs"];
        let mounted = Command::new("mount").args(options).arg(folder).output();
        mounted.is_ok_and(|output| output.status.success()).then(|| Self(folder.to_owned()))
    }

    /// As if somebody had made room.
    pub(crate) fn grow(&self) {
        let mounted = Command::new("mount").args(["-o", "remount,size=8m"]).arg(&self.0).output();
        assert!(mounted.is_ok_and(|output| output.status.success()), "a larger disk");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        Command::new("umount").arg(&self.0).output().ok();
    }
}

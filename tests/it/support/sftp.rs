//! The private OpenSSH server that `tests/run` starts, as tests ask for it: a partner's folder of their own, and the configuration of a door.

use std::os::unix::fs::MetadataExt as _;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;

use super::ports::random_name;
use super::servers::value;

/// Where the server keeps everything.
pub(crate) fn home() -> PathBuf {
    value("KVITTENS_TEST_SFTP_HOME").expect("KVITTENS_TEST_SFTP_HOME").into()
}

/// The server's port.
pub(crate) fn port() -> u16 {
    text("port").parse().expect("a port")
}

/// What stands in one of the server's small files: `port`, `password`, `passphrase`, `host_ed25519.pub`.
pub(crate) fn text(name: &str) -> String {
    let text = std::fs::read_to_string(home().join(name)).expect("a file of the server's");
    text.trim().to_owned()
}

/// A partner's folder on the server, as the disk shows it; removed when dropped.
pub(crate) struct FarFolder {
    name: String,
}

impl FarFolder {
    /// Makes the folder and its `in/`.
    pub(crate) fn new() -> Self {
        let folder = Self { name: format!("kv{}", random_name()) };
        open_to_all(&home().join("files").join(&folder.name));
        open_to_all(&folder.path("in"));
        folder
    }

    /// Something in it, on our disk.
    pub(crate) fn path(&self, part: impl AsRef<Path>) -> PathBuf {
        home().join("files").join(&self.name).join(part)
    }

    /// Drops a file as a careful partner does: under a name that is left alone, then renamed into `in/`.
    pub(crate) fn drop_file(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let temporary = self.path(format!("in/.{}.tmp", random_name()));
        std::fs::write(&temporary, bytes).expect("a file");
        self.give(&temporary);
        std::fs::rename(&temporary, self.path("in").join(name)).expect("a file in its place");
    }

    /// The names in one of its folders, in order, without temporary ones; none when it is not there.
    pub(crate) fn names(&self, part: impl AsRef<Path>) -> Vec<String> {
        let entries = std::fs::read_dir(self.path(part)).into_iter().flatten().flatten();
        let mut names: Vec<_> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| !name.starts_with('.'));
        names.sort();
        names
    }

    /// The door's configuration, a key a line: by the ed25519 key and with the pinned host key, by this way to the server.
    pub(crate) fn keys(&self, partner: &str, port: u16) -> String {
        format!(
            "partner = \"{partner}\"\nhost = \"127.0.0.1\"\nport = {port}\nuser = \"kvittens\"\n\
             host_keys = [\"{}\"]\nkey_file = \"{}\"\npath = \"{}\"\n",
            text("host_ed25519.pub"),
            home().join("user_ed25519").display(),
            self.name
        )
    }

    /// Makes a file ours no longer, but the login's, as if the partner had uploaded it by the same account.
    pub(crate) fn give(&self, path: &Path) {
        let login = std::fs::metadata(home().join("user_ed25519")).expect("a file of the login's");
        // Only root can, and only then is it needed.
        std::os::unix::fs::lchown(path, Some(login.uid()), None).ok();
    }
}

impl Drop for FarFolder {
    fn drop(&mut self) {
        // What stays is gone with the server at the end of the run.
        std::fs::remove_dir_all(home().join("files").join(&self.name)).ok();
    }
}

fn open_to_all(path: &Path) {
    std::fs::create_dir_all(path).expect("a folder");
    std::fs::set_permissions(path, PermissionsExt::from_mode(0o777)).expect("a mode");
}

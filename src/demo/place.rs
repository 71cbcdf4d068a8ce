//! The folder that holds everything of a demo: made when missing, taken again when a demo is in it, left alone when it is anything else.

use crate::domain::masked::Masked;
use crate::files::folder::Folder;
use crate::files::put::IfTaken;
use crate::intake::api::client;
use crate::seal::chest;
use crate::seal::chest::Chest;
use crate::store::Action;
use crate::store::Store;
use anyhow::Context as _;
use jiff::Timestamp;
use std::ffi::OsStr;
use std::fs;
use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::path::PathBuf;

/// The configuration, with `{FOLDER}` and `{PORT}` to be filled in. Its first line tells a demo's folder from any other.
const TEMPLATE: &str = include_str!("../../config/demo.toml");

/// The name of the demo's API client.
pub(super) const CLIENT: &str = "demo-landlord";

/// Where the client's receipts go by mail, besides the answer.
const CLIENT_MAIL: &str = "hyra@exempelhus.example";

/// Where the keys for receipts are.
const KEYS: &str = "keys";

const FOLDERS: [&str; 9] = [
    "maildir/tmp",
    "maildir/new",
    "maildir/cur",
    "drop/demo/in",
    "drop/demo/receipts",
    "mail-out",
    "cases",
    "kronofogden",
    "brev",
];

/// The demo's duty roster: the sample of the documentation, with people who do not exist.
const ROSTER: &str = include_str!("../../config/roster.toml");

/// A demo's folder; its path is absolute and UTF-8.
#[derive(Debug)]
pub(super) struct Place {
    folder: PathBuf,
}

impl Place {
    /// Makes the folder ready; a fresh temporary one when none is named.
    pub(super) fn prepare(named: Option<PathBuf>) -> anyhow::Result<Self> {
        let folder = named.unwrap_or_else(|| {
            let name = uuid::Uuid::new_v4().simple().to_string();
            std::env::temp_dir().join(format!("kvittens-demo-{}", name.get(..8).unwrap_or("x")))
        });
        fs::create_dir_all(&folder).context("making the demo's folder (--dir)")?;
        let folder = folder.canonicalize().context("finding the demo's folder (--dir)")?;
        anyhow::ensure!(
            folder.to_str().is_some_and(|path| !path.contains(['\n', '?', '\''])),
            "the path of the demo's folder (--dir) must be plain text without line breaks, ? and '"
        );
        let place = Self { folder };
        anyhow::ensure!(
            place.is_ours()?,
            "{} holds something else than a demo: name another folder with --dir",
            place.shown()
        );
        for part in FOLDERS {
            fs::create_dir_all(place.path(part)).context("making a folder of the demo")?;
        }
        Ok(place)
    }

    /// Empty, or with a demo's configuration in it.
    fn is_ours(&self) -> anyhow::Result<bool> {
        match fs::read_to_string(self.config()) {
            Ok(text) => Ok(text.lines().next() == TEMPLATE.lines().next()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let mut entries = fs::read_dir(&self.folder).context("looking into --dir")?;
                Ok(entries.next().is_none())
            }
            Err(_) => Ok(false),
        }
    }

    /// Writes the configuration, whole or not at all.
    pub(super) fn write_config(&self, port: u16) -> anyhow::Result<()> {
        let folder = self.shown().replace('\\', "\\\\").replace('"', "\\\"");
        let text = TEMPLATE
            .replace("\"127.0.0.1:{PORT}\"", &format!("\"127.0.0.1:{port}\""))
            .replace("\"{FOLDER}", &format!("\"{folder}"))
            .replace("\"sqlite:{FOLDER}", &format!("\"sqlite:{folder}"));
        let folder = Folder::open(&self.folder).context("opening the demo's folder")?;
        let name = OsStr::new("kvittens.toml");
        folder.put(name, text.as_bytes(), IfTaken::Replace).context("writing the configuration")?;
        let roster = OsStr::new("roster.toml");
        if !self.path("roster.toml").exists() {
            folder.put(roster, ROSTER.as_bytes(), IfTaken::Refuse).context("writing the roster")?;
        }
        Ok(())
    }

    /// Makes the key with which receipts are signed, unless an earlier run made one.
    pub(super) fn signing_key(&self, now: Timestamp) -> anyhow::Result<()> {
        let keys = Some(self.path(KEYS));
        let config = chest::Config { keys, ..chest::Config::default() };
        let there = self.path(KEYS).exists().then(|| Chest::open(&config)).transpose();
        let ring = there.context("reading the demo's keys")?.and_then(|chest| chest.ring());
        if ring.is_none_or(|ring| ring.current(now).is_err()) {
            chest::rotate(&self.path(KEYS), now).context("making the demo's key for receipts")?;
        }
        Ok(())
    }

    /// The API client with its key, from an earlier run or new. The key's file is there before the store knows the key.
    pub(super) async fn api_client(&self, store: &Store) -> anyhow::Result<Masked> {
        let path = self.path("api.key");
        let key = match fs::read_to_string(&path) {
            Ok(text) => Masked::new(text.trim()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let key = client::new_key()?;
                let mut options = OpenOptions::new();
                let file = options.write(true).create_new(true).mode(0o600).open(&path);
                let mut file = file.context("making api.key")?;
                file.write_all(key.reveal().as_bytes()).context("writing api.key")?;
                key
            }
            Err(error) => return Err(error).context("reading api.key"),
        };
        let key_hash = client::key_hash(key.reveal());
        if store.client_by_key(&key_hash).await?.is_some() {
            return Ok(key);
        }
        let added = store.act(Action::AddClient {
            name: CLIENT.to_owned(),
            key_hash,
            mail_to: Some(Masked::new(CLIENT_MAIL)),
            actor: "demo".to_owned(),
        });
        added.await?.context(
            "api.key is not the one this demo was made with: put it back, or begin in another --dir",
        )?;
        Ok(key)
    }

    /// The configuration's path.
    pub(super) fn config(&self) -> PathBuf {
        self.path("kvittens.toml")
    }

    /// A path in the folder.
    pub(super) fn path(&self, part: &str) -> PathBuf {
        self.folder.join(part)
    }

    /// The folder, for people.
    pub(super) fn shown(&self) -> String {
        self.folder.display().to_string()
    }

    /// The folder, for a shell.
    pub(super) fn quoted(&self) -> String {
        quoted(&self.shown())
    }

    /// The configuration's path, for a shell.
    pub(super) fn config_quoted(&self) -> String {
        quoted(&self.config().display().to_string())
    }

    /// Whether a folder of the demo holds no file that a door would take.
    pub(super) fn nothing_waits_in(&self, part: &str) -> bool {
        let waits = |path: &Path| {
            path.file_name().is_some_and(|name| !name.as_encoded_bytes().starts_with(b"."))
        };
        fs::read_dir(self.path(part))
            .is_ok_and(|entries| !entries.flatten().any(|entry| waits(&entry.path())))
    }
}

fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    if path.chars().all(plain) { path.to_owned() } else { format!("'{path}'") }
}

/// Six characters that stay the same for a folder's key: they tell one demo's samples from another's.
pub(super) fn run_token(key: &str) -> String {
    let digest = client::key_hash(&format!("demo run {key}")).to_string();
    digest.get(..6).unwrap_or("000000").to_uppercase()
}

/// Asks before anything is written, so that a taken port leaves nothing behind.
pub(super) fn port_is_free(port: u16) -> anyhow::Result<()> {
    match std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, port)) {
        Ok(_free) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => anyhow::bail!(
            "port {port} on 127.0.0.1 is taken: name another with --port N, or --port 0 to have one drawn"
        ),
        Err(error) => Err(error).with_context(|| format!("listening on 127.0.0.1:{port} (--port)")),
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_folder_with_something_else_in_it_is_left_alone() {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::write(folder.path().join("letter.txt"), "mine").expect("file");
        let error = Place::prepare(Some(folder.path().to_owned())).expect_err("refused");
        assert!(error.to_string().contains("--dir"), "{error}");
        assert_eq!(std::fs::read_dir(folder.path()).expect("listing").count(), 1);
    }

    #[test]
    fn a_demo_is_found_again_and_its_configuration_is_complete() {
        let folder = tempfile::tempdir().expect("folder");
        let dir = folder.path().join("a demo");
        for port in [0, 4711] {
            let place = Place::prepare(Some(dir.clone())).expect("place");
            place.write_config(port).expect("configuration");
            let loaded = crate::config::load(Some(&place.config())).expect("loads");
            assert_eq!(loaded.config.http.listen.port(), port);
            place.signing_key("2026-11-22T08:00:00Z".parse().expect("a time")).expect("a key");
            assert_eq!(std::fs::read_dir(dir.join("keys")).expect("keys").count(), 1);
            assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
            let text = std::fs::read_to_string(place.config()).expect("text");
            let left = text.lines().skip(2).any(|line| line.contains("{FOLDER}"));
            assert!(!left && place.nothing_waits_in("maildir/new"));
        }
    }
}

//! The keys in use: read from their folder, and read again while the gateway runs, so that a new key needs no restart.
//!
//! One file a key, which only its owner may read (mode 0600). A folder with faults never takes the place of one without: receipts go
//! on being signed with the keys that were read before. A new key begins a quarter of an hour ahead, by when every gateway has read it.

use crate::domain::digest::Digest;
use crate::seal::keys;
use crate::seal::keys::KeyDocument;
use crate::seal::keys::KeyError;
use crate::seal::keys::KeyRing;
use arc_swap::ArcSwap;
use jiff::SignedDuration;
use jiff::Timestamp;
use serde::Deserialize;
use std::fs;
use std::fs::DirBuilder;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::io::ErrorKind;
use std::io::Write as _;
use std::os::unix::fs::DirBuilderExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// So long after it was made a new key begins to sign, where another one signs until then.
const AHEAD: SignedDuration = SignedDuration::from_mins(15);

/// The folder must be looked at this often at least, so that no gateway misses the beginning of a key.
const LOOK_AT_LEAST_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// A key file is far smaller.
const FILE_BYTES_MAX: u64 = 16 * 1024;

/// `[seal]`: with what receipts are signed and coded.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The folder of the key files, as `kvittens key rotate` writes them. Without it receipts bear neither signature nor control code.
    pub keys: Option<PathBuf>,
    /// How often it is looked at for changes.
    pub look_every: SignedDuration,
}

impl Default for Config {
    fn default() -> Self {
        Self { keys: None, look_every: SignedDuration::from_mins(2) }
    }
}

impl Config {
    /// Every fault, each with its key.
    pub fn faults(&self) -> Vec<(String, String)> {
        let fits = self.look_every > SignedDuration::ZERO && self.look_every <= LOOK_AT_LEAST_EVERY;
        let text = "must be longer than nothing and at most \"10m\": a new key begins to sign a quarter of an hour after it was made";
        let fault = (!fits).then(|| ("seal.look_every".to_owned(), text.to_owned()));
        fault.into_iter().collect()
    }
}

/// Why the keys cannot be used. Names files, and quotes nothing of them.
#[derive(Debug, thiserror::Error)]
pub enum ChestError {
    /// The folder is not there or cannot be read.
    #[error("the folder of the keys cannot be read")]
    Folder(#[source] io::Error),
    /// A file that others than its owner can read.
    #[error(
        "{0} can be read by others than its owner: chmod 600 it, and make a new key if anyone may have read it"
    )]
    Readable(String),
    /// A file that cannot be read.
    #[error("{0} cannot be read")]
    Read(String, #[source] io::Error),
    /// A file that is no key, or not of one piece with the others.
    #[error("{0} cannot be used")]
    Key(String, #[source] KeyError),
    /// No key could be made, or none is in force.
    #[error(transparent)]
    None(#[from] KeyError),
    /// A new key's file could not be written.
    #[error(
        "the new key's file cannot be written; run the command as the user that the gateway runs as"
    )]
    Write(#[source] io::Error),
}

/// The keys of the moment.
#[derive(Clone, Debug, Default)]
pub struct Chest {
    ring: Option<Arc<ArcSwap<KeyRing>>>,
}

impl Chest {
    /// Reads the folder, if one is configured. It may hold no key that is in force: ask the ring.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read, or is no key.
    pub fn open(config: &Config) -> Result<Self, ChestError> {
        let read = config.keys.as_deref().map(read).transpose()?;
        Ok(read.map_or_else(Self::default, |read| Self::of(read.ring)))
    }

    /// A chest with these keys.
    pub fn of(ring: KeyRing) -> Self {
        Self { ring: Some(Arc::new(ArcSwap::from_pointee(ring))) }
    }

    /// The keys now; `None` where no folder is configured.
    pub fn ring(&self) -> Option<Arc<KeyRing>> {
        self.ring.as_ref().map(|ring| ring.load_full())
    }

    /// Follows the folder's changes until told to stop.
    pub async fn follow(self, config: Config, stop: CancellationToken) {
        let (Some(current), Some(folder)) = (self.ring, config.keys) else { return };
        let mut seen = None;
        let mut failing = false;
        let pause = config.look_every.unsigned_abs();
        while stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_some() {
            let folder = folder.clone();
            let reading = tokio::task::spawn_blocking(move || read(&folder));
            match reading.await {
                Ok(Ok(read)) if seen == Some(read.digest) && !failing => {}
                Ok(Ok(read)) => {
                    (seen, failing) = (Some(read.digest), false);
                    current.store(Arc::new(read.ring));
                    tracing::debug!("the keys for receipts were read");
                }
                Ok(Err(error)) if !failing => {
                    failing = true;
                    let error: &(dyn std::error::Error + 'static) = &error;
                    tracing::error!(
                        error,
                        "the keys for receipts cannot be read anew; those before stay in use"
                    );
                }
                Ok(Err(_)) | Err(_) => {}
            }
        }
    }
}

/// Makes a new key in the folder: it signs from now on where none does, else in a quarter of an hour. Gives the key and its beginning.
///
/// # Errors
/// When the folder holds what is no key, or the new file cannot be written.
pub fn rotate(folder: &Path, now: Timestamp) -> Result<(KeyDocument, Timestamp), ChestError> {
    let mut files = match files(folder) {
        Err(ChestError::Folder(error)) if error.kind() == ErrorKind::NotFound => Vec::new(),
        other => other?,
    };
    let signs = parse(&files)?.current(now).is_ok();
    let from = if signs { now.saturating_add(AHEAD).unwrap_or(now) } else { now };
    let document = keys::generate(from)?;
    files.push((document.file_name.clone(), document.reveal().to_owned()));
    parse(&files)?;
    write(folder, &document).map_err(ChestError::Write)?;
    Ok((document, from))
}

/// A folder's content.
struct Read {
    ring: KeyRing,
    digest: Digest,
}

fn read(folder: &Path) -> Result<Read, ChestError> {
    let files = files(folder)?;
    let digest = Digest::of_all(files.iter().map(|(_, text)| text.as_bytes()));
    Ok(Read { ring: parse(&files)?, digest })
}

fn parse(files: &[(String, String)]) -> Result<KeyRing, ChestError> {
    KeyRing::parse(files.iter().map(|(_, text)| text.as_str())).map_err(|error| {
        let number = match error {
            KeyError::NotAKey(number) | KeyError::Mismatch(number) | KeyError::Twice(number) => {
                number
            }
            KeyError::NoRandomness | KeyError::NoneInForce => 0,
        };
        let file = number.checked_sub(1).and_then(|at| files.get(at));
        file.map_or(ChestError::None(error), |(name, _)| ChestError::Key(name.clone(), error))
    })
}

/// The key files by name, with their secrets.
fn files(folder: &Path) -> Result<Vec<(String, String)>, ChestError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(ChestError::Folder)? {
        let entry = entry.map_err(ChestError::Folder)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || !name.ends_with(".toml") {
            continue;
        }
        let text = file(&entry.path(), &name)?;
        found.push((name, text));
    }
    found.sort();
    Ok(found)
}

fn file(path: &Path, name: &str) -> Result<String, ChestError> {
    let unread = |error| ChestError::Read(name.to_owned(), error);
    let file = File::open(path).map_err(unread)?;
    let metadata = file.metadata().map_err(unread)?;
    if metadata.mode() & 0o077 != 0 {
        return Err(ChestError::Readable(name.to_owned()));
    }
    io::read_to_string(io::Read::take(file, FILE_BYTES_MAX)).map_err(unread)
}

/// Whole under its name or not at all; for its owner alone, who is the folder's.
fn write(folder: &Path, document: &KeyDocument) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let draft = folder.join(format!(".{}.tmp", document.file_name));
    let written = || -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        file.write_all(document.reveal().as_bytes())?;
        let (own, owner) = (file.metadata()?, fs::metadata(folder)?);
        if own.uid() != owner.uid() {
            std::os::unix::fs::fchown(&file, Some(owner.uid()), Some(owner.gid()))?;
        }
        file.sync_all()?;
        fs::rename(&draft, folder.join(&document.file_name))?;
        File::open(folder)?.sync_all()
    };
    written().inspect_err(|_| drop(fs::remove_file(&draft)))
}

#[cfg(test)]
#[path = "chest_tests.rs"]
mod tests;

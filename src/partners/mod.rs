//! Who may send what by which door: one data file a partner, valid as a whole, read again while the gateway runs.
//!
//! A sender without a file gets through as well: it is `unknown`, and gets reference and arrival time. A file that is changed to something
//! faulty changes nothing: what was valid before stays in use, and the fault is shown until it is mended. [`proof`] tells whether
//! a mail comes from where it says.

pub mod config;
pub mod directory;
mod names;
pub mod partner;
pub mod proof;
mod records;

pub use config::Config;
pub use directory::Directory;
pub use directory::Fault;
pub use partner::Partner;

use crate::domain::digest::Digest;
use crate::telemetry;
use arc_swap::ArcSwap;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use tokio_util::sync::CancellationToken;

/// The partners in use. Cheap to clone; every look sees one whole, valid set.
#[derive(Clone, Debug, Default)]
pub struct Partners {
    current: Arc<ArcSwap<Directory>>,
    refused: Arc<Mutex<Vec<Fault>>>,
}

impl Partners {
    /// The partners of a folder.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn open(folder: &Path) -> Result<Self, Vec<Fault>> {
        let partners = Self::default();
        partners.current.store(Arc::new(Directory::read(folder)?));
        Ok(partners)
    }

    /// The set in use.
    pub fn now(&self) -> Arc<Directory> {
        self.current.load_full()
    }

    /// The faults of a changed set that was refused; empty when what lies in the folder is what is in use.
    pub fn refused(&self) -> Vec<Fault> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the folder again whenever something in it changed, until told to stop.
    pub async fn follow(self, config: Config, stop: CancellationToken) {
        let Some(folder) = config.dir else { return };
        let mut seen = None;
        loop {
            let (look, known) = (folder.clone(), seen);
            let looked = tokio::task::spawn_blocking(move || {
                let print = fingerprint(&look);
                (print, (known != Some(print)).then(|| Directory::read(&look)))
            });
            if let Ok((print, read)) = looked.await {
                let first = seen.replace(print).is_none();
                if let Some(read) = read {
                    self.take(read, first);
                }
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(config.look_every.unsigned_abs()) => {}
            }
        }
    }

    fn take(&self, read: Result<Directory, Vec<Fault>>, first: bool) {
        let faults = match read {
            Ok(directory) => {
                let partners = directory.all().count();
                self.current.store(Arc::new(directory));
                if !first {
                    tracing::info!(partners, "partners' files changed and are in use");
                }
                Vec::new()
            }
            Err(faults) => {
                // A fault's text can quote a value; its place cannot.
                let places: Vec<String> =
                    faults.iter().map(|fault| format!("{} {}", fault.file, fault.key)).collect();
                tracing::error!(
                    faults = faults.len(),
                    places = places.join(", "),
                    "partners' files changed and have faults; the ones before stay in use (kvittens check tells them all)"
                );
                faults
            }
        };
        metrics::gauge!(telemetry::PARTNERS_REFUSED).set(f64::from(u8::from(!faults.is_empty())));
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = faults;
    }
}

/// What tells whether anything in the folder changed: every file's name and bytes.
fn fingerprint(folder: &Path) -> Digest {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    files.sort();
    let pieces: Vec<Vec<u8>> = files
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .flat_map(|path| {
            let bytes = std::fs::read(path).unwrap_or_default();
            [
                path.as_os_str().as_encoded_bytes().to_vec(),
                bytes.len().to_le_bytes().to_vec(),
                bytes,
            ]
        })
        .collect();
    Digest::of_all(pieces.iter().map(Vec::as_slice))
}

#[cfg(test)]
#[path = "reload_tests.rs"]
mod tests;

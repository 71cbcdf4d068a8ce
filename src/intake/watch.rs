//! Hears from the kernel that a notice arrived in a folder (inotify). Only a hint: network disks tell nothing and queues overflow, so
//! every door also looks for itself from time to time.

use crate::files::folder::Folder;
use notify::EventKind;
use notify::RecommendedWatcher;
use notify::RecursiveMode;
use notify::Watcher;
use notify::event::ModifyKind;
use notify::event::RenameMode;
use std::ffi::OsString;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use tokio::sync::Notify;
use tracing::info;

/// More names than this are not remembered; the next look finds them.
const NAMES: usize = 10_000;

/// What is told: names that came by rename, and where links count as well (a Maildir), those that were created.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// Renamed into the folder: complete.
    Renamed,
    /// Renamed or created.
    Any,
}

/// A watched folder.
pub(super) struct Watch {
    door: String,
    path: PathBuf,
    heard: Heard,
    shared: Arc<Shared>,
    watching: Mutex<Watching>,
}

#[derive(Default)]
struct Shared {
    names: Mutex<Vec<OsString>>,
    woken: Notify,
}

#[derive(Default)]
struct Watching {
    /// The watcher, and device and inode of what it watches.
    on: Option<(RecommendedWatcher, (u64, u64))>,
    told: bool,
}

impl Watch {
    pub(super) fn new(door: &str, path: &Path, heard: Heard) -> Self {
        Self {
            door: door.to_owned(),
            path: path.to_owned(),
            heard,
            shared: Arc::default(),
            watching: Mutex::default(),
        }
    }

    /// Begins to watch, or begins anew when another folder stands in the place of the one that was watched. Blocks.
    pub(super) fn keep_up(&self) {
        let Ok(identity) = Folder::open(&self.path).and_then(|folder| folder.identity()) else {
            return;
        };
        let mut watching = self.watching.lock().unwrap_or_else(PoisonError::into_inner);
        if watching.on.as_ref().is_some_and(|(_, key)| *key == identity.key()) {
            return;
        }
        watching.on = None;
        match self.start() {
            Ok(watcher) => watching.on = Some((watcher, identity.key())),
            Err(_) if watching.told => {}
            Err(_) => {
                let door = &self.door;
                info!(door, "the system tells no events for a folder; it is looked at instead");
                watching.told = true;
            }
        }
    }

    fn start(&self) -> notify::Result<RecommendedWatcher> {
        let shared = Arc::clone(&self.shared);
        let heard = self.heard;
        let mut watcher =
            notify::recommended_watcher(move |told: notify::Result<notify::Event>| {
                let Ok(event) = told else { return };
                let counts = match event.kind {
                    EventKind::Modify(ModifyKind::Name(RenameMode::To)) => true,
                    EventKind::Create(_) => heard == Heard::Any,
                    EventKind::Any
                    | EventKind::Access(_)
                    | EventKind::Modify(_)
                    | EventKind::Remove(_)
                    | EventKind::Other => false,
                };
                if counts {
                    shared.add(event.paths.iter().filter_map(|path| path.file_name()));
                }
            })?;
        watcher.watch(&self.path, RecursiveMode::NonRecursive)?;
        Ok(watcher)
    }

    /// The names told since the last time.
    pub(super) fn drain(&self) -> Vec<OsString> {
        std::mem::take(&mut *self.shared.names.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until something is told.
    pub(super) async fn woken(&self) {
        self.shared.woken.notified().await;
    }
}

impl Shared {
    fn add<'a>(&self, told: impl Iterator<Item = &'a std::ffi::OsStr>) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.extend(told.map(ToOwned::to_owned));
        names.truncate(NAMES);
        drop(names);
        self.woken.notify_one();
    }
}

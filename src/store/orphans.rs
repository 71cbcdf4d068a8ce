//! Sweeps the claim check: files that no stored message speaks of, left by a crash between their writing and the commit.
//!
//! Only SQLite has such files; PostgreSQL keeps the pieces of an original in the transaction that stores its message. A file is looked at
//! when it is an hour old, and removed by the writer itself, between two groups, so that none is removed that a commit is about to name.

use crate::domain::digest::Digest;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::actions::Action;
use crate::store::engine::Engine;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::over_rows;
use jiff::Timestamp;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use std::time::SystemTime;

/// Younger files may belong to a message that is being stored.
const AGE: Duration = Duration::from_hours(1);

/// How many files one statement asks for.
const PIECE: usize = 500;

pub(super) const SPOKEN_OF: Statement =
    over_rows!("SELECT DISTINCT m.sha256", "JOIN messages m ON m.sha256 = r.value ->> 0");

impl Store {
    /// Removes what a crash left in the claim check. Reading goes beside the writer; only what nothing speaks of is given to it.
    pub async fn sweep_orphans(&self) -> Result<(), StoreError> {
        let Engine::Sqlite { blobs, .. } = self.engine.as_ref() else { return Ok(()) };
        let old = aged(blobs.clone(), self.clock.now()).await?;
        let mut orphans = Vec::new();
        let mut session = self.engine.reading().await?;
        for piece in old.chunks(PIECE) {
            orphans.extend(unspoken(&mut session, piece).await?);
        }
        drop(session);
        if orphans.is_empty() {
            return Ok(());
        }
        let files = orphans.len();
        tracing::info!(files, "removing files of messages that were never stored");
        self.act(Action::RemoveOrphans { folder: blobs.clone(), names: orphans }).await.map(drop)
    }
}

/// Removes files that still nothing speaks of. A file that cannot be removed is met again at the next sweep.
pub(super) async fn remove(
    session: &mut Session,
    folder: &Path,
    names: &[String],
    now: Timestamp,
) -> Result<(), StoreError> {
    let old = aged(folder.to_owned(), now).await?;
    let names: Vec<String> = names.iter().filter(|name| old.contains(name)).cloned().collect();
    for name in unspoken(session, &names).await? {
        if let Err(error) = tokio::fs::remove_file(folder.join(&name)).await {
            tracing::warn!(%error, "could not remove a file from the claim check");
        }
    }
    Ok(())
}

/// Those of the names that no stored message speaks of. What is no digest is a file that was never renamed into place.
async fn unspoken(session: &mut Session, names: &[String]) -> Result<Vec<String>, StoreError> {
    let rows: Vec<[&str; 1]> = names.iter().map(|name| [name.as_str()]).collect();
    let asked = serde_json::to_string(&rows).unwrap_or_default();
    let found = session.rows(&SPOKEN_OF, &[asked.into()]).await?;
    let spoken: Vec<String> = found.into_iter().map(|mut row| row.text(0)).collect();
    Ok(names.iter().filter(|name| !spoken.contains(name)).cloned().collect())
}

/// The names of our own files that are old enough: a digest, or the temporary name of one.
async fn aged(folder: PathBuf, now: Timestamp) -> Result<Vec<String>, StoreError> {
    let list = move || -> std::io::Result<Vec<String>> {
        let before = SystemTime::from(now).checked_sub(AGE).unwrap_or(SystemTime::UNIX_EPOCH);
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let Ok(meta) = entry.metadata() else { continue };
            if ours(&name) && meta.is_file() && meta.modified()? < before {
                names.push(name);
            }
        }
        Ok(names)
    };
    tokio::task::spawn_blocking(list)
        .await
        .map_err(|error| StoreError::Blob(std::io::Error::other(error)))?
        .map_err(StoreError::Blob)
}

fn ours(name: &str) -> bool {
    let temporary = name.strip_prefix('.').and_then(|rest| rest.split_once('.'));
    let digest = temporary.map_or(name, |(digest, _)| digest);
    Digest::from_hex(digest).is_some()
}

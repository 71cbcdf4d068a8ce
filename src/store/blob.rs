//! Claim check: originals too large for their row.
//!
//! SQLite: a file per digest under `blobs/`, written by temporary name, synced, renamed and its folder synced, all before the commit that
//! speaks of it; what a crash leaves over is swept. PostgreSQL: pieces of 1 MiB in the same transaction.

use crate::domain::digest::Digest;
use crate::store::StoreError;
use crate::store::engine::Session;
use crate::store::engine::Value;
use crate::store::statements as sql;
use bytes::Bytes;
use rustix::fs::Timespec;
use rustix::fs::Timestamps;
use rustix::fs::UTIME_NOW;
use rustix::fs::UTIME_OMIT;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;

const PIECE: usize = 1024 * 1024;

/// Writes the file for a digest, unless it is already there whole.
pub(super) async fn write_file(
    folder: PathBuf,
    sha256: Digest,
    bytes: Bytes,
) -> Result<(), StoreError> {
    tokio::task::spawn_blocking(move || write_synced(&folder, &sha256, &bytes))
        .await
        .map_err(|error| StoreError::Blob(std::io::Error::other(error)))?
        .map_err(StoreError::Blob)
}

fn write_synced(folder: &Path, sha256: &Digest, bytes: &[u8]) -> std::io::Result<()> {
    let path = folder.join(sha256.to_string());
    if path.metadata().is_ok_and(|meta| meta.len() == bytes.len() as u64) {
        // Young again: the sweep of what nothing speaks of leaves it alone until its message is stored.
        touch(&File::options().append(true).open(&path)?)?;
        return File::open(folder)?.sync_all();
    }
    let temporary = folder.join(format!(".{}.{}", sha256, uuid::Uuid::new_v4()));
    let mut file = File::create_new(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&temporary, &path)?;
    File::open(folder)?.sync_all()
}

fn touch(file: &File) -> std::io::Result<()> {
    let at = |tv_nsec| Timespec { tv_sec: 0, tv_nsec };
    let times = Timestamps { last_access: at(UTIME_OMIT), last_modification: at(UTIME_NOW) };
    Ok(rustix::fs::futimens(file, &times)?)
}

/// Reads the file of a digest.
pub(super) async fn read_file(folder: PathBuf, sha256: &str) -> Result<Vec<u8>, StoreError> {
    let path = folder.join(sha256);
    tokio::fs::read(path).await.map_err(StoreError::Blob)
}

/// Writes the pieces of an original in the running transaction; on SQLite its file is there already.
pub(super) async fn write_pieces(
    session: &mut Session,
    sha256: &Digest,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let Session::Postgres(_) = session else { return Ok(()) };
    for (number, piece) in (0i64..).zip(bytes.chunks(PIECE)) {
        let values = [sha256.to_string().into(), number.into(), Value::Bytes(piece.to_vec())];
        session.run(&sql::INSERT_BLOB_PIECE, &values).await?;
    }
    Ok(())
}

/// Reads the pieces of an original.
pub(super) async fn read_pieces(
    session: &mut Session,
    sha256: &str,
) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    for mut row in session.rows(&sql::READ_BLOB_PIECES, &[sha256.into()]).await? {
        bytes.extend(row.maybe_bytes(0).unwrap_or_default());
    }
    Ok(bytes)
}

//! The municipality's own file of persons with protected identity, as a source that is asked before a letter: read again whenever it changes.
//!
//! It fails closed. A file that is missing, old, empty, readable by others, or holds a line that is no number answers nothing about anybody:
//! who cannot be found in half a list may stand in the other half.

use crate::clock::Clock;
use crate::domain::person_id::PersonIdentity;
use crate::pipeline::letters::protection::ProtectionSource;
use crate::store::Protection;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use std::collections::HashSet;
use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

/// More than any municipality's list.
const MOST_BYTES: u64 = 64 << 20;

/// Why the file answers nothing. No text quotes it.
#[derive(Debug, thiserror::Error)]
pub enum RegisterFault {
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Read(#[from] io::Error),
    /// Others on this machine can read it.
    #[error("others than its owner and group can read or write it: chmod o-rwx")]
    Open,
    /// It is not kept up to date.
    #[error("was last written more than register_max_age ago")]
    Old,
    /// It is far too large.
    #[error("is larger than 64 MiB")]
    TooLarge,
    /// It names nobody: an export that failed looks like this.
    #[error("holds no number at all")]
    Empty,
    /// It is neither JSON nor lines.
    #[error("is no list of numbers: a JSON array, or one number a line")]
    Form,
    /// Somebody writes it at this moment.
    #[error("was written while it was read; it is read again")]
    Changing,
    /// An entry is no personnummer or samordningsnummer.
    #[error("entry {0} is no sound personnummer or samordningsnummer")]
    Entry(usize),
}

/// The file.
#[derive(Clone)]
pub struct RegisterFile {
    path: PathBuf,
    max_age: SignedDuration,
    clock: Clock,
    kept: Arc<Mutex<Option<Kept>>>,
}

/// What was read, and by what the file is known not to have changed: device, inode, size, and both times.
struct Kept {
    stamp: [i64; 7],
    numbers: Arc<HashSet<String>>,
}

impl RegisterFile {
    /// The file at a path; it is not opened yet.
    pub fn new(path: PathBuf, max_age: SignedDuration, clock: &Clock) -> Self {
        Self { path, max_age, clock: clock.clone(), kept: Arc::default() }
    }

    /// The numbers in it as it is now, in their search form. Blocks.
    ///
    /// # Errors
    /// Why it answers nothing.
    pub fn numbers(&self) -> Result<Arc<HashSet<String>>, RegisterFault> {
        let about = std::fs::metadata(&self.path)?;
        if about.mode() & 0o007 != 0 {
            return Err(RegisterFault::Open);
        }
        let now = self.clock.now();
        let written = Timestamp::new(about.mtime(), 0).unwrap_or(Timestamp::UNIX_EPOCH);
        if now.duration_since(written) > self.max_age {
            return Err(RegisterFault::Old);
        }
        if about.len() > MOST_BYTES {
            return Err(RegisterFault::TooLarge);
        }
        let stamp = stamp(&about);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.stamp == stamp) {
            return Ok(Arc::clone(&kept.numbers));
        }
        *kept = None;
        let text = steady(&self.path, &stamp, |path| std::fs::read_to_string(path))?;
        let numbers = Arc::new(parse(&text, now)?);
        *kept = Some(Kept { stamp, numbers: Arc::clone(&numbers) });
        Ok(numbers)
    }
}

/// What a file holds, if nobody wrote it while it was read: what was written meanwhile may be half a list.
fn steady(
    path: &Path,
    before: &[i64; 7],
    read: impl FnOnce(&Path) -> io::Result<String>,
) -> Result<String, RegisterFault> {
    let text = read(path)?;
    let after = stamp(&std::fs::metadata(path)?);
    if after == *before { Ok(text) } else { Err(RegisterFault::Changing) }
}

/// By what a file is known not to have changed.
fn stamp(about: &Metadata) -> [i64; 7] {
    [
        about.dev().cast_signed(),
        about.ino().cast_signed(),
        i64::try_from(about.len()).unwrap_or(i64::MAX),
        about.mtime(),
        about.mtime_nsec(),
        about.ctime(),
        about.ctime_nsec(),
    ]
}

/// A JSON array of numbers, or of objects with a member `id`; else one number a line, the first of a CSV's columns. Every usual spelling will do.
fn parse(text: &str, now: Timestamp) -> Result<HashSet<String>, RegisterFault> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let entries: Vec<String> = if text.starts_with('[') {
        let items: Vec<Value> = serde_json::from_str(text).map_err(|_| RegisterFault::Form)?;
        let id = |item: &Value| item.as_str().or_else(|| item["id"].as_str()).map(str::to_owned);
        items.iter().map(|item| id(item).unwrap_or_default()).collect()
    } else {
        let column = |line: &str| {
            let first = line.split([';', ',', '\t']).next().unwrap_or_default();
            first.trim().trim_matches('"').trim().to_owned()
        };
        let lines = text.lines().map(column).enumerate();
        // A heading holds no digit; nor do lines that say nothing.
        let told = lines.filter(|(at, cell)| {
            let number = cell.bytes().any(|byte| byte.is_ascii_digit());
            number || !(*at == 0 || cell.is_empty() || cell.starts_with('#'))
        });
        told.map(|(_, cell)| cell).collect()
    };
    if entries.is_empty() {
        return Err(RegisterFault::Empty);
    }
    let on = now.to_zoned(TimeZone::UTC).date();
    let read = |(at, entry): (usize, String)| {
        let (identity, fault) = PersonIdentity::read(&entry, on);
        match (identity.digits12(), fault) {
            (Some(_), None) => Ok(identity.search_form()),
            (Some(_) | None, _) => Err(RegisterFault::Entry(at + 1)),
        }
    };
    entries.into_iter().enumerate().map(read).collect()
}

#[async_trait::async_trait]
impl ProtectionSource for RegisterFile {
    fn name(&self) -> &'static str {
        "register"
    }

    async fn ask(&self, identity: &PersonIdentity) -> Protection {
        let (file, number) = (self.clone(), identity.search_form());
        if identity.digits12().is_none() {
            return Protection::Unknown;
        }
        let looked = tokio::task::spawn_blocking(move || file.numbers()).await;
        match looked {
            Ok(Ok(numbers)) if numbers.contains(&number) => Protection::Protected,
            Ok(Ok(_)) => Protection::NotProtected,
            Ok(Err(error)) => {
                tracing::error!(%error, "the register of protected persons answers nothing; a person approves each letter");
                Protection::Unknown
            }
            Err(_) => Protection::Unknown,
        }
    }
}

#[cfg(test)]
#[path = "register_tests.rs"]
mod tests;

//! The list of what a bundle holds: the one document whose signature covers everything in it.

use super::Contents;
use super::KEYS;
use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeSet;

/// The longest path: unpacked below a folder it still fits the systems people use.
const PATH_MAX: usize = 180;

/// The form that [`Manifest`] describes.
const FORMAT: &str = "kvittens-bundle-1";

/// What `manifest.json` says. Written in the canonical form of RFC 8785, so that its bytes are what was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Manifest {
    format: String,
    /// The message's reference.
    pub reference: Reference,
    /// The references of its notices.
    pub notices: Vec<Reference>,
    /// When the bundle was made: UTC, whole seconds.
    pub made_at: Timestamp,
    /// By whom.
    pub municipality: Municipality,
    /// All files but the manifest and its signature, in the order in which they lie in the bundle.
    pub(super) entries: Vec<Listed>,
}

/// The municipality that vouches for a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Municipality {
    /// Its name.
    pub name: String,
    /// Its code of four digits (SCB).
    pub code: String,
}

/// A file of the bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Listed {
    pub(super) path: String,
    pub(super) size_bytes: u64,
    pub(super) sha256: Digest,
    pub(super) what: String,
}

impl Manifest {
    /// The list of a bundle made `now`.
    pub(super) fn new(contents: &Contents, now: Timestamp, entries: Vec<Listed>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            reference: contents.reference.clone(),
            notices: contents.notices.clone(),
            made_at: Timestamp::from_second(now.as_second()).unwrap_or(now),
            municipality: contents.municipality.clone(),
            entries,
        }
    }

    /// Whether it is of the form that this program knows: the keys first, all else by path, each path safe and once.
    pub(super) fn is_known(&self) -> bool {
        let Some((first, rest)) = self.entries.split_first() else { return false };
        let mut taken = BTreeSet::new();
        self.format == FORMAT
            && first.path == KEYS
            && rest.is_sorted_by(|one, next| one.path < next.path)
            && self
                .entries
                .iter()
                .all(|entry| is_safe(&entry.path) && taken.insert(entry.path.to_ascii_lowercase()))
    }

    /// Whether something may speak of this reference: the message's, or that of one of its notices.
    pub(super) fn covers(&self, reference: &Reference) -> bool {
        self.reference == *reference || self.notices.contains(reference)
    }

    /// The size of all files in bytes, as listed.
    pub fn size_bytes(&self) -> u64 {
        self.entries.iter().fold(0, |sum, entry| sum.saturating_add(entry.size_bytes))
    }
}

/// Whether a path stays below the folder into which it is unpacked, on every system: parts of ASCII letters, digits, `.`, `_`, `-`,
/// none of which begins or ends with a dot.
pub(super) fn is_safe(path: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let part_is_safe = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.ends_with('.')
            && part.bytes().all(letter)
    };
    path.len() <= PATH_MAX && path.split('/').all(part_is_safe)
}

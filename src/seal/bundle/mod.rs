//! One file that proves one notice, to be checked without the gateway, its network or its database.
//!
//! A zip file (entries uncompressed, so any program opens it) with, in this order: `manifest.json`, which lists everything else by
//! path, size and SHA-256; `manifest.jws`, the municipality's signature over it; `keys.json`, the public keys; then what the
//! municipality holds of the notice: `original/…`, `notice.json`, `envelope.json`, `receipts/…`, `answers/…`, `deliveries.json`,
//! `journal.jsonl`, `chain.json`. JSON files below `receipts/` are receipts with a signature of their own; JSON that was sent
//! without one (receipt files of drop folders, answers to Kronofogden) belongs below `answers/`.
//!
//! The bundle holds personal data: it is for the case, a court or the sender, never for publication.

mod archive;
mod check;
pub mod journal;
mod manifest;
mod report;
mod verify;

use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::seal::canonical;
use crate::seal::canonical::NotCanonical;
use crate::seal::jws;
use crate::seal::jws::Purpose;
use crate::seal::jws::SignError;
use crate::seal::keys::KeyRing;
use archive::Stored;
use bytes::Bytes;
use jiff::Timestamp;
use manifest::Listed;
pub use manifest::Manifest;
pub use manifest::Municipality;
pub use report::Fault;
pub use report::Remark;
pub use report::Report;
pub use report::Signer;
use std::collections::BTreeSet;
use std::fmt;
pub use verify::verify;

/// The list of all else.
const MANIFEST: &str = "manifest.json";
/// Its signature.
const SIGNATURE: &str = "manifest.jws";
/// The public keys.
const KEYS: &str = "keys.json";
/// The lines of the journal about this notice.
pub const JOURNAL: &str = "journal.jsonl";
/// Where the journal stood.
pub const CHAIN: &str = "chain.json";
/// Below it lies what arrived, byte for byte.
pub const ORIGINAL: &str = "original/";
/// Below it, `.json` files are receipts with a signature.
pub const RECEIPTS: &str = "receipts/";

/// Bounds on a bundle that is checked. Look at the file's size before reading it into memory.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Size of the whole file.
    pub bytes_max: u64,
    /// Number of files in it.
    pub entries_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes_max: 1024 * 1024 * 1024, entries_max: 10_000 }
    }
}

/// A file of the bundle.
#[derive(Clone)]
pub struct Entry {
    /// Where it lies: letters of ASCII, digits, `.`, `_`, `-` and `/`. Never a file name that somebody sent.
    pub path: String,
    /// Its content.
    pub bytes: Bytes,
    /// What it is, in a few plain words without personal data.
    pub what: String,
}

/// Path and size only: the content is about a person.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, bytes, what: _ } = self;
        write!(f, "Entry({path}, {} bytes)", bytes.len())
    }
}

/// What goes into a bundle.
#[derive(Clone, Debug)]
pub struct Contents {
    /// The message's reference.
    pub reference: Reference,
    /// The references of the notices found in it, where they have their own.
    pub notices: Vec<Reference>,
    /// Which municipality vouches for it.
    pub municipality: Municipality,
    /// The files, in any order.
    pub entries: Vec<Entry>,
}

/// Why no bundle was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// A path that could lead out of the folder into which the bundle is unpacked, or that is one of the bundle's own.
    #[error("file number {0} of the bundle has a path that cannot be used")]
    Path(usize),
    /// Two files of one path; upper and lower case count as the same, as on many disks.
    #[error("file number {0} of the bundle has the path of another one")]
    Twice(usize),
    /// More than a plain zip file can hold: 4 GiB, or 65,534 files.
    #[error("the bundle is too large")]
    TooLarge,
    /// It could not be signed.
    #[error("the bundle could not be signed")]
    Sign(#[source] SignError),
    /// The list of its files has no canonical form.
    #[error("the bundle's list of files could not be written")]
    Manifest(#[source] NotCanonical),
}

/// Writes a bundle and signs it `now`. The same contents at the same time give the same bytes.
pub fn write(contents: &Contents, ring: &KeyRing, now: Timestamp) -> Result<Vec<u8>, BundleError> {
    let mut taken = BTreeSet::new();
    for (at, entry) in contents.entries.iter().enumerate() {
        let own =
            [MANIFEST, SIGNATURE, KEYS].iter().any(|own| entry.path.eq_ignore_ascii_case(own));
        if own || !manifest::is_safe(&entry.path) {
            return Err(BundleError::Path(at + 1));
        }
        if !taken.insert(entry.path.to_ascii_lowercase()) {
            return Err(BundleError::Twice(at + 1));
        }
    }
    let keys = Entry {
        path: KEYS.to_owned(),
        bytes: canonical::bytes(&ring.jwk_set().to_json()).map_err(BundleError::Manifest)?.into(),
        what: "the municipality's public keys (RFC 7517)".to_owned(),
    };
    let mut entries: Vec<&Entry> = contents.entries.iter().collect();
    entries.sort_by(|one, other| one.path.cmp(&other.path));
    entries.insert(0, &keys);
    let listed = entries.iter().map(|entry| Listed {
        path: entry.path.clone(),
        size_bytes: entry.bytes.len() as u64,
        sha256: Digest::of(&entry.bytes),
        what: entry.what.clone(),
    });
    let manifest = Manifest::new(contents, now, listed.collect());
    let value = serde_json::to_value(&manifest).map_err(|_| BundleError::Manifest(NotCanonical))?;
    let text = canonical::bytes(&value).map_err(BundleError::Manifest)?;
    let signature = jws::sign(&value, Purpose::Bundle, ring, now).map_err(BundleError::Sign)?;
    let mut stored = vec![
        Stored { name: MANIFEST, data: &text },
        Stored { name: SIGNATURE, data: signature.as_bytes() },
    ];
    stored.extend(entries.iter().map(|entry| Stored { name: &entry.path, data: &entry.bytes }));
    archive::write(&stored).ok_or(BundleError::TooLarge)
}

#[cfg(test)]
#[path = "sample_tests.rs"]
mod sample;
#[cfg(test)]
#[path = "tampering_tests.rs"]
mod tampering;
#[cfg(test)]
#[path = "bundle_tests.rs"]
mod tests;

//! The journal's lines about one notice, taken out of the chain so that each can be checked by itself.
//!
//! In the journal every entry's hash covers the entry before it. The lines of one notice are not neighbours there, and the lines
//! between are about others, so each line brings along the hash before its own.
//!
//! **What that proves:** the entry is the very text that has this hash at this place after that previous hash; none can be altered
//! without another hash, and `chain.json` says where the municipality's chain stood. Anyone who later sees the journal (an auditor,
//! a court) can compare hash and number at each place. **What not:** without the lines between, the bundle alone does not show that
//! the places hang together, nor that no line about the notice was left out. For both it stands on the municipality's signature.

use crate::domain::digest::Digest;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;

/// A line of `journal.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalLine {
    /// Its place in the chain, from 1.
    pub seq: i64,
    /// The hash of the line before it in the chain, of whichever notice; 64 zeros before the first.
    pub previous: Digest,
    /// SHA-256 of the previous hash (its 32 bytes) and the entry.
    pub hash: Digest,
    /// The entry's text as stored.
    pub entry: String,
}

impl JournalLine {
    /// Whether its hash is the one that previous hash and entry give.
    pub(super) fn hash_fits(&self) -> bool {
        Digest::of_all([self.previous.as_bytes().as_slice(), self.entry.as_bytes()]) == self.hash
    }
}

/// `chain.json`: where the journal stood when the bundle was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChainState {
    /// The number of the last line of the whole journal.
    pub seq: i64,
    /// Its hash.
    pub hash: Digest,
    /// When the whole chain was checked for the bundle: UTC.
    pub checked_at: Timestamp,
    /// Whether it held.
    pub holds: bool,
}

/// A line or a chain state that JSON cannot hold; cannot happen with those of our journal.
#[derive(Debug, thiserror::Error)]
#[error("the journal's lines could not be written")]
pub struct NotWritten(#[source] serde_json::Error);

/// The content of `journal.jsonl`: one line each, by number.
pub fn lines(lines: &[JournalLine]) -> Result<Vec<u8>, NotWritten> {
    let mut text = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut text, line).map_err(NotWritten)?;
        text.push(b'\n');
    }
    Ok(text)
}

/// The content of `chain.json`.
pub fn chain(state: &ChainState) -> Result<Vec<u8>, NotWritten> {
    serde_json::to_vec(state).map_err(NotWritten)
}

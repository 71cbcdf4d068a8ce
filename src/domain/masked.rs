//! Text about a person or a sender, masked wherever it could leak.
//!
//! A notice is full of names, addresses and telephone numbers. They are needed in the canonical notice and in the hand-over,
//! and nowhere else: so they live in [`Masked`], whose `Debug` and `Display` print `***`. Serialization
//! gives the real text, since what is serialized is stored or handed over, never logged.

use serde::Deserialize;
use serde::Serialize;
use std::fmt;

/// Text that must not reach logs, metrics, error texts or URLs.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Masked(String);

impl Masked {
    /// Wraps a text that concerns a person or a sender.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself: for the store, the hand-over and the acknowledgement's address line, never for a log.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl From<&str> for Masked {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Masked {
    fn from(text: String) -> Self {
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Masked;

    #[test]
    fn neither_debug_nor_display_shows_the_text() {
        let name = Masked::new("Testa Testsson");
        assert_eq!(format!("{name} {name:?}"), "*** ***");
        assert_eq!(name.reveal(), "Testa Testsson");
    }
}

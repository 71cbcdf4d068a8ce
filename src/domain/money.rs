//! Amounts in whole öre.

use serde::Deserialize;
use serde::Serialize;

/// An amount in whole öre; written as `17824.00`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Money(i64);

impl Money {
    /// From whole öre.
    pub fn from_ore(ore: i64) -> Self {
        Self(ore)
    }
    /// Whole öre.
    pub fn ore(self) -> i64 {
        self.0
    }
    /// Reads the canonical spelling `17824.00` and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

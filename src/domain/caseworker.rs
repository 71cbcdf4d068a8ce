//! The responsible caseworker (ansvarig handläggare): whom the confirmation to Kronofogden names (SFS 2025:468 11 kap. 3 §).

use serde::Deserialize;
use serde::Serialize;
use std::fmt;

/// Who is named, and why. `Debug` shows the id only: what else there is goes to those who are told, not into logs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Caseworker {
    /// The municipality's own word for the person: `[a-z0-9-]`.
    pub id: String,
    /// Name, as it is told.
    pub name: String,
    /// The name of the unit.
    pub unit: String,
    /// Telephone.
    pub telephone: String,
    /// Why this one: `openCase`, `onDuty`, `nextWorkingDay`, `deputy` or `person`.
    pub because: String,
}

impl fmt::Debug for Caseworker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Caseworker({}, {})", self.id, self.because)
    }
}

//! Where a notice goes: board, unit, routine and the codes of the case system, as the municipality's profile decides.

use crate::domain::acknowledgement::words;
use serde::Deserialize;
use serde::Serialize;

/// The outcome of routing. Names are the municipality's own (code lists are resolved by the case system's adapter).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assignment {
    /// The board (nämnd): an authority and data controller of its own.
    pub board: String,
    /// The unit that coordinates, registers and handles; also the queue's name. Lower-case letters, digits and hyphens.
    pub unit: String,
    /// Units that take part.
    #[serde(default)]
    pub co_units: Vec<String>,
    /// Which of the routines applies.
    pub routine: Routine,
    /// Name of the intake type in the case system, such as `Underrättelse`.
    pub intake_type: String,
    /// Name of the reason code in the case system, such as `Obetalda hyresskulder`.
    pub reason_code: String,
    /// How soon it must be seen.
    pub priority: Priority,
}

/// The routines known from Göteborg's handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Routine {
    /// Children are known to live there.
    FamilyWithChildren,
    /// Known to be without children.
    HouseholdWithoutChildren,
    /// Information from Kronofogden.
    Enforcement,
    /// Nothing known about children.
    Unknown,
}

words!(Routine {
    FamilyWithChildren = "familyWithChildren",
    HouseholdWithoutChildren = "householdWithoutChildren",
    Enforcement = "enforcement",
    Unknown = "unknown",
});

/// How soon a notice must be seen; urgent ones are published and delivered first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Priority {
    /// An eviction or removal is near, or a child is concerned.
    Urgent,
    /// Everything else.
    Normal,
}

words!(Priority { Urgent = "urgent", Normal = "normal" });

impl Priority {
    /// 0 is served first.
    pub fn rank(self) -> i64 {
        match self {
            Self::Urgent => 0,
            Self::Normal => 1,
        }
    }
}

//! How something that touched the outside went wrong, classified once, at the edge where it happened.
//!
//! Adapters (SMTP, case system, broker) know what their protocol's answers mean; everyone further in only obeys the class.

use serde::Deserialize;
use serde::Serialize;
use std::fmt;

/// The three ways an attempt can fail. The text is for operators and never holds personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "class", content = "reason")]
pub enum Failure {
    /// It certainly did not happen and may succeed later: connection refused, 451, 503 before the body was sent.
    Transient(String),
    /// It certainly did not happen and repeating it unchanged is useless: 550, 400, an unknown code name.
    Permanent(String),
    /// It may have happened: a time-out, a reset or a 5xx after the body was sent. Look before repeating.
    Uncertain(String),
}

impl Failure {
    /// What an operator reads.
    pub fn reason(&self) -> &str {
        match self {
            Self::Transient(reason) | Self::Permanent(reason) | Self::Uncertain(reason) => reason,
        }
    }

    /// The class as a stable word for metrics and the journal.
    pub fn class(&self) -> &'static str {
        match self {
            Self::Transient(_) => "transient",
            Self::Permanent(_) => "permanent",
            Self::Uncertain(_) => "uncertain",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.class(), self.reason())
    }
}

impl std::error::Error for Failure {}

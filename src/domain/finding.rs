//! What we noticed while reading a notice: a failed check digit, an impossible date, an unknown member.
//!
//! A finding never refuses anything: the notice has legally arrived. It tells the sender (where the code and the path reveal
//! nothing new) and the person who reviews what was odd. Texts are fixed per code and quote nothing from the notice.

use serde::Deserialize;
use serde::Serialize;

/// How much a finding matters for what happens to the notice.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Worth knowing, nothing to do.
    Info,
    /// A value could not be used or looks wrong; the notice goes on without it.
    Warning,
    /// The notice cannot be handed over before a person has looked.
    Error,
}

/// One remark about one value of a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Finding {
    /// Stable code such as `personIdentity.checkDigit`; the part before the dot names the value, the part after it the fault.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// JSON Pointer (RFC 6901) into the notice; empty for the notice as a whole.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// One plain sentence in English that quotes nothing from the notice.
    pub message: String,
}

impl Finding {
    /// A remark that needs no action.
    pub fn info(code: &str, path: impl Into<String>, message: &str) -> Self {
        Self::new(Severity::Info, code, path, message)
    }

    /// A value that could not be used or looks wrong.
    pub fn warning(code: &str, path: impl Into<String>, message: &str) -> Self {
        Self::new(Severity::Warning, code, path, message)
    }

    /// A fault that a person must look at before hand-over.
    pub fn error(code: &str, path: impl Into<String>, message: &str) -> Self {
        Self::new(Severity::Error, code, path, message)
    }

    fn new(severity: Severity, code: &str, path: impl Into<String>, message: &str) -> Self {
        Self { code: code.to_owned(), severity, path: path.into(), message: message.to_owned() }
    }
}

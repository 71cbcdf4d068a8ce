//! What a door tells the one who knocked: the first answer, kept so that a repeat gets the same one; or why nothing was taken.

use crate::domain::digest::Digest;
use crate::domain::finding::Finding;
use crate::domain::notice::NoticeType;
use crate::domain::reference::Reference;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

/// The answer to a stored message. Kept with the message: a duplicate gets it again, word for word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The message's reference.
    pub reference: Reference,
    /// When it reached the municipality.
    pub received_at: Timestamp,
    /// The local day of that instant in the municipality's time zone.
    pub arrival_date: Date,
    /// Digest of the bytes as they came.
    pub sha256: Digest,
    /// The notices found in it. A single notice bears the message's reference.
    pub notices: Vec<AnsweredNotice>,
}

/// One notice in an [`Answer`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnsweredNotice {
    /// The notice's reference.
    pub reference: Reference,
    /// What kind it was read as.
    #[serde(rename = "type")]
    pub kind: NoticeType,
    /// What we noticed; never empty text, never values.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// Whether a person must look at it before it goes on. Told in receipt files, not in the API's answer.
    #[serde(default)]
    pub needs_review: bool,
}

/// Why a door took nothing, in terms that the HTTP door turns into RFC 9457 and the folder into a reason file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of refusal it is.
    pub kind: ProblemKind,
    /// One plain sentence: what is wrong and what to do. Quotes nothing from the message.
    pub detail: String,
    /// Each fault with its place.
    pub violations: Vec<Violation>,
}

/// The refusals a door knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The bytes are not what they claim to be: not parseable, wrong encoding, DOCTYPE (400).
    NotReadable,
    /// Larger than the limit (413).
    TooLarge,
    /// A format this door does not take (415).
    UnsupportedFormat,
    /// `schemaVersion` or `type` is missing, or a member has the wrong JSON type (422).
    NotProcessable,
    /// The key was used before with other content (422).
    KeyReused,
    /// The first request with this key is still running (409).
    StillRunning,
    /// A link, no permission, a folder: nothing that can be read (folder door only).
    NotAFile,
}

impl ProblemKind {
    /// Stable word for problem types, reason files and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotReadable => "not-readable",
            Self::TooLarge => "too-large",
            Self::UnsupportedFormat => "unsupported-format",
            Self::NotProcessable => "not-processable",
            Self::KeyReused => "key-reused",
            Self::StillRunning => "still-running",
            Self::NotAFile => "not-a-file",
        }
    }
}

/// One fault of a refused message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Violation {
    /// JSON Pointer or column, without values.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// One plain sentence.
    pub message: String,
}

impl Violation {
    /// A fault at a place.
    pub fn new(field: impl Into<String>, code: &str, message: &str) -> Self {
        Self { field: field.into(), code: code.to_owned(), message: message.to_owned() }
    }
}

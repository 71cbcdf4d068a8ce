//! Whether a mail really comes from the domain it says it comes from (RFC 6376, RFC 7208, RFC 9989), as stored with the message.
//!
//! The verdict decides what an acknowledgement may say and whether a mail counts as a known partner's. It never decides
//! whether a mail is kept: all are.

use serde::Deserialize;
use serde::Serialize;

/// What was found out about a mail's author domain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Proof {
    /// What it comes to.
    pub verdict: Verdict,
    /// DKIM: a valid signature that is aligned with the author's domain.
    pub dkim: Check,
    /// SPF as our own receiving host wrote it down, aligned with the author's domain.
    pub spf: Check,
    /// DMARC: the author domain's own policy, applied to the two.
    pub dmarc: Check,
}

/// What the checks come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// The author's domain vouches for the mail.
    Proven,
    /// Nothing vouches for it and nothing speaks against it.
    #[default]
    Unproven,
    /// The author's domain says that such a mail is not its own.
    Forged,
    /// The name service did not answer in time: treated as unproven.
    Unknown,
}

/// What one check gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Check {
    /// It vouches for the author's domain.
    Pass,
    /// It was made and did not pass.
    Fail,
    /// There was nothing to check.
    #[default]
    None,
    /// It could not be made: no answer from the name service.
    Unavailable,
}

impl Verdict {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Unproven => "unproven",
            Self::Forged => "forged",
            Self::Unknown => "unknown",
        }
    }
}

impl Check {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::None => "none",
            Self::Unavailable => "unavailable",
        }
    }
}

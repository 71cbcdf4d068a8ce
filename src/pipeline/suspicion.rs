//! Malware is looked for before any reader or hand-over touches a message. What holds some, or could not be looked through, goes to a person
//! unread, and its original is not handed on.

use crate::domain::finding::Finding;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::received::Received;
use crate::malware::Scan;
use crate::normalize::Disposition;
use crate::normalize::ReadNotice;
use crate::normalize::Reading;
use crate::pipeline::Shared;

const MALWARE: &str = "message.malware";
const NOT_SCANNED: &str = "message.notScanned";

/// What stands in the place of a message that must not be read; `None` when there is no reason not to.
pub(super) async fn instead_of(shared: &Shared, received: &Received) -> Option<Reading> {
    let channel = received.envelope.channel;
    let finding = match shared.scanner.as_ref()?.scan(&received.raw).await {
        Scan::Clean => return None,
        Scan::Infected { signature } => {
            tracing::warn!(%channel, signature, "a message holds malware; it is kept and given to a person");
            Finding::error(
                MALWARE,
                "",
                "The message holds malware. It was not read and is not handed on; a person looks, with care.",
            )
        }
        Scan::Unscannable { reason } => {
            tracing::warn!(%channel, reason, "a message could not be looked through for malware");
            Finding::error(
                NOT_SCANNED,
                "",
                "The message could not be looked through for malware, so it was not read; a person looks, with care.",
            )
        }
    };
    let mut notice = Notice::of(NoticeType::Unknown);
    notice.findings.push(finding);
    let read = ReadNotice { notice, disposition: Disposition::NeedsReview };
    Some(Reading { notices: vec![read], sender_reference: None })
}

/// Why a person must look at it, when it is for malware: the reason that lists show.
pub(super) fn reason(notice: &Notice) -> Option<&'static str> {
    notice.findings.iter().find_map(|finding| match finding.code.as_str() {
        MALWARE => Some("malware"),
        NOT_SCANNED => Some("notScanned"),
        _ => None,
    })
}

/// Why a stored notice is not handed over, even when a person lets it go: nothing of it was read, and its original may do harm.
pub fn kept_back(notice_json: &str) -> Option<String> {
    let codes = [MALWARE, NOT_SCANNED];
    if !codes.iter().any(|code| notice_json.contains(code)) {
        return None;
    }
    let notice: Notice = serde_json::from_str(notice_json).ok()?;
    reason(&notice).map(str::to_owned)
}

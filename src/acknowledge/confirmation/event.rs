//! The call that tells Kronofogden's system of a confirmation: its number, its reference, and where to fetch it. Nothing of the person, and nothing of
//! what the confirmation says.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::reference::Reference;
use crate::http::urls::ApiRoot;
use jiff::Timestamp;
use serde_json::json;

/// The event's type.
pub const EVENT: &str = "kvittens.confirmation.v1";

/// The call's body. `at` is when the confirmation was written.
pub(super) fn payload(
    root: &ApiRoot,
    (reference, version, number): (&Reference, u32, i64),
    at: Timestamp,
) -> String {
    json!({
        "type": EVENT,
        "timestamp": at.to_string(),
        "data": {
            "number": number, "reference": reference, "version": version, "url": root.confirmation(number),
        },
    })
    .to_string()
}

/// The call's id: the same for each repeat, and another for each confirmation.
pub fn id(key: &AcknowledgementKey) -> String {
    format!("confirmation-{}-{}", key.reference, key.version)
}

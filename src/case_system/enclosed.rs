//! The CloudEvents that tell an integration platform what was sent about a notice and what a person corrected of it, with the documents in them.

use crate::case_system::enclosure::Document;
use crate::case_system::enclosure::Enclosure;
use crate::domain::enclosure::EnclosureKey;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use serde_json::json;

/// What kind of event it is: something was sent, or a person corrected what was handed over.
const SENT: &str = "se.kvittens.acknowledgement.sent.v1";
const CORRECTED: &str = "se.kvittens.notice.corrected.v1";

/// In structured content mode; `source` is JSON already. The id is the piece's own.
pub(super) fn event(enclosure: &Enclosure, source: &str) -> String {
    let document = |document: &Document| {
        json!({
            "title": document.title,
            "file": document.file,
            "mediaType": document.media_type,
            "identity": document.person.as_ref().map(|number| number.reveal().to_owned()),
            "content": STANDARD.encode(&document.bytes),
        })
    };
    let documents: Vec<Value> = enclosure.documents.iter().map(document).collect();
    let (reference, case_id) = (enclosure.key.reference(), &enclosure.case_id);
    let at = enclosure.sent_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let (event_type, data) = match &enclosure.key {
        EnclosureKey::Sent(key) => (
            SENT,
            json!({
                "reference": reference,
                "caseId": case_id,
                "recipient": key.recipient.as_str(),
                "purpose": key.purpose.as_str(),
                "way": key.way.as_str(),
                "version": key.version,
                "sentAt": at,
                "documents": documents,
            }),
        ),
        EnclosureKey::Corrected { version, .. } => (
            CORRECTED,
            json!({
                "reference": reference,
                "caseId": case_id,
                "version": version,
                "correctedAt": at,
                "changed": enclosure.changed,
                "notice": serde_json::from_str::<Value>(&enclosure.hand_over.notice_json).unwrap_or_default(),
                "documents": documents,
            }),
        ),
    };
    json!({
        "specversion": "1.0",
        "id": enclosure.key.subject(),
        "source": serde_json::from_str::<Value>(source).unwrap_or_default(),
        "type": event_type,
        "subject": reference,
        "time": at,
        "datacontenttype": "application/json",
        "data": data,
    })
    .to_string()
}

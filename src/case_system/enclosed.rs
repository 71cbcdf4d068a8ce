//! The CloudEvent that tells an integration platform what was sent about a notice, with the documents in it.

use crate::case_system::enclosure::Document;
use crate::case_system::enclosure::Enclosure;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use serde_json::json;

/// What kind of event it is.
const EVENT_TYPE: &str = "se.kvittens.acknowledgement.sent.v1";

/// In structured content mode; `source` is JSON already. The id is the acknowledgement's own.
pub(super) fn event(enclosure: &Enclosure, source: &str) -> String {
    let key = &enclosure.key;
    let document = |document: &Document| {
        json!({
            "title": document.title,
            "file": document.file,
            "mediaType": document.media_type,
            "identity": document.person.as_ref().map(|number| number.reveal().to_owned()),
            "content": STANDARD.encode(&document.bytes),
        })
    };
    let sent_at = enclosure.sent_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    json!({
        "specversion": "1.0",
        "id": key.subject(),
        "source": serde_json::from_str::<Value>(source).unwrap_or_default(),
        "type": EVENT_TYPE,
        "subject": key.reference,
        "time": sent_at,
        "datacontenttype": "application/json",
        "data": {
            "reference": key.reference,
            "caseId": enclosure.case_id,
            "recipient": key.recipient.as_str(),
            "purpose": key.purpose.as_str(),
            "way": key.way.as_str(),
            "version": key.version,
            "sentAt": sent_at,
            "documents": enclosure.documents.iter().map(document).collect::<Vec<_>>(),
        }
    })
    .to_string()
}

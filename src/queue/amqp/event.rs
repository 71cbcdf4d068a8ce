//! A notice as the broker carries it: a CloudEvent in AMQP binary mode, its attributes as headers, its data as the body.
//!
//! Source: CloudEvents 1.0 with its AMQP protocol binding; `datacontenttype` is AMQP's own content type.

use crate::queue::Publication;
use crate::queue::amqp::config::Body;
use crate::queue::amqp::config::Config;
use bytes::Bytes;
use lapin::BasicProperties;
use lapin::types::AMQPValue;
use lapin::types::FieldTable;

/// The event's type.
pub const TYPE: &str = "se.kvittens.notice.registered.v1";

/// AMQP's delivery mode of a message that outlives the broker.
const PERSISTENT: u8 = 2;

/// Where the exchange sends it: `<unit>.<type>`.
pub(super) fn routing_key(publication: &Publication) -> String {
    format!("{}.{}", publication.unit, publication.kind)
}

/// Headers and properties. Publishing a notice again gives the same `id`, so that a receiver sees that it is the same event.
pub(super) fn properties(config: &Config, publication: &Publication) -> BasicProperties {
    let reference = publication.reference.as_str();
    let time = publication.registered_at.to_string();
    let mut headers = FieldTable::default();
    for (name, value) in [
        ("cloudEvents_specversion", "1.0"),
        ("cloudEvents_type", TYPE),
        ("cloudEvents_source", config.source.as_str()),
        ("cloudEvents_id", reference),
        ("cloudEvents_subject", reference),
        ("cloudEvents_time", time.as_str()),
    ] {
        headers.insert(name.into(), AMQPValue::LongString(value.into()));
    }
    BasicProperties::default()
        .with_content_type("application/json".into())
        .with_delivery_mode(PERSISTENT)
        .with_message_id(reference.into())
        .with_headers(headers)
}

/// The event's data.
pub(super) fn body(config: &Config, publication: &Publication) -> Bytes {
    match config.body {
        Body::Event => publication.data.clone(),
        Body::Reference => {
            let data = serde_json::json!({ "reference": publication.reference.as_str() });
            Bytes::from(data.to_string())
        }
    }
}

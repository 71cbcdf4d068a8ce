//! The queue between the store and the case system's side.
//!
//! The store is the truth: a queue only carries references with their events. The embedded queue is the hand-over job in the store itself
//! and needs nothing here; [`amqp`] publishes to RabbitMQ and brings back what units consume.

pub mod amqp;

use crate::domain::reference::Reference;
use bytes::Bytes;
use jiff::Timestamp;

/// One notice to publish.
#[derive(Clone, Debug)]
pub struct Publication {
    /// `message_id` and the CloudEvent's `subject`.
    pub reference: Reference,
    /// Routing key: unit.
    pub unit: String,
    /// Routing key: notice type.
    pub kind: &'static str,
    /// When the notice was registered; the CloudEvent's `time`.
    pub registered_at: Timestamp,
    /// The event's data as JSON text.
    pub data: Bytes,
}

//! The queue on RabbitMQ (AMQP 0-9-1): carries references of registered notices to those who hand them to the case system.
//!
//! The store is the truth. A notice is published from its outbox and stays there until the broker has confirmed it; what the
//! broker hands out is looked up in the store before anything is done, and settled after the outcome is committed. So the
//! broker may be restarted, emptied or lost without losing a notice, and a message that comes twice does no harm.
//!
//! [`start`] begins a supervisor that keeps the connection and, beneath it, a keeper per queue.

mod config;
mod consumer;
mod event;
mod keeper;
mod link;
mod publisher;
mod supervisor;
mod topology;

pub use config::Body;
pub use config::BrokerUrl;
pub use config::Config;
pub use consumer::Consumed;
pub use consumer::Consumer;
pub use consumer::Origin;
pub use event::TYPE;
pub use publisher::Publisher;

use link::Shared;
use link::State;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Messages that wait between the keepers and [`Consumer::receive`]; the broker's prefetch bounds the rest.
const WAITING: usize = 64;

/// Begins keeping a connection to the broker and returns at once. Must be called within the runtime.
///
/// The broker need not be there: publications fail as transient and [`Consumer::receive`] waits until it is. A queue is kept
/// for each of `units`. The cancellation stops consuming, waits some seconds for what is in hand, and closes the connection
/// ([`Publisher::closed`] tells when).
pub fn start(
    config: Config,
    units: Vec<String>,
    cancel: CancellationToken,
) -> (Publisher, Consumer) {
    let (send, receive) = mpsc::channel(WAITING);
    let queues = topology::queues(&config, &units);
    let shared = Arc::new(Shared {
        config,
        queues,
        state: watch::Sender::new(State::Starting),
        unrouted: watch::Sender::new(None),
        wanted: watch::Sender::new(false),
        in_hand: TaskTracker::new(),
    });
    tokio::spawn(supervisor::run(Arc::clone(&shared), send, cancel.clone()));
    (Publisher::new(Arc::clone(&shared)), Consumer::new(shared, receive, cancel))
}

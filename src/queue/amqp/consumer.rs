//! The way off the queue: what units' queues and the parked queue hand out, until it is settled.
//!
//! A message not settled comes again: when its connection ends, or some seconds after it was dropped without an answer. The
//! store is the truth, so a message that comes twice finds its notice finished and is settled at once (Idempotent Receiver).

use crate::domain::reference::Reference;
use crate::queue::amqp::link::Shared;
use lapin::Acker;
use lapin::options::BasicAckOptions;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::task_tracker::TaskTrackerToken;

/// How long settling may take on a socket that does not move.
const SETTLE_LIMIT: Duration = Duration::from_secs(5);

/// Where a message came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A unit's queue.
    Unit(String),
    /// The parked queue: handed out too often; the store's own count decides what happens.
    Parked,
}

/// Receives from every queue, across connections. The first call of [`Consumer::receive`] begins consuming.
pub struct Consumer {
    shared: Arc<Shared>,
    messages: mpsc::Receiver<Consumed>,
    cancel: CancellationToken,
}

impl Consumer {
    pub(super) fn new(
        shared: Arc<Shared>,
        messages: mpsc::Receiver<Consumed>,
        cancel: CancellationToken,
    ) -> Self {
        Self { shared, messages, cancel }
    }

    /// The next message; `None` after the cancellation, for ever. Cancel safe. Waits while the broker is away.
    pub async fn receive(&mut self) -> Option<Consumed> {
        self.shared.wanted.send_if_modified(|wanted| !std::mem::replace(wanted, true));
        loop {
            let mut message = tokio::select! {
                biased;
                () = self.cancel.cancelled() => return None,
                message = self.messages.recv() => message?,
            };
            // What waited here while its connection ended comes again.
            if message.acker.as_ref().is_some_and(Acker::usable) {
                message.in_hand = Some(self.shared.in_hand.token());
                return Some(message);
            }
            message.acker = None;
        }
    }
}

/// A message in hand. Dropped without [`Consumed::acknowledge`], it comes again a little later, and counts towards the limit.
pub struct Consumed {
    /// Which notice it tells of.
    pub reference: Reference,
    /// Where it came from.
    pub origin: Origin,
    /// Whether the broker has handed it out before.
    pub again: bool,
    acker: Option<Acker>,
    abandoned: mpsc::UnboundedSender<Acker>,
    in_hand: Option<TaskTrackerToken>,
}

impl Consumed {
    pub(super) fn new(
        reference: Reference,
        origin: Origin,
        again: bool,
        acker: Acker,
        abandoned: mpsc::UnboundedSender<Acker>,
    ) -> Self {
        Self { reference, origin, again, acker: Some(acker), abandoned, in_hand: None }
    }

    /// Settles it, after its outcome is committed. Does nothing when the connection has ended: the broker hands it out again.
    pub async fn acknowledge(mut self) {
        let Some(acker) = self.acker.take() else { return };
        settle(&acker).await;
    }
}

/// Tells the broker that a message is done with.
pub(super) async fn settle(acker: &Acker) {
    let settled = timeout(SETTLE_LIMIT, acker.ack(BasicAckOptions::default())).await;
    if !matches!(settled, Ok(Ok(true))) {
        tracing::debug!("a message could not be settled and will come again");
    }
}

impl Drop for Consumed {
    fn drop(&mut self) {
        if let Some(acker) = self.acker.take() {
            // The keeper of its queue is gone when its connection is: the broker hands it out again by itself.
            drop(self.abandoned.send(acker));
        }
    }
}

impl fmt::Debug for Consumed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consumed")
            .field("reference", &self.reference)
            .field("origin", &self.origin)
            .field("again", &self.again)
            .finish_non_exhaustive()
    }
}

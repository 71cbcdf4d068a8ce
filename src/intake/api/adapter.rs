//! The pipeline's side of the HTTP door: hands over messages with the requests that wait for them.

use crate::domain::received::Received;
use crate::intake::IntakeAdapter;
use crate::intake::IntakeError;
use crate::intake::Receive;
use crate::intake::Settle;
use crate::intake::Settlement;
use crate::intake::api::DOOR;
use crate::intake::api::limits::Held;
use tokio::sync::mpsc;
use tokio::sync::oneshot;

/// A request that waits for its message to be settled, with all it holds meanwhile. Dropped unsettled, the caller gets a 503.
#[derive(Debug)]
pub struct Waiting {
    answer: oneshot::Sender<Settlement>,
    held: Held,
}

impl Waiting {
    /// A waiting request and the end at which its answer arrives.
    pub fn new(held: Held) -> (Self, oneshot::Receiver<Settlement>) {
        let (answer, settled) = oneshot::channel();
        (Self { answer, held }, settled)
    }

    fn settle(self, settlement: Settlement) {
        // The key and the place are free before the caller hears: its next request finds them so.
        drop(self.held);
        if self.answer.send(settlement).is_err() {
            tracing::debug!("a caller went away before its message was settled");
        }
    }
}

/// The HTTP door as the pipeline sees it.
#[derive(Debug)]
pub struct ApiDoor {
    receiver: mpsc::Receiver<(Received, Waiting)>,
}

impl ApiDoor {
    /// The pipeline's half over the channel that the server's half fills.
    pub fn new(receiver: mpsc::Receiver<(Received, Waiting)>) -> Self {
        Self { receiver }
    }
}

impl IntakeAdapter for ApiDoor {
    type Receipt = Waiting;
    type Receive = ApiReceive;
    type Settle = ApiSettle;

    fn door(&self) -> String {
        DOOR.to_owned()
    }

    async fn open(self) -> Result<(ApiReceive, ApiSettle), IntakeError> {
        Ok((ApiReceive { receiver: self.receiver }, ApiSettle))
    }
}

/// Brings the messages of waiting requests.
#[derive(Debug)]
pub struct ApiReceive {
    receiver: mpsc::Receiver<(Received, Waiting)>,
}

impl Receive for ApiReceive {
    type Receipt = Waiting;

    async fn receive(&mut self) -> Option<(Received, Waiting)> {
        self.receiver.recv().await
    }
}

/// Answers waiting requests.
#[derive(Debug)]
pub struct ApiSettle;

impl Settle for ApiSettle {
    type Receipt = Waiting;

    async fn settle(&mut self, settlements: Vec<(Waiting, Settlement)>) {
        for (waiting, settlement) in settlements {
            waiting.settle(settlement);
        }
    }
}

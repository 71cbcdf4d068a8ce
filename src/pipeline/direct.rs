//! The short way from the commit to the first attempt: new work is recorded as begun and starts from memory, without a claim of its own.
//!
//! Intent still comes before effect: the attempt is committed with the message itself, and a process that dies leaves it behind as any other
//! claim. The outbox stays the rule for everything else: something older that waits, more than memory should hold, a worker in another
//! process, a message of many notices. What has waited too long for a place, or is not begun when the process stops, is given back to it.

use crate::pipeline::Shared;
use crate::pipeline::work::Place;
use crate::pipeline::work::Places;
use crate::store::AcknowledgementJob;
use crate::store::Begun;
use crate::store::ClaimedJob;
use crate::store::DeliveryJob;
use crate::store::JobKind;
use crate::store::Outcome;
use crate::store::Record;
use crate::telemetry;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::Semaphore;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// How many pieces of work of one kind may lie between their message's commit and a place: two doors' hands full.
const ROOM: usize = 1024;

/// From the doors to those who work off new jobs in this process.
#[derive(Debug)]
pub struct Lanes {
    lease: SignedDuration,
    /// Acknowledgements.
    pub(super) acknowledge: Lane<AcknowledgementJob>,
    /// Hand-overs, with the embedded queue.
    pub(super) deliver: Lane<DeliveryJob>,
}

impl Lanes {
    /// `lease`: longer than any attempt can last; then how many of each run at once.
    pub fn new(lease: SignedDuration, acknowledgements: usize, deliveries: usize) -> Self {
        let patience = lease / 4;
        Self {
            lease,
            acknowledge: Lane::new(JobKind::Acknowledge, patience, acknowledgements),
            deliver: Lane::new(JobKind::Deliver, patience, deliveries),
        }
    }
}

/// One kind's way: a message takes room before its commit, its work arrives after it and begins when there is a place.
#[derive(Debug)]
pub(super) struct Lane<J> {
    kind: JobKind,
    /// How long work may wait, so that the lease outlasts the attempt.
    patience: SignedDuration,
    /// Where its work runs; shared with what is claimed from the outbox.
    pub(super) places: Places,
    room: Arc<Semaphore>,
    to: mpsc::UnboundedSender<Piece<J>>,
    from: Mutex<Option<Arriving<J>>>,
}

type Arriving<J> = mpsc::UnboundedReceiver<Piece<J>>;

/// A piece of work whose attempt is committed.
#[derive(Debug)]
struct Piece<J> {
    claimed: ClaimedJob,
    job: J,
    room: OwnedSemaphorePermit,
}

impl<J> Lane<J> {
    fn new(kind: JobKind, patience: SignedDuration, size: usize) -> Self {
        // Bounded by the room: whoever sends holds some.
        let (to, from) = mpsc::unbounded_channel();
        let room = Arc::new(Semaphore::new(ROOM));
        Self { kind, patience, places: Places::new(size), room, to, from: Mutex::new(Some(from)) }
    }

    /// Calls `start` for each piece of work that arrives, until told to stop and nothing is left.
    pub(super) async fn work(
        &self,
        shared: &Shared,
        stop: &CancellationToken,
        start: impl Fn(ClaimedJob, J, Place),
    ) {
        let from = self.from.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut from) = from else { return };
        while let Some(Some(piece)) = stop.run_until_cancelled(from.recv()).await {
            let place = stop.run_until_cancelled(self.places.place()).await.flatten();
            let waited = shared.clock.now().duration_since(piece.claimed.created_at);
            match place.filter(|_| waited < self.patience) {
                Some(place) => {
                    drop(piece.room);
                    start(piece.claimed, piece.job, place);
                }
                // What came after it has waited hardly less: the outbox takes over.
                None => self.give_back(shared, Some(piece), &mut from).await,
            }
        }
        self.give_back(shared, None, &mut from).await;
    }

    async fn give_back(&self, shared: &Shared, first: Option<Piece<J>>, rest: &mut Arriving<J>) {
        self.places.not_clear();
        let rest = std::iter::from_fn(|| rest.try_recv().ok());
        let back = |piece: Piece<J>| Outcome::GivenBack {
            kind: self.kind,
            subject: piece.claimed.subject,
        };
        let outcomes = first.into_iter().chain(rest).map(back).collect();
        if let Err(error) = shared.store.finish(outcomes).await {
            tracing::error!(%error, "could not give back work that was not begun; its leases run out");
        }
    }

    /// Room for new work, if there is some and nothing older waits in the outbox.
    fn room(&self) -> Option<OwnedSemaphorePermit> {
        let clear = self.places.is_clear();
        clear.then(|| Arc::clone(&self.room).try_acquire_owned().ok()).flatten()
    }

    fn begin(&self, subject: String, created_at: Timestamp, job: J, room: OwnedSemaphorePermit) {
        let claimed = ClaimedJob { subject, attempt: 1, interrupted: false, created_at };
        // Without a worker the lease runs out and the sweep gives the work back.
        drop(self.to.send(Piece { claimed, job, room }));
    }
}

/// A message's work, held until the message is committed. Dropped, nothing happens and the room is free.
pub(super) struct Held {
    at: Timestamp,
    acknowledgement: Option<(AcknowledgementJob, OwnedSemaphorePermit)>,
    delivery: Option<(DeliveryJob, OwnedSemaphorePermit)>,
}

/// Takes room for a message's work and marks it as begun in its record.
pub(super) fn hold(shared: &Shared, record: &mut Record) -> Held {
    let (lanes, at) = (&shared.lanes, shared.clock.now());
    let room = lanes.acknowledge.room();
    let acknowledgement = room.and_then(|room| Some((record.acknowledgement_job()?, room)));
    let direct = shared.queue_job == JobKind::Deliver;
    let room = direct.then(|| lanes.deliver.room()).flatten();
    let delivery = room.and_then(|room| Some((record.delivery_job(at)?, room)));
    let kinds: Vec<JobKind> = acknowledgement
        .iter()
        .map(|_| JobKind::Acknowledge)
        .chain(delivery.iter().map(|_| JobKind::Deliver))
        .collect();
    let (holder, lease) = (shared.instance.clone(), lanes.lease);
    record.begun = (!kinds.is_empty()).then_some(Begun { holder, lease, kinds });
    Held { at, acknowledgement, delivery }
}

impl Held {
    /// The message is committed, and with it the attempt.
    pub(super) fn begin(self, shared: &Shared) {
        let Self { at, acknowledgement, delivery } = self;
        if acknowledgement.is_some() || delivery.is_some() {
            telemetry::kill_point("after_intent");
        }
        if let Some((job, room)) = acknowledgement {
            shared.lanes.acknowledge.begin(job.key.subject(), at, job, room);
        }
        if let Some((job, room)) = delivery {
            shared.lanes.deliver.begin(job.reference.to_string(), at, job, room);
        }
    }
}

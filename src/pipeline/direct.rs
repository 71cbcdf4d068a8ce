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
use std::collections::BTreeMap;
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
    /// What moves a notice on: its hand-over with the embedded queue, its publication with a broker.
    pub(super) onward: Lane<DeliveryJob>,
}

impl Lanes {
    /// `lease`: longer than any attempt can last; then how many acknowledgements run at once, the job that moves a notice on and how many of
    /// these run at once.
    pub fn new(lease: SignedDuration, acknowledgements: usize, onward: (JobKind, usize)) -> Self {
        let patience = lease / 4;
        Self {
            lease,
            acknowledge: Lane::new(JobKind::Acknowledge, patience, acknowledgements),
            onward: Lane::new(onward.0, patience, onward.1),
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
    from: Mutex<Option<mpsc::UnboundedReceiver<Piece<J>>>>,
}

/// A piece of work whose attempt is committed.
#[derive(Debug)]
struct Piece<J> {
    claimed: ClaimedJob,
    job: J,
    /// Of its priority: what is urgent has the lower one.
    rank: i64,
    _room: OwnedSemaphorePermit,
}

/// What waits for a place, in the order in which it begins.
struct Waiting<J> {
    pieces: BTreeMap<(i64, u64), Piece<J>>,
    arrived: u64,
}

impl<J> Waiting<J> {
    fn new() -> Self {
        Self { pieces: BTreeMap::new(), arrived: 0 }
    }

    fn add(&mut self, piece: Piece<J>) {
        self.arrived += 1;
        self.pieces.insert((piece.rank, self.arrived), piece);
    }

    fn add_all(&mut self, from: &mut mpsc::UnboundedReceiver<Piece<J>>) {
        while let Ok(piece) = from.try_recv() {
            self.add(piece);
        }
    }

    /// The first so many; their room is free again.
    fn take(&mut self, count: usize) -> Vec<(ClaimedJob, J)> {
        let first = std::iter::from_fn(|| self.pieces.pop_first());
        first.take(count).map(|(_, piece)| (piece.claimed, piece.job)).collect()
    }

    /// How long the one that has waited longest has waited.
    fn longest(&self, now: Timestamp) -> SignedDuration {
        let waited = self.pieces.values().map(|piece| now.duration_since(piece.claimed.created_at));
        waited.max().unwrap_or_default()
    }
}

impl<J> Lane<J> {
    fn new(kind: JobKind, patience: SignedDuration, size: usize) -> Self {
        // Bounded by the room: whoever sends holds some.
        let (to, from) = mpsc::unbounded_channel();
        let room = Arc::new(Semaphore::new(ROOM));
        Self { kind, patience, places: Places::new(size), room, to, from: Mutex::new(Some(from)) }
    }

    /// Calls `start` for the work that arrives, what is urgent first, up to `batch` pieces in one place, until told to stop; then what is
    /// left is given back.
    pub(super) async fn work(
        &self,
        shared: &Shared,
        stop: &CancellationToken,
        batch: usize,
        start: impl Fn(Vec<(ClaimedJob, J)>, Place),
    ) {
        let from = self.from.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut from) = from else { return };
        let mut waiting = Waiting::new();
        loop {
            if waiting.pieces.is_empty() {
                let next = stop.run_until_cancelled(from.recv()).await.flatten();
                let Some(piece) = next else { break };
                waiting.add(piece);
            }
            let place = stop.run_until_cancelled(self.places.place()).await.flatten();
            let Some(place) = place else { break };
            waiting.add_all(&mut from);
            if waiting.longest(shared.clock.now()) < self.patience {
                start(waiting.take(batch), place);
            } else {
                self.give_back(shared, &mut waiting).await;
            }
        }
        waiting.add_all(&mut from);
        self.give_back(shared, &mut waiting).await;
    }

    async fn give_back(&self, shared: &Shared, waiting: &mut Waiting<J>) {
        self.places.not_clear();
        let back = |(claimed, _): (ClaimedJob, J)| Outcome::GivenBack {
            kind: self.kind,
            subject: claimed.subject,
        };
        let outcomes = waiting.take(usize::MAX).into_iter().map(back).collect();
        if let Err(error) = shared.store.finish(outcomes).await {
            tracing::error!(%error, "could not give back work that was not begun; its leases run out");
        }
    }

    /// Room for new work, if there is some and nothing older waits in the outbox.
    fn room(&self) -> Option<OwnedSemaphorePermit> {
        let clear = self.places.is_clear();
        clear.then(|| Arc::clone(&self.room).try_acquire_owned().ok()).flatten()
    }

    fn begin(&self, subject: String, created_at: Timestamp, held: HeldJob<J>) {
        let claimed = ClaimedJob { subject, attempt: 1, interrupted: false, created_at };
        let HeldJob { job, rank, room } = held;
        // Without a worker the lease runs out and the sweep gives the work back.
        drop(self.to.send(Piece { claimed, job, rank, _room: room }));
    }
}

/// A message's work, held until the message is committed. Dropped, nothing happens and the room is free.
pub(super) struct Held {
    at: Timestamp,
    acknowledgement: Option<HeldJob<AcknowledgementJob>>,
    onward: Option<HeldJob<DeliveryJob>>,
}

struct HeldJob<J> {
    job: J,
    rank: i64,
    room: OwnedSemaphorePermit,
}

/// Takes room for a message's work and marks it as begun in its record.
pub(super) fn hold(shared: &Shared, record: &mut Record) -> Held {
    let (lanes, at) = (&shared.lanes, shared.clock.now());
    let room = lanes.acknowledge.room();
    let acknowledgement =
        room.and_then(|room| Some(HeldJob { job: record.acknowledgement_job()?, rank: 0, room }));
    let room = lanes.onward.room();
    let rank = record.notices.first().map_or(0, |notice| notice.assignment.priority.rank());
    let onward = room.and_then(|room| Some(HeldJob { job: record.delivery_job(at)?, rank, room }));
    let kinds: Vec<JobKind> = acknowledgement
        .iter()
        .map(|_| lanes.acknowledge.kind)
        .chain(onward.iter().map(|_| lanes.onward.kind))
        .collect();
    let (holder, lease) = (shared.instance.clone(), lanes.lease);
    record.begun = (!kinds.is_empty()).then_some(Begun { holder, lease, kinds });
    Held { at, acknowledgement, onward }
}

impl Held {
    /// The message is committed, and with it the attempt.
    pub(super) fn begin(self, shared: &Shared) {
        let Self { at, acknowledgement, onward } = self;
        if acknowledgement.is_some() || onward.is_some() {
            telemetry::kill_point("after_intent");
        }
        if let Some(held) = acknowledgement {
            shared.lanes.acknowledge.begin(held.job.key.subject(), at, held);
        }
        if let Some(held) = onward {
            shared.lanes.onward.begin(held.job.reference.to_string(), at, held);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ClaimedJob;
    use super::Piece;
    use super::Waiting;
    use jiff::SignedDuration;
    use jiff::Timestamp;
    use std::sync::Arc;
    use tokio::sync::Semaphore;

    #[test]
    fn what_is_urgent_begins_first_and_the_longest_wait_is_told() {
        let room = Arc::new(Semaphore::new(4));
        let mut waiting = Waiting::new();
        for (name, rank, second) in [("a", 2, 1), ("b", 0, 2), ("c", 2, 3), ("d", 1, 4)] {
            let created_at = Timestamp::from_second(second).unwrap();
            let subject = name.to_owned();
            waiting.add(Piece {
                claimed: ClaimedJob { subject, attempt: 1, interrupted: false, created_at },
                job: (),
                rank,
                _room: Arc::clone(&room).try_acquire_owned().unwrap(),
            });
        }
        let now = Timestamp::from_second(10).unwrap();
        assert_eq!(waiting.longest(now), SignedDuration::from_secs(9));
        let mut names = |count| {
            let taken = waiting.take(count).into_iter();
            taken.map(|(claimed, ())| claimed.subject).collect::<String>()
        };
        assert_eq!((names(3), room.available_permits()), ("bda".to_owned(), 3));
        assert_eq!((names(9), room.available_permits()), ("c".to_owned(), 4));
    }
}

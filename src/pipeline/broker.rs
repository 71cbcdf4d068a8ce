//! RabbitMQ between the outbox and the case system's side.
//!
//! Publishing works off the outbox and leaves a watch over what the broker holds; consuming looks in the store first, commits the attempt, and
//! acknowledges to the broker only after the outcome is committed. What the broker gave up is settled by the store's own count.

use crate::pipeline::Pace;
use crate::pipeline::Shared;
use crate::pipeline::deliver;
use crate::pipeline::deliver::Deliverer;
use crate::pipeline::work;
use crate::pipeline::work::Place;
use crate::pipeline::work::Places;
use crate::queue::Publication;
use crate::queue::amqp::Consumed;
use crate::queue::amqp::Consumer;
use crate::queue::amqp::Origin;
use crate::queue::amqp::Publisher;
use crate::store::Action;
use crate::store::Claim;
use crate::store::ClaimedJob;
use crate::store::DeliveryJob;
use crate::store::JobKind;
use crate::store::Outcome;
use crate::store::StoreError;
use bytes::Bytes;
use futures::FutureExt as _;
use jiff::SignedDuration;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A published notice that nobody consumed within this time is published again.
pub const WATCH: SignedDuration = SignedDuration::from_mins(5);

/// How many messages are taken from the consumer for one claim.
const BATCH: usize = 256;

/// How long messages are held while the store is away.
const HELD_TRIES: u32 = 300;
const HELD_PAUSE: Duration = Duration::from_secs(1);

/// Publishes what the outbox holds until told to stop.
pub async fn publish(
    deliverer: Deliverer,
    pace: Pace,
    publisher: Publisher,
    stop: CancellationToken,
) {
    let publisher = Arc::new(publisher);
    let start = |jobs: Vec<ClaimedJob>, places: Places| {
        let (deliverer, publisher) = (deliverer.clone(), Arc::clone(&publisher));
        async move {
            match deliverer.open(jobs).await {
                Ok(opened) => {
                    let piece = |place| publish_batch(deliverer, publisher, opened, place);
                    places.run(piece).await;
                }
                Err(error) => {
                    tracing::error!(%error, "could not read notices to publish; their leases run out");
                }
            }
        }
    };
    let lane = &deliverer.shared.lanes.onward;
    let begin = |work, place| {
        let (deliverer, publisher) = (deliverer.clone(), Arc::clone(&publisher));
        lane.places.spawn(publish_batch(deliverer, publisher, work, Some(place)));
    };
    let (shared, kind) = (&deliverer.shared, JobKind::Publish);
    tokio::join!(
        lane.work(shared, &stop, BATCH, begin),
        work::work_off(shared, &pace, kind, &lane.places, &stop, start),
    );
    // What began while the outbox was already closed.
    lane.places.finish().await;
    publisher.closed().await;
}

/// Publishes a batch, what is urgent first, and commits what became of it; the place is given back as soon as the broker has answered.
async fn publish_batch(
    deliverer: Deliverer,
    publisher: Arc<Publisher>,
    opened: Vec<(ClaimedJob, DeliveryJob)>,
    place: Option<Place>,
) {
    let shared = &deliverer.shared;
    let attempts: HashMap<String, u32> =
        opened.iter().map(|(job, _)| (job.subject.clone(), job.attempt)).collect();
    let mut batch: Vec<_> = opened.iter().filter_map(|(_, job)| publication(job)).collect();
    batch.sort_by_key(|(rank, _)| *rank);
    let batch: Vec<_> = batch.into_iter().map(|(_, publication)| publication).collect();
    let references: Vec<_> =
        batch.iter().map(|publication| publication.reference.clone()).collect();
    let results = publisher.publish(batch).await;
    drop(place);
    crate::telemetry::kill_point("after_send_before_outcome");
    let now = shared.clock.now();
    let watch_until = now.saturating_add(WATCH).unwrap_or(now);
    let outcomes = references.into_iter().zip(results).map(|(reference, result)| match result {
        Ok(()) => Outcome::Published { reference, watch_until },
        Err(failure) => {
            let attempt = attempts.get(reference.as_str()).copied().unwrap_or(1);
            // A broker that is away is waited for without end: the notice is safe in the outbox.
            let at = deliverer.retry.next(attempt.min(3), now).unwrap_or(now);
            tracing::warn!(%reference, %failure, "the broker did not take a notice");
            Outcome::PublishAgain { reference, at, unconsumed_until: None, look_first: false }
        }
    });
    if let Err(error) = shared.store.finish(outcomes.collect()).await {
        tracing::error!(%error, "could not commit publications; they are published again");
    }
}

/// A notice as it is published, after its priority.
fn publication(job: &DeliveryJob) -> Option<(i64, Publication)> {
    let hand_over = deliver::event_of(job).ok()?;
    let publication = Publication {
        reference: job.reference.clone(),
        unit: hand_over.assignment.unit.clone(),
        kind: crate::domain::notice::NoticeType::parse(&job.kind)
            .unwrap_or(crate::domain::notice::NoticeType::Unknown)
            .as_str(),
        registered_at: job.stored_at,
        data: Bytes::from(hand_over.event_data()),
    };
    Some((hand_over.assignment.priority.rank(), publication))
}

/// Takes what units and the parked queue deliver until told to stop.
pub async fn consume(
    deliverer: Deliverer,
    pace: Pace,
    mut consumer: Consumer,
    stop: CancellationToken,
) {
    let places = Arc::new(Semaphore::new(pace.concurrency));
    let tasks = TaskTracker::new();
    while let Some(first) = consumer.receive().await {
        let mut batch = vec![first];
        while batch.len() < BATCH {
            match consumer.receive().now_or_never() {
                Some(Some(next)) => batch.push(next),
                Some(None) | None => break,
            }
        }
        take((&deliverer, &pace, &stop), batch, &places, &tasks).await;
    }
    tasks.close();
    tasks.wait().await;
}

/// The broker gave it up, and by the store's own count it was tried often enough: a person decides.
async fn park(shared: &Shared, consumed: Consumed) {
    let reference = consumed.reference.clone();
    let action = Action::Park { reference, reason: "broker.deliveryLimit".to_owned() };
    match shared.store.act(action).await {
        Ok(_) => consumed.acknowledge().await,
        Err(error) => {
            tracing::error!(%error, reference = %consumed.reference, "could not park a notice; the broker delivers it again");
        }
    }
}

/// Claims what the broker delivered. While the store is away the messages are held: giving them back would use up their deliveries. When we
/// are told to stop they are given back.
async fn claim(
    deliverer: &Deliverer,
    claim: Claim,
    stop: &CancellationToken,
) -> Option<Vec<(ClaimedJob, DeliveryJob)>> {
    let mut claimed = None;
    for _ in 0..HELD_TRIES {
        match claim_and_open(deliverer, &claim, &mut claimed).await {
            Ok(opened) => return Some(opened),
            Err(StoreError::Closed) => return None,
            Err(error) => {
                tracing::error!(%error, "could not claim what the broker delivered; it is held");
                stop.run_until_cancelled(tokio::time::sleep(HELD_PAUSE)).await?;
            }
        }
    }
    None
}

/// What is claimed once stays claimed while reading it is tried again.
async fn claim_and_open(
    deliverer: &Deliverer,
    claim: &Claim,
    claimed: &mut Option<Vec<ClaimedJob>>,
) -> Result<Vec<(ClaimedJob, DeliveryJob)>, StoreError> {
    let jobs = match claimed.take() {
        Some(jobs) => jobs,
        None => {
            let jobs = deliverer.shared.store.claim(claim.clone()).await?;
            crate::telemetry::kill_point("after_intent");
            jobs
        }
    };
    deliverer.open(claimed.insert(jobs).clone()).await
}

async fn take(
    (deliverer, pace, stop): (&Deliverer, &Pace, &CancellationToken),
    batch: Vec<Consumed>,
    places: &Arc<Semaphore>,
    tasks: &TaskTracker,
) {
    if batch.is_empty() {
        return;
    }
    let asked = Claim {
        kind: JobKind::Deliver,
        holder: deliverer.shared.instance.clone(),
        lease: pace.lease,
        limit: u32::try_from(batch.len()).unwrap_or(u32::MAX),
        only: Some(batch.iter().map(|consumed| consumed.reference.clone()).collect()),
    };
    let Some(opened) = claim(deliverer, asked, stop).await else { return };
    let mut opened: HashMap<String, _> = opened
        .into_iter()
        .map(|(claimed, job)| (claimed.subject.clone(), (claimed, job)))
        .collect();
    for consumed in batch {
        let Some((claimed, job)) = opened.remove(consumed.reference.as_str()) else {
            // Finished, unknown, or in another worker's hands: the store is the truth.
            consumed.acknowledge().await;
            continue;
        };
        // The broker also counts what was only handed out to a process that died; the store counts what was begun.
        if matches!(consumed.origin, Origin::Parked) && claimed.attempt > deliverer.retry.attempts {
            park(&deliverer.shared, consumed).await;
            continue;
        }
        let Ok(place) = Arc::clone(places).acquire_owned().await else { return };
        let deliverer = deliverer.clone();
        tasks.spawn(async move {
            deliverer.attempt(claimed, job, None).await;
            consumed.acknowledge().await;
            drop(place);
        });
    }
}

/// Publishes again what nobody consumed, and what an interrupted attempt left behind, until told to stop.
pub async fn watch(deliverer: Deliverer, pace: Pace, stop: CancellationToken) {
    let start = |jobs: Vec<ClaimedJob>, _places: Places| {
        let shared = deliverer.shared.clone();
        async move {
            let now = shared.clock.now();
            let unconsumed_until = Some(now.saturating_add(WATCH).unwrap_or(now));
            let outcomes = jobs.into_iter().filter_map(|job| {
                let reference = crate::domain::reference::Reference::parse(&job.subject)?;
                let look_first = job.interrupted;
                Some(Outcome::PublishAgain { reference, at: now, unconsumed_until, look_first })
            });
            if let Err(error) = shared.store.finish(outcomes.collect()).await {
                tracing::error!(%error, "could not put unconsumed notices back; their leases run out");
            }
        }
    };
    let places = Places::new(pace.concurrency);
    work::work_off(&deliverer.shared, &pace, JobKind::Deliver, &places, &stop, start).await;
}

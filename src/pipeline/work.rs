//! The rhythm of working off the outbox: claim a batch when there is room, run each piece, wait for a call or the next sweep.

use crate::pipeline::Pace;
use crate::pipeline::Shared;
use crate::store::Claim;
use crate::store::ClaimedJob;
use crate::store::JobKind;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Claims due jobs of a kind until told to stop, and hands each batch to `start`, which runs its pieces on `tasks`; each piece holds a place
/// of `places` until it is done.
pub(super) async fn work_off<F, Fut>(
    shared: &Shared,
    pace: &Pace,
    kind: JobKind,
    places: &Places,
    stop: &CancellationToken,
    start: F,
) where
    F: Fn(Vec<ClaimedJob>, Places) -> Fut,
    Fut: Future<Output = ()>,
{
    while !stop.is_cancelled() {
        // Subscribed before looking: what is committed while we look is not missed.
        let calls = shared.store.calls();
        let called = calls.notified();
        tokio::pin!(called);
        called.as_mut().enable();
        let room = places.wait_for_room().await;
        let claim = Claim {
            kind,
            holder: shared.instance.clone(),
            lease: pace.lease,
            limit: u32::try_from(room).unwrap_or(u32::MAX),
            only: None,
        };
        let full = match shared.store.claim(claim).await {
            Ok(jobs) => {
                let full = jobs.len() == room;
                places.clear.store(!full, Ordering::Relaxed);
                if !jobs.is_empty() {
                    crate::telemetry::kill_point("after_intent");
                    start(jobs, places.clone()).await;
                }
                full
            }
            Err(error) => {
                tracing::error!(%error, kind = kind.as_str(), "could not claim work");
                false
            }
        };
        if !full {
            tokio::select! {
                () = stop.cancelled() => {}
                () = &mut called => {}
                () = tokio::time::sleep(pace.sweep) => {}
            }
        }
    }
    places.finish().await;
}

/// How much may run at once, and what runs.
#[derive(Clone, Debug)]
pub(super) struct Places {
    free: Arc<Semaphore>,
    size: usize,
    clear: Arc<AtomicBool>,
    tasks: TaskTracker,
}

/// The right to run one piece of work; given back when dropped.
pub(super) type Place = OwnedSemaphorePermit;

impl Places {
    /// So many at once.
    pub(super) fn new(size: usize) -> Self {
        let (free, clear) = (Arc::new(Semaphore::new(size)), Arc::new(AtomicBool::new(false)));
        Self { free, size, clear, tasks: TaskTracker::new() }
    }

    /// Whether nothing older waits in the outbox, as far as the last look can tell.
    pub(super) fn is_clear(&self) -> bool {
        self.clear.load(Ordering::Relaxed)
    }

    /// Something waits in the outbox: it goes before what is new.
    pub(super) fn not_clear(&self) {
        self.clear.store(false, Ordering::Relaxed);
    }

    /// Waits for a free place.
    pub(super) async fn place(&self) -> Option<Place> {
        Arc::clone(&self.free).acquire_owned().await.ok()
    }

    /// Waits until at least a quarter of the places is free, so that claims come in batches.
    async fn wait_for_room(&self) -> usize {
        let quarter = u32::try_from(self.size.div_ceil(4)).unwrap_or(1);
        drop(self.free.acquire_many(quarter).await);
        self.free.available_permits().max(1)
    }

    /// Runs a piece of work in a place of its own, which it may give back before its end.
    pub(super) async fn run<F, Fut>(&self, piece: F)
    where
        F: FnOnce(Option<Place>) -> Fut,
        Fut: Future<Output = ()> + Send + 'static,
    {
        let place = self.place().await;
        self.spawn(piece(place));
    }

    /// Waits for the end of everything that runs.
    pub(super) async fn finish(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Runs a piece of work that has its place.
    pub(super) fn spawn(&self, piece: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(piece);
    }
}

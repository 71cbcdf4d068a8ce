//! The rhythm of working off the outbox: claim a batch when there is room, run each piece, wait for a call or the next sweep.

use crate::pipeline::Pace;
use crate::pipeline::Shared;
use crate::store::Claim;
use crate::store::ClaimedJob;
use crate::store::JobKind;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Claims due jobs of a kind until told to stop, and hands each batch to `start`, which runs its pieces on `tasks`; each piece holds a place
/// of `places` until it is done.
pub(super) async fn work_off<F, Fut>(
    shared: &Shared,
    pace: &Pace,
    kind: JobKind,
    stop: &CancellationToken,
    start: F,
) where
    F: Fn(Vec<ClaimedJob>, Places) -> Fut,
    Fut: Future<Output = ()>,
{
    let places =
        Places { free: Arc::new(Semaphore::new(pace.concurrency)), tasks: TaskTracker::new() };
    while !stop.is_cancelled() {
        // Subscribed before looking: what is committed while we look is not missed.
        let calls = shared.store.calls();
        let called = calls.notified();
        tokio::pin!(called);
        called.as_mut().enable();
        let room = places.wait_for_room(pace.concurrency).await;
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
    places.tasks.close();
    places.tasks.wait().await;
}

/// How much may run at once, and what runs.
#[derive(Clone)]
pub(super) struct Places {
    free: Arc<Semaphore>,
    tasks: TaskTracker,
}

impl Places {
    /// Waits until at least a quarter of the places is free, so that claims come in batches.
    async fn wait_for_room(&self, all: usize) -> usize {
        let quarter = u32::try_from(all.div_ceil(4)).unwrap_or(1);
        drop(self.free.acquire_many(quarter).await);
        self.free.available_permits().max(1)
    }

    /// Runs a piece of work in a place of its own.
    pub(super) async fn run(&self, piece: impl Future<Output = ()> + Send + 'static) {
        let place = Arc::clone(&self.free).acquire_owned().await;
        self.tasks.spawn(async move {
            piece.await;
            drop(place);
        });
    }
}

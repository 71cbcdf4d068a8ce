//! The safety net: leases that ran out are given back, and what people watch is counted.

use crate::pipeline::Shared;
use crate::pipeline::digest;
use crate::store::Action;
use crate::store::Counts;
use crate::store::JobKind;
use crate::telemetry;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Files that no message speaks of are looked for this often, in seconds: half that time after the start, first.
const ORPHANS_EVERY: u64 = 600;

/// Sweeps each second until told to stop; counts every five.
pub async fn run(shared: Shared, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    let mut round = 0u64;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if round.is_multiple_of(30)
            && let Err(error) = shared.store.act(Action::ExpireLeases).await
        {
            tracing::error!(%error, "could not give back leases that ran out");
        }
        if round % ORPHANS_EVERY == ORPHANS_EVERY / 2
            && let Err(error) = shared.store.sweep_orphans().await
        {
            tracing::error!(%error, "could not look for what a crash left in the claim check");
        }
        if round.is_multiple_of(10)
            && let Err(error) = digest::compose_due(&shared).await
        {
            tracing::error!(%error, "could not join waiting receipts");
        }
        if round.is_multiple_of(5) {
            count(&shared).await;
        }
        if let Some(metrics) = telemetry::metrics() {
            metrics.run_upkeep();
        }
        round += 1;
    }
}

async fn count(shared: &Shared) {
    let now = shared.clock.now();
    let day_start = shared.local_time.start_of(shared.local_time.day_of(now));
    match shared.store.counts(day_start).await {
        Ok(counts) => publish(&counts, now),
        Err(error) => tracing::error!(%error, "could not count what is open"),
    }
}

fn publish(counts: &Counts, now: jiff::Timestamp) {
    metrics::gauge!(telemetry::ACKNOWLEDGEMENTS_PENDING)
        .set(counts.acknowledgements_pending as f64);
    metrics::gauge!(telemetry::ACKNOWLEDGEMENTS_OVERDUE)
        .set(counts.acknowledgements_overdue as f64);
    let review = counts.states.iter().find(|(state, _)| state == "needsReview");
    metrics::gauge!(telemetry::NEEDS_REVIEW).set(review.map_or(0, |(_, count)| *count) as f64);
    for kind in JobKind::ALL.map(JobKind::as_str) {
        let mut oldest = None;
        for state in ["ready", "claimed", "retrying"] {
            let jobs = counts.jobs.iter().find(|jobs| jobs.kind == kind && jobs.state == state);
            let count = jobs.map_or(0, |jobs| jobs.count);
            metrics::gauge!(telemetry::JOBS, "kind" => kind, "state" => state).set(count as f64);
            oldest = oldest.into_iter().chain(jobs.map(|jobs| jobs.oldest_at)).min();
        }
        let age = oldest.map_or(0.0, |oldest| now.duration_since(oldest).as_secs_f64());
        metrics::gauge!(telemetry::OLDEST_JOB_AGE, "kind" => kind).set(age);
    }
}

//! Sends what was rendered and stored: mails and receipt files, each until it is taken by the other side or a person must act.
//!
//! An attempt that ended without an outcome is repeated: the same bytes under the same Message-ID are harmless twice, and a missing
//! acknowledgement is not.

use crate::acknowledge::deliver::FarFolders;
use crate::acknowledge::transport::MailTransport;
use crate::acknowledge::transport::OutgoingMail;
use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Way;
use crate::domain::failure::Failure;
use crate::domain::retry::RetryPolicy;
use crate::pipeline::Pace;
use crate::pipeline::Shared;
use crate::pipeline::naming;
use crate::pipeline::work;
use crate::pipeline::work::Place;
use crate::pipeline::work::Places;
use crate::store::AcknowledgementJob;
use crate::store::ClaimedJob;
use crate::store::JobKind;
use crate::store::Outcome;
use crate::telemetry;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Confirmations that are sent at once.
const CONFIRMATIONS: usize = 8;

/// The ways out.
#[derive(Clone)]
pub struct Ways {
    /// For mails.
    pub mail: Arc<dyn MailTransport>,
    /// For receipt files on servers; those on disks of this machine need nothing.
    pub far_folders: Arc<FarFolders>,
}

/// Works off acknowledgements until told to stop.
pub async fn run(shared: Shared, pace: Pace, ways: Ways, stop: CancellationToken) {
    let retry = pace.retry;
    let start = |jobs: Vec<ClaimedJob>, places: Places| {
        claimed(shared.clone(), ways.clone(), retry, jobs, places)
    };
    let lane = &shared.lanes.acknowledge;
    let begin = |work: Vec<(ClaimedJob, AcknowledgementJob)>, place| {
        let mut place = Some(place);
        for (claimed, job) in work {
            let (shared, ways) = (shared.clone(), ways.clone());
            let place = place.take();
            lane.places.spawn(async move {
                attempt_one(&shared, &ways, retry, job, claimed.attempt, place).await;
            });
        }
    };
    tokio::join!(
        lane.work(&shared, &stop, 1, begin),
        work::work_off(&shared, &pace, JobKind::Acknowledge, &lane.places, &stop, start),
    );
    // What began while the outbox was already closed.
    lane.places.finish().await;
}

/// Works off what a statute demands, in places of its own: never behind an ordinary acknowledgement.
pub async fn confirm(shared: Shared, pace: Pace, ways: Ways, stop: CancellationToken) {
    let retry = pace.retry;
    let places = Places::new(pace.concurrency.clamp(1, CONFIRMATIONS));
    let start = |jobs: Vec<ClaimedJob>, places: Places| {
        claimed(shared.clone(), ways.clone(), retry, jobs, places)
    };
    work::work_off(&shared, &pace, JobKind::Confirm, &places, &stop, start).await;
}

/// What was claimed from the outbox.
async fn claimed(
    shared: Shared,
    ways: Ways,
    retry: RetryPolicy,
    jobs: Vec<ClaimedJob>,
    places: Places,
) {
    let subjects: Vec<String> = jobs.iter().map(|job| job.subject.clone()).collect();
    let found = match shared.store.acknowledgement_jobs(&subjects).await {
        Ok(found) => found,
        Err(error) => {
            tracing::error!(%error, "could not read acknowledgements; their leases run out");
            return;
        }
    };
    let attempts: HashMap<String, u32> =
        jobs.into_iter().map(|job| (job.subject, job.attempt)).collect();
    for job in found {
        let attempt = attempts.get(&job.key.subject()).copied().unwrap_or(1);
        let (shared, ways) = (shared.clone(), ways.clone());
        let piece = |place| async move {
            attempt_one(&shared, &ways, retry, job, attempt, place).await;
        };
        places.run(piece).await;
    }
}

async fn attempt_one(
    shared: &Shared,
    ways: &Ways,
    retry: RetryPolicy,
    job: AcknowledgementJob,
    attempt: u32,
    place: Option<Place>,
) {
    let (key, received_at) = (job.key.clone(), job.received_at);
    let result = send(ways, job, attempt).await;
    telemetry::kill_point("after_send_before_outcome");
    let now = shared.clock.now();
    let outcome = match result {
        Ok(evidence) => {
            let delay = now.duration_since(received_at).as_secs_f64();
            metrics::histogram!(telemetry::ACKNOWLEDGEMENT_DELAY, "recipient" => key.recipient.as_str())
                .record(delay);
            Outcome::Sent { key, attempt, evidence }
        }
        Err(failure) => {
            let reason = failure.to_string();
            tracing::warn!(reference = %key.reference, way = key.way.as_str(), attempt, %reason, "an acknowledgement was not taken");
            let again = match failure {
                Failure::Permanent(_) => None,
                Failure::Transient(_) | Failure::Uncertain(_) => {
                    match is_tried_another_way(shared, &key, attempt) {
                        true => None,
                        false => retry.next(attempt, now).or_else(|| at_last(&key, retry, now)),
                    }
                }
            };
            match again {
                Some(at) => Outcome::SendAgain { key, attempt, at, reason },
                None => Outcome::SendFailed { key, attempt, reason },
            }
        }
    };
    // The way out is free again while the outcome is being committed.
    drop(place);
    if let Err(error) = shared.store.finish(vec![outcome]).await {
        tracing::error!(%error, "could not commit what became of an acknowledgement; it is sent again");
    }
}

/// A confirmation is due the same day: where another way is configured, one that has failed so often (eight minutes with the usual pauses) is left.
const TRIES_OF_ONE_WAY: u32 = 8;

fn is_tried_another_way(shared: &Shared, key: &AcknowledgementKey, attempt: u32) -> bool {
    key.purpose == Purpose::Confirmation
        && attempt >= TRIES_OF_ONE_WAY
        && naming::next_way(&shared.acknowledge, key.way).is_some()
}

/// A receipt file has no other way, and its folder comes back some day; what a statute demands is never given up for an outage. Both are tried on at
/// the longest pause, and shown as overdue.
fn at_last(key: &AcknowledgementKey, retry: RetryPolicy, now: Timestamp) -> Option<Timestamp> {
    let receipt = key.purpose == Purpose::Receipt;
    match key.way {
        Way::Files | Way::Folder | Way::Print => {}
        Way::Mail | Way::Digest | Way::Api | Way::Outstanding if receipt => return None,
        Way::Mail | Way::Digest | Way::Api | Way::Outstanding => {}
    }
    Some(now.saturating_add(retry.longest).unwrap_or(now))
}

async fn send(ways: &Ways, job: AcknowledgementJob, attempt: u32) -> Result<String, Failure> {
    match job.key.way {
        Way::Mail | Way::Digest => {
            let mail = OutgoingMail::from_stored(&job.address, job.rendered)?;
            ways.mail.send(&mail).await
        }
        Way::Files => {
            let far = Arc::clone(&ways.far_folders);
            let writing = tokio::task::spawn_blocking(move || {
                let bytes = job.rendered.as_bytes();
                crate::acknowledge::deliver::deliver(&job.address, bytes, attempt, &far)
            });
            writing.await.unwrap_or_else(|_| {
                Err(Failure::Uncertain("writing the receipt file was interrupted".to_owned()))
            })
        }
        Way::Folder | Way::Print => {
            let writing = tokio::task::spawn_blocking(move || {
                let (address, bytes) = (&job.address, job.rendered.as_bytes());
                if job.key.way == Way::Print {
                    return crate::acknowledge::print::deliver(address, bytes);
                }
                crate::acknowledge::confirmation::folder::deliver(address, bytes)
            });
            writing.await.unwrap_or_else(|_| {
                Err(Failure::Uncertain("writing the confirmation was interrupted".to_owned()))
            })
        }
        Way::Api | Way::Outstanding => {
            Err(Failure::Permanent("no way out is built for this acknowledgement".to_owned()))
        }
    }
}

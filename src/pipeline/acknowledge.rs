//! Sends what was rendered and stored: mails and receipt files, each until it is taken by the other side or a person must act.
//!
//! An attempt that ended without an outcome is repeated: the same bytes under the same Message-ID are harmless twice, and a missing
//! acknowledgement is not.

use crate::acknowledge::confirmation;
use crate::acknowledge::deliver;
use crate::acknowledge::deliver::FarFolders;
use crate::acknowledge::far_folder::FarFolder;
use crate::acknowledge::transport::MailTransport;
use crate::acknowledge::transport::OutgoingMail;
use crate::acknowledge::webhook::Webhook;
use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Way;
use crate::domain::failure::Failure;
use crate::domain::notice::NoticeType;
use crate::domain::retry::RetryPolicy;
use crate::domain::standing::HELD;
use crate::pipeline::Pace;
use crate::pipeline::Shared;
use crate::pipeline::gone;
use crate::pipeline::naming;
use crate::pipeline::work;
use crate::pipeline::work::Place;
use crate::pipeline::work::Places;
use crate::store::AcknowledgementJob;
use crate::store::ClaimedJob;
use crate::store::JobKind;
use crate::store::Outcome;
use crate::telemetry;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Confirmations that are sent at once.
const CONFIRMATIONS: usize = 8;

/// A later confirmation has taken its place while it was being sent; it ends with this attempt.
const REPLACED: &str = "replaced";

/// The ways out.
#[derive(Clone)]
pub struct Ways {
    /// For mails.
    pub mail: Arc<dyn MailTransport>,
    /// For receipt files on servers; those on disks of this machine need nothing.
    pub far_folders: Arc<FarFolders>,
    /// Kronofogden's folder on a server, where one is configured.
    pub authority_folder: Option<FarFolder>,
    /// Kronofogden's receiver of webhooks, where one is configured.
    pub authority_webhook: Option<Webhook>,
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
    if let Some(receiver) = &ways.authority_webhook
        && let Err(error) = gone::come_back(&shared, receiver).await
    {
        tracing::error!(%error, "could not look whether the way to another receiver is off");
    }
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
    let kind = job.kind;
    let now = shared.clock.now();
    let replaced = job.replaced.then_some((now, REPLACED));
    let held = job.held_until.filter(|until| now < *until).map(|until| (until, HELD));
    let held = replaced.or(held).map(|(at, reason)| Outcome::HeldBack {
        key: key.clone(),
        attempt,
        at,
        reason,
    });
    let another = is_tried_another_way(shared, (&key, kind), TRIES_OF_ONE_WAY);
    if let Some(outcome) = held.or_else(|| shared.switches.held_back(&key, attempt, another, now)) {
        drop(place);
        return commit(shared, outcome).await;
    }
    let result = send(ways, job, attempt, now).await;
    telemetry::kill_point("after_send_before_outcome");
    if key.purpose == Purpose::Confirmation {
        telemetry::kill_point("after_confirming_before_outcome");
    }
    let now = shared.clock.now();
    let outcome = match result {
        Ok(evidence) => {
            let delay = now.duration_since(received_at).as_secs_f64();
            metrics::histogram!(telemetry::ACKNOWLEDGEMENT_DELAY, "recipient" => key.recipient.as_str())
                .record(delay);
            Outcome::Sent { key, attempt, evidence }
        }
        Err(failure) => {
            gone::leave(shared, key.way, ways.authority_webhook.as_ref(), &failure).await;
            let reason = failure.to_string();
            tracing::warn!(reference = %key.reference, way = key.way.as_str(), attempt, %reason, "an acknowledgement was not taken");
            let again = match failure {
                Failure::Permanent(_) => None,
                Failure::Transient(_) | Failure::Uncertain(_) => {
                    match is_tried_another_way(shared, (&key, kind), attempt) {
                        true => None,
                        false => retry
                            .next(attempt, now)
                            .or_else(|| at_last((&key, received_at), retry, now)),
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
    commit(shared, outcome).await;
}

async fn commit(shared: &Shared, outcome: Outcome) {
    if let Err(error) = shared.store.finish(vec![outcome]).await {
        tracing::error!(%error, "could not commit what became of an acknowledgement; it is sent again");
    }
}

/// A confirmation is due the same day: where another way is configured and on, one that has failed so often (eight minutes
/// with the usual pauses) is left.
const TRIES_OF_ONE_WAY: u32 = 8;

fn is_tried_another_way(
    shared: &Shared,
    (key, kind): (&AcknowledgementKey, Option<NoticeType>),
    attempt: u32,
) -> bool {
    key.purpose == Purpose::Confirmation
        && attempt >= TRIES_OF_ONE_WAY
        && kind.is_some_and(|kind| naming::has_another(shared, kind, key.way))
}

/// A receipt by mail that is refused for now is tried for so long, as mail servers do among themselves (RFC 5321 4.5.4.1); then a person decides.
const MAIL_FOR: SignedDuration = SignedDuration::from_hours(5 * 24);

/// A receipt file has no other way, and its folder comes back some day; what a statute demands is never given up for an outage. Both are tried on at
/// the longest pause, and shown as overdue; a receipt by mail for some days.
fn at_last(
    (key, received_at): (&AcknowledgementKey, Timestamp),
    retry: RetryPolicy,
    now: Timestamp,
) -> Option<Timestamp> {
    let by_mail = match key.way {
        Way::Files
        | Way::Folder
        | Way::Print
        | Way::Service
        | Way::Sftp
        | Way::Webhook
        | Way::Feed => false,
        Way::Mail | Way::Digest | Way::Api | Way::Outstanding => true,
    };
    let ends = by_mail && key.purpose == Purpose::Receipt;
    let given_up = ends && now.duration_since(received_at) >= MAIL_FOR;
    (!given_up).then(|| now.saturating_add(retry.longest).unwrap_or(now))
}

async fn send(
    ways: &Ways,
    job: AcknowledgementJob,
    attempt: u32,
    now: Timestamp,
) -> Result<String, Failure> {
    match job.key.way {
        Way::Mail | Way::Digest => {
            let mail = OutgoingMail::from_stored(&job.address, job.rendered)?;
            ways.mail.send(&mail).await
        }
        Way::Files => {
            let far = Arc::clone(&ways.far_folders);
            let work =
                move || deliver::deliver(&job.address, job.rendered.as_bytes(), attempt, &far);
            writing("the receipt file", work).await
        }
        Way::Folder => {
            let work = move || confirmation::folder::deliver(&job.address, job.rendered.as_bytes());
            writing("the confirmation", work).await
        }
        Way::Sftp => {
            let folder = ways.authority_folder.clone().ok_or_else(|| unconfigured("sftp"))?;
            let work = move || folder.deliver(job.rendered.as_bytes());
            writing("the confirmation", work).await
        }
        Way::Webhook => {
            let webhook = ways.authority_webhook.as_ref();
            let webhook = webhook.ok_or_else(|| unconfigured("webhook"))?;
            webhook.call(&confirmation::event::id(&job.key), job.rendered, now).await
        }
        Way::Feed => Err(Failure::Permanent("nobody has fetched it from the feed".to_owned())),
        // Letters have places of their own ([`crate::pipeline::letters::posting`]).
        Way::Print | Way::Service | Way::Api | Way::Outstanding => {
            Err(Failure::Permanent("no way out is built for this acknowledgement".to_owned()))
        }
    }
}

/// Writes files, on a thread that may wait.
async fn writing(
    what: &str,
    work: impl FnOnce() -> Result<String, Failure> + Send + 'static,
) -> Result<String, Failure> {
    let written = tokio::task::spawn_blocking(work).await;
    let interrupted = || Failure::Uncertain(format!("writing {what} was interrupted"));
    written.unwrap_or_else(|_| Err(interrupted()))
}

/// The configuration has changed since it was planned: the next way is tried.
fn unconfigured(way: &str) -> Failure {
    Failure::Permanent(format!("the way {way} is not configured any more"))
}

//! Hands notices to the case system: intent committed, an uncertain attempt looked up first, the outcome committed.

use crate::case_system::CaseSystem;
use crate::case_system::Found;
use crate::case_system::HandOver;
use crate::case_system::Original;
use crate::case_system::Progress;
use crate::case_system::Step;
use crate::domain::delivery::DeliveryState;
use crate::domain::failure::Failure;
use crate::domain::received::Channel;
use crate::domain::received::Format;
use crate::domain::retry::RetryPolicy;
use crate::pipeline::Pace;
use crate::pipeline::Shared;
use crate::pipeline::linking;
use crate::pipeline::suspicion;
use crate::pipeline::work;
use crate::pipeline::work::Place;
use crate::pipeline::work::Places;
use crate::store::ClaimedJob;
use crate::store::DeliveryJob;
use crate::store::JobKind;
use crate::store::NoticeStep;
use crate::store::Outcome;
use crate::store::StoreError;
use crate::telemetry;
use bytes::Bytes;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// What delivering needs beside the shared parts.
#[derive(Clone)]
pub struct Deliverer {
    /// The pipeline's shared parts.
    pub shared: Shared,
    /// The way out.
    pub case_system: Arc<dyn CaseSystem>,
    /// When failed work is tried again.
    pub retry: RetryPolicy,
    /// How long an interrupted attempt is given to show in the case system before it is looked for.
    pub look_after: Duration,
    /// With a broker: how long a published notice may wait unconsumed before it is published again.
    pub watch: Option<jiff::SignedDuration>,
}

/// Works off the embedded queue until told to stop: the job is the queued message.
pub async fn run(deliverer: Deliverer, pace: Pace, stop: CancellationToken) {
    let start = |jobs: Vec<ClaimedJob>, places: Places| {
        let deliverer = deliverer.clone();
        async move {
            match deliverer.open(jobs).await {
                Ok(opened) => {
                    for (claimed, job) in opened {
                        let deliverer = deliverer.clone();
                        let piece = |place| async move {
                            deliverer.attempt(claimed, job, place).await;
                        };
                        places.run(piece).await;
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "could not read notices to hand over; their leases run out");
                }
            }
        }
    };
    let lane = &deliverer.shared.lanes.onward;
    let begin = |work: Vec<(ClaimedJob, DeliveryJob)>, place| {
        let mut place = Some(place);
        for (claimed, job) in work {
            let (deliverer, place) = (deliverer.clone(), place.take());
            lane.places.spawn(async move { deliverer.attempt(claimed, job, place).await });
        }
    };
    let (shared, kind) = (&deliverer.shared, JobKind::Deliver);
    tokio::join!(
        lane.work(shared, &stop, 1, begin),
        work::work_off(shared, &pace, kind, &lane.places, &stop, start),
    );
    // What began while the outbox was already closed.
    lane.places.finish().await;
}

impl Deliverer {
    /// Reads what is needed for claimed jobs.
    pub(super) async fn open(
        &self,
        jobs: Vec<ClaimedJob>,
    ) -> Result<Vec<(ClaimedJob, DeliveryJob)>, StoreError> {
        let subjects: Vec<String> = jobs.iter().map(|job| job.subject.clone()).collect();
        let found = self.shared.store.delivery_jobs(&subjects).await?;
        let mut claimed: HashMap<String, ClaimedJob> =
            jobs.into_iter().map(|job| (job.subject.clone(), job)).collect();
        Ok(found
            .into_iter()
            .filter_map(|job| Some((claimed.remove(job.reference.as_str())?, job)))
            .collect())
    }

    /// One attempt, from committed intent to committed outcome. The place is given back as soon as the case system is done.
    pub(super) async fn attempt(
        &self,
        claimed: ClaimedJob,
        job: DeliveryJob,
        place: Option<Place>,
    ) {
        let reference = job.reference.clone();
        if DeliveryState::parse(&job.state).is_some_and(DeliveryState::is_end) {
            let outcome = Outcome::Superfluous { kind: JobKind::Deliver, subject: claimed.subject };
            return self.commit(outcome).await;
        }
        let step = match self.with_another(&job, &claimed).await {
            Some(step) => step,
            None => self.by_itself(&job, &claimed).await,
        };
        telemetry::kill_point("after_send_before_outcome");
        metrics::counter!(telemetry::DELIVERY_ATTEMPTS, "outcome" => word(&step)).increment(1);
        drop(place);
        self.commit(Outcome::Notice { reference, attempt: claimed.attempt, step }).await;
    }

    async fn by_itself(&self, job: &DeliveryJob, claimed: &ClaimedJob) -> NoticeStep {
        if let Some(reason) = suspicion::kept_back(&job.notice) {
            return NoticeStep::Person { state: DeliveryState::NeedsReview, reason };
        }
        match self.hand_over(job, claimed.attempt).await {
            Ok(mut hand_over) => self.steps(&mut hand_over, claimed).await,
            Err(failure) => self.failed(failure, claimed, claimed.interrupted),
        }
    }

    /// A notice whose content another one owns makes no case: it takes the owner's, waits for it, or goes to a person with it. So what became of
    /// an interrupted attempt need not be looked up: there was none.
    async fn with_another(&self, job: &DeliveryJob, claimed: &ClaimedJob) -> Option<NoticeStep> {
        if !job.may_be_repeated {
            return None;
        }
        let owner = match self.shared.store.other_owner(&job.reference).await {
            Ok(owner) => owner?,
            Err(error) => {
                let failure = Failure::Transient(error.to_string());
                return Some(self.failed(failure, claimed, claimed.interrupted));
            }
        };
        let person = NoticeStep::Person {
            state: DeliveryState::NeedsReview,
            reason: "sameNoticeWaits".to_owned(),
        };
        Some(match (owner.state, owner.case_id) {
            (Some(DeliveryState::Delivered), Some(case_id)) => {
                NoticeStep::Linked { case_id, to: owner.reference }
            }
            _ if !owner.moves => person,
            _ => self.again(claimed, "sameNoticeOnItsWay").unwrap_or(person),
        })
    }

    /// Later, as the policy says; `None` when that was often enough.
    fn again(&self, claimed: &ClaimedJob, reason: &str) -> Option<NoticeStep> {
        let at = self.retry.next(claimed.attempt, self.shared.clock.now())?;
        Some(NoticeStep::Again {
            at,
            look_first: false,
            reason: reason.to_owned(),
            by_broker_until: self.watch.map(|watch| at.saturating_add(watch).unwrap_or(at)),
        })
    }

    async fn commit(&self, outcome: Outcome) {
        if let Err(error) = self.shared.store.finish(vec![outcome]).await {
            tracing::error!(%error, "could not commit what became of a hand-over; it is looked up when its lease ends");
        }
    }

    /// Looks when an earlier attempt may have happened, then takes steps until all is in the case system.
    async fn steps(&self, hand_over: &mut HandOver, claimed: &ClaimedJob) -> NoticeStep {
        if claimed.interrupted {
            tokio::time::sleep(self.look_after).await;
            match self.case_system.find(hand_over).await {
                Ok(Found::Nothing | Found::KeyDecides) => {}
                Ok(Found::Case { case_id }) => return NoticeStep::Delivered { case_id },
                Ok(Found::Begun(progress)) => hand_over.progress = Some(progress),
                Ok(Found::InDoubt(reason)) => {
                    return NoticeStep::Person { state: DeliveryState::Uncertain, reason };
                }
                Err(failure) => return self.failed(failure, claimed, true),
            }
        }
        loop {
            match self.case_system.step(hand_over).await {
                Ok(Step::Done { case_id }) => return NoticeStep::Delivered { case_id },
                Ok(Step::NeedsPerson { reason }) => {
                    return NoticeStep::Person { state: DeliveryState::NeedsReview, reason };
                }
                Ok(Step::Opened(progress)) => {
                    telemetry::kill_point("after_step_before_progress");
                    let step = NoticeStep::Progress {
                        case_id: progress.case_id.clone(),
                        note: progress.note.clone(),
                    };
                    let (reference, attempt) = (hand_over.reference.clone(), claimed.attempt);
                    self.commit(Outcome::Notice { reference, attempt, step }).await;
                    hand_over.progress = Some(progress);
                }
                Err(failure) => {
                    let begun = hand_over.progress.is_some();
                    return self.failed(failure, claimed, begun);
                }
            }
        }
    }

    /// A failure obeys its class; what was uncertain stays so until somebody looked.
    fn failed(&self, failure: Failure, claimed: &ClaimedJob, look_anyway: bool) -> NoticeStep {
        let now = self.shared.clock.now();
        let reason = failure.to_string();
        tracing::warn!(reference = %claimed.subject, attempt = claimed.attempt, %reason, "a hand-over failed");
        let look_first = look_anyway || matches!(failure, Failure::Uncertain(_));
        let again = match failure {
            Failure::Permanent(_) => None,
            Failure::Transient(_) | Failure::Uncertain(_) => self.retry.next(claimed.attempt, now),
        };
        match again {
            Some(at) => NoticeStep::Again {
                at,
                look_first,
                reason,
                by_broker_until: self.watch.map(|watch| at.saturating_add(watch).unwrap_or(at)),
            },
            None if look_first => NoticeStep::Person { state: DeliveryState::Uncertain, reason },
            None => NoticeStep::Person { state: DeliveryState::Parked, reason },
        }
    }

    async fn hand_over(&self, job: &DeliveryJob, attempt: u32) -> Result<HandOver, Failure> {
        let mut hand_over = event_of(job)?;
        hand_over.attempt = attempt;
        hand_over.belongs_to = linking::belongs_to(&self.shared, &hand_over).await?;
        // A message of many notices stays out of each one's file: there is another household in it.
        let alone = job.reference == job.message;
        if alone && self.case_system.wants_original() {
            hand_over.original = Some(self.original(job).await?);
        }
        Ok(hand_over)
    }

    async fn original(&self, job: &DeliveryJob) -> Result<Original, Failure> {
        let bytes = self.shared.store.original(job.message.as_str()).await;
        let bytes = bytes.map_err(|error| Failure::Transient(error.to_string()))?;
        let bytes = bytes.ok_or_else(|| Failure::Permanent("the original is gone".to_owned()))?;
        Ok(Original { format: format(&job.format), bytes: Bytes::from(bytes) })
    }
}

/// The hand-over as stored, without the original.
pub(super) fn event_of(job: &DeliveryJob) -> Result<HandOver, Failure> {
    let unreadable =
        |what: &str| Failure::Permanent(format!("the stored {what} cannot be read back"));
    let progress = job.progress.clone().zip(job.case_id.clone());
    Ok(HandOver {
        reference: job.reference.clone(),
        received_at: job.received_at,
        arrival_date: job.arrival_date.parse().map_err(|_| unreadable("arrival date"))?,
        channel: channel(&job.channel).ok_or_else(|| unreadable("channel"))?,
        assignment: serde_json::from_str(&job.assignment).map_err(|_| unreadable("assignment"))?,
        notice_json: job.notice.clone(),
        original: None,
        attempt: 1,
        progress: progress.map(|(note, case_id)| Progress { case_id, note }),
        belongs_to: None,
    })
}

fn word(step: &NoticeStep) -> &'static str {
    match step {
        NoticeStep::Delivered { .. } => "delivered",
        NoticeStep::Linked { .. } => "linked",
        NoticeStep::Progress { .. } => "opened",
        NoticeStep::Again { look_first: true, .. } => "uncertain",
        NoticeStep::Again { .. } => "retrying",
        NoticeStep::Person { .. } => "person",
    }
}

fn channel(word: &str) -> Option<Channel> {
    [Channel::Api, Channel::Folder, Channel::Maildir, Channel::Mailbox, Channel::Sftp]
        .into_iter()
        .find(|known| known.as_str() == word)
}

fn format(word: &str) -> Format {
    [Format::Json, Format::Xml, Format::Csv, Format::Mail]
        .into_iter()
        .chain(Format::DOCUMENTS)
        .find(|known| known.as_str() == word)
        .unwrap_or(Format::Other)
}

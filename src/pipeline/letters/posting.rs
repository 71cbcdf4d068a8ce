//! Sends the letters of a copy: into the print folder, or to the letter service and followed up there until each is delivered.
//!
//! The letters were rendered and stored when they were released; every attempt and every way sends the same bytes. How far each has come is
//! committed letter by letter ([`LetterRow`]): what was begun and has no outcome is looked for at the service before it is posted again. The copy counts as
//! sent when all of its letters are; when the rest has failed for good, the next way takes the rest.

use crate::acknowledge::far_folder::FarFolder;
use crate::acknowledge::print;
use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::Way;
use crate::domain::copy_reason::PROTECTED;
use crate::domain::failure::Failure;
use crate::domain::retry::RetryPolicy;
use crate::domain::switch::Switch;
use crate::pipeline::Pace;
use crate::pipeline::Shared;
use crate::pipeline::letters::Office;
use crate::pipeline::letters::approve;
use crate::pipeline::letters::judging;
use crate::pipeline::letters::posting_service;
use crate::pipeline::work;
use crate::pipeline::work::Places;
use crate::store::AcknowledgementJob;
use crate::store::Action;
use crate::store::ClaimedJob;
use crate::store::CopyChange;
use crate::store::JobKind;
use crate::store::LetterRow;
use crate::store::LetterStage;
use crate::store::Outcome;
use crate::store::Protection;
use crate::store::StoreError;
use crate::telemetry;
use jiff::Timestamp;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Copies that are worked on at once, in places of their own: a letter service that hangs holds up no confirmation.
const AT_ONCE: usize = 4;

/// A copy goes the same day: where another way is named, one that has failed so often (eight minutes with the usual pauses) is left.
pub(super) const TRIES_OF_ONE_WAY: u32 = 8;

/// What letters need, and the print drop where it is on a server.
pub type Desk = (Arc<Office>, Option<FarFolder>);

/// Works off letters until told to stop.
pub async fn run(shared: Shared, pace: Pace, desk: Desk, stop: CancellationToken) {
    let retry = pace.retry;
    let places = Places::new(AT_ONCE);
    let start = |jobs: Vec<ClaimedJob>, places: Places| {
        claimed(shared.clone(), desk.clone(), retry, jobs, places)
    };
    work::work_off(&shared, &pace, JobKind::Letter, &places, &stop, start).await;
}

async fn claimed(
    shared: Shared,
    (office, print): Desk,
    retry: RetryPolicy,
    jobs: Vec<ClaimedJob>,
    places: Places,
) {
    let subjects: Vec<String> = jobs.iter().map(|job| job.subject.clone()).collect();
    let found = match shared.store.acknowledgement_jobs(&subjects).await {
        Ok(found) => found,
        Err(error) => {
            tracing::error!(%error, "could not read letters; their leases run out");
            return;
        }
    };
    let attempts: HashMap<String, u32> =
        jobs.into_iter().map(|job| (job.subject, job.attempt)).collect();
    for job in found {
        let attempt = attempts.get(&job.key.subject()).copied().unwrap_or(1);
        let (shared, office, print) = (shared.clone(), Arc::clone(&office), print.clone());
        let piece = |place| async move {
            let (shared, office, print) = (&shared, &*office, &print);
            let posting = Posting { shared, office, print, retry, job: &job, attempt };
            let outcome = posting.go().await;
            telemetry::kill_point("after_letters_before_outcome");
            drop(place);
            posting.finish(outcome).await;
        };
        places.run(piece).await;
    }
}

/// One attempt at a copy.
pub(super) struct Posting<'a> {
    pub(super) shared: &'a Shared,
    pub(super) office: &'a Office,
    pub(super) print: &'a Option<FarFolder>,
    pub(super) retry: RetryPolicy,
    pub(super) job: &'a AcknowledgementJob,
    pub(super) attempt: u32,
}

impl Posting<'_> {
    pub(super) fn key(&self) -> &AcknowledgementKey {
        &self.job.key
    }

    pub(super) fn now(&self) -> Timestamp {
        self.shared.clock.now()
    }

    /// Whether another way is left by which it would leave.
    pub(super) fn has_another_way(&self) -> bool {
        let next =
            self.office.next_way(self.key().way, Some(&self.job.address), &self.shared.switches);
        next.is_some_and(|next| self.shared.switches.of(next.way()) == Switch::On)
    }

    /// One step further. What a person has switched, and who has become protected, stops what has not begun; what is under way is followed up.
    async fn go(&self) -> Result<Outcome, StoreError> {
        let known = self.shared.store.letters_of(self.key()).await?;
        let under_way = known.values().any(|letter| letter.stage.is_under_way());
        let held = self.held(&known).await?;
        match (held, self.key().way) {
            (Some(outcome), _) if !under_way => Ok(outcome),
            (held, Way::Service) => posting_service::post(self, &known, held.is_some()).await,
            (
                _,
                Way::Print
                | Way::Api
                | Way::Mail
                | Way::Files
                | Way::Folder
                | Way::Sftp
                | Way::Feed
                | Way::Webhook
                | Way::Digest
                | Way::Outstanding,
            ) => self.print(known.get(&0)).await,
        }
    }

    /// What becomes of letters that must not be begun now.
    async fn held(
        &self,
        known: &BTreeMap<usize, LetterRow>,
    ) -> Result<Option<Outcome>, StoreError> {
        let another = self.has_another_way();
        let switches = &self.shared.switches;
        let held = switches.held_back(self.key(), self.attempt, another, self.now());
        if held.is_some() || !self.begins(known) {
            return Ok(held);
        }
        let (store, reference) = (&self.shared.store, &self.key().reference);
        let asked = approve::ask_again(store, &self.office.sources, reference).await?;
        // No log names somebody's notice beside this reason.
        let reason = match asked.answer {
            Protection::Protected => Some(PROTECTED),
            Protection::NotProtected | Protection::Unknown => {
                judging::needless(self.shared, self.key()).await?
            }
        };
        Ok(reason.map(|reason| Outcome::SendFailed {
            key: self.key().clone(),
            attempt: self.attempt,
            reason: reason.to_owned(),
        }))
    }

    /// Whether anything of the copy could still be begun; in the print folder its letters lie together.
    fn begins(&self, known: &BTreeMap<usize, LetterRow>) -> bool {
        let letters = serde_json::from_str::<Vec<IgnoredAny>>(&self.job.rendered);
        let there = known.values().filter(|letter| match letter.stage {
            LetterStage::Taken | LetterStage::Sent | LetterStage::Placed => true,
            LetterStage::Waiting | LetterStage::Begun | LetterStage::Failed => false,
        });
        let placed = known.values().any(|letter| letter.stage == LetterStage::Placed);
        !placed && there.count() < letters.map_or(1, |letters| letters.len())
    }

    /// Commits how far a letter has come.
    pub(super) async fn keep(
        &self,
        ordinal: usize,
        letter: LetterRow,
    ) -> Result<LetterRow, StoreError> {
        let key = self.key().clone();
        let change = CopyChange::Letter { key, ordinal, letter: letter.clone() };
        // Nothing refuses it.
        drop(self.shared.store.act(Action::Copy(change)).await?);
        Ok(letter)
    }

    pub(super) fn sent(&self, evidence: String) -> Outcome {
        let key = self.key().clone();
        let delay = self.now().duration_since(self.job.received_at).as_secs_f64();
        metrics::histogram!(telemetry::ACKNOWLEDGEMENT_DELAY, "recipient" => key.recipient.as_str())
            .record(delay);
        Outcome::Sent { key, attempt: self.attempt, evidence }
    }

    pub(super) fn again(&self, at: Timestamp, reason: String) -> Outcome {
        Outcome::SendAgain { key: self.key().clone(), attempt: self.attempt, at, reason }
    }

    pub(super) fn failed(&self, reason: String) -> Outcome {
        let reference = &self.key().reference;
        tracing::warn!(%reference, way = self.key().way.as_str(), %reason, "letters cannot go this way");
        Outcome::SendFailed { key: self.key().clone(), attempt: self.attempt, reason }
    }

    /// Into the print folder. What misses the day's post lies there, open, until it is fetched.
    async fn print(&self, known: Option<&LetterRow>) -> Result<Outcome, StoreError> {
        let cutoffs = self.office.cutoffs(&self.shared.local_time);
        if let Some(placed) = known.filter(|letter| letter.stage == LetterStage::Placed) {
            let counts_at = cutoffs.counts_at(placed.since);
            return Ok(match counts_at <= self.now() {
                true => self.sent(placed.note.clone().unwrap_or_default()),
                false => self.again(counts_at, too_late(&cutoffs.shown())),
            });
        }
        let (address, rendered) = (self.job.address.clone(), self.job.rendered.clone());
        let far = self.print.clone();
        let writing = tokio::task::spawn_blocking(move || {
            print::deliver(&address, rendered.as_bytes(), far.as_ref())
        });
        let written = writing.await.unwrap_or_else(|_| {
            Err(Failure::Uncertain("writing the letters was interrupted".to_owned()))
        });
        telemetry::kill_point("after_print_before_outcome");
        let now = self.now();
        let counts_at = cutoffs.counts_at(now);
        match written {
            Ok(list) if counts_at <= now => Ok(self.sent(list)),
            Ok(list) => {
                let (time, shown) = (&self.shared.local_time, cutoffs.shown());
                let at = |at: Timestamp| format!("{} {}", time.day_of(at), time.clock_of(at));
                let note = format!(
                    "{list}; put there {}, after the last cut-off ({shown}): counts as sent {}",
                    at(now),
                    at(counts_at)
                );
                let letter = LetterRow {
                    stage: LetterStage::Placed,
                    party: None,
                    message: None,
                    note: Some(note),
                    tries: self.attempt,
                    since: now,
                };
                self.keep(0, letter).await?;
                Ok(self.again(counts_at, too_late(&shown)))
            }
            Err(failure) => Ok(self.not_written(&failure, now)),
        }
    }

    /// A full or closed folder is open again some day; a copy is never given up for an outage, but another way is sooner.
    fn not_written(&self, failure: &Failure, now: Timestamp) -> Outcome {
        let reason = failure.to_string();
        let leave = match failure {
            Failure::Permanent(_) => true,
            Failure::Transient(_) | Failure::Uncertain(_) => {
                self.attempt >= TRIES_OF_ONE_WAY && self.has_another_way()
            }
        };
        if leave {
            return self.failed(reason);
        }
        let reference = &self.key().reference;
        tracing::warn!(%reference, attempt = self.attempt, %reason, "letters could not be put into the print folder");
        self.again(pause(self.retry, self.attempt, now), reason)
    }

    async fn finish(&self, outcome: Result<Outcome, StoreError>) {
        let finished = match outcome {
            Ok(outcome) => self.shared.store.finish(vec![outcome]).await,
            Err(error) => Err(error),
        };
        if let Err(error) = finished {
            tracing::error!(%error, "could not commit what became of letters; they are looked at again");
        }
    }
}

/// When what failed so often is tried again: growing pauses, then the longest for ever.
pub(super) fn pause(retry: RetryPolicy, tries: u32, now: Timestamp) -> Timestamp {
    let last = now.saturating_add(retry.longest).unwrap_or(now);
    retry.next(tries.max(1), now).unwrap_or(last)
}

fn too_late(shown: &str) -> String {
    format!("in the print folder after the last cut-off ({shown}): not sent that day")
}

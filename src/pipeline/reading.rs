//! Works off messages whose documents were left for after the commit: each document is read in a process of its own, the message is read whole, and
//! what it says takes the place of the notice that stood for it.
//!
//! A process that dies leaves the message to be read again; whatever is killed at, it is stored once. A machine on which no document can be read
//! for long gives the message to a person, read as far as it could be without.

use crate::acknowledge::receipt_file;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Way;
use crate::domain::delivery::DeliveryState;
use crate::domain::digest::Digest;
use crate::domain::finding::Finding;
use crate::domain::reference::Reference;
use crate::domain::retry::RetryPolicy;
use crate::normalize::Disposition;
use crate::normalize::Reading;
use crate::pipeline::Pace;
use crate::pipeline::Shared;
use crate::pipeline::again;
use crate::pipeline::compose::compose;
use crate::pipeline::documents::documents_of;
use crate::pipeline::kept;
use crate::pipeline::reader;
use crate::pipeline::work;
use crate::pipeline::work::Places;
use crate::sandbox::Sandbox;
use crate::store::ClaimedJob;
use crate::store::JobKind;
use crate::store::Outcome;
use crate::store::Record;
use crate::store::StoreError;
use crate::telemetry;
use tokio_util::sync::CancellationToken;

/// A message whose process died so many times while it was being read, or for whose documents the machine had no process so often (three quarters
/// of an hour with the usual pauses), is read without its documents.
const TRIES: u32 = 12;
/// One that could not even be stored then, so many times, is given to a person as it is.
const LAST_TRIES: u32 = TRIES + 4;

/// Makes of a message's record one that waits for its documents: nothing of it goes on yet, and a receipt file waits a little for what they say.
pub(super) fn wait(record: &mut Record) {
    for notice in &mut record.notices {
        notice.state = DeliveryState::Reading;
        notice.reason = None;
        notice.job = Some(JobKind::Read);
    }
    for answered in &mut record.answer.notices {
        answered.needs_review = false;
    }
    for told in &mut record.acknowledgements {
        if told.key.way == Way::Files {
            told.wait = receipt_file::WAITS;
        }
    }
}

/// Reads until told to stop.
pub async fn run(shared: Shared, pace: Pace, sandbox: Sandbox, stop: CancellationToken) {
    let retry = pace.retry;
    let places = Places::new(pace.concurrency);
    let start = |jobs: Vec<ClaimedJob>, places: Places| {
        let (shared, sandbox) = (shared.clone(), sandbox.clone());
        async move {
            for job in jobs {
                let (shared, sandbox) = (shared.clone(), sandbox.clone());
                let piece = |place| async move {
                    attempt(&shared, &sandbox, retry, &job).await;
                    drop(place);
                };
                places.run(piece).await;
            }
        }
    };
    work::work_off(&shared, &pace, JobKind::Read, &places, &stop, start).await;
}

async fn attempt(shared: &Shared, sandbox: &Sandbox, retry: RetryPolicy, job: &ClaimedJob) {
    let Some(reference) = Reference::parse(&job.subject) else { return };
    let outcome = match read(shared, sandbox, &reference, job).await {
        Ok(Step::Stored) => return,
        Ok(Step::Gone) => {
            Outcome::Superfluous { kind: JobKind::Read, subject: job.subject.clone() }
        }
        Ok(Step::Later(why)) => {
            tracing::error!(%reference, attempt = job.attempt, why, "the documents of a message cannot be read for now");
            let now = shared.clock.now();
            let longest = now.saturating_add(retry.longest).unwrap_or(now);
            let at = retry.next(job.attempt, now).unwrap_or(longest);
            Outcome::ReadAgain { reference, at }
        }
        Err(error) => {
            tracing::error!(%error, %reference, "could not store what a message says; it is read again");
            return;
        }
    };
    if let Err(error) = shared.store.finish(vec![outcome]).await {
        tracing::error!(%error, "could not commit what became of reading a message; it is read again");
    }
}

/// What came of an attempt to read.
enum Step {
    /// What it says is stored.
    Stored,
    /// There is no such message.
    Gone,
    /// Nothing could be read on this machine.
    Later(String),
}

async fn read(
    shared: &Shared,
    sandbox: &Sandbox,
    reference: &Reference,
    job: &ClaimedJob,
) -> Result<Step, StoreError> {
    let Some(received) = again::stored(&shared.store, reference).await? else {
        return Ok(Step::Gone);
    };
    let format = received.envelope.format;
    let given_up = job.attempt > TRIES;
    let documents = match given_up {
        true => None,
        false => match documents_of(&received.raw, format, sandbox, shared.limits).await {
            Ok(documents) => Some(documents),
            Err(error) => return Ok(Step::Later(chain(&error))),
        },
    };
    telemetry::kill_point("after_reading_before_outcome");
    let (mut reading, known) =
        again::understand(&shared.rules(), &shared.partners, &received, documents).await;
    if given_up {
        tracing::error!(%reference, attempt = job.attempt, "a message's documents were not read after several tries; a person reads them");
    }
    if job.attempt > LAST_TRIES {
        reading = reader::unreadable();
    } else if given_up {
        not_read(&mut reading);
    }
    let on = shared.local_time.day_of(received.envelope.received_at);
    kept::keep(&shared.store, reference, (on, &shared.local_time), &mut reading).await?;
    let sha256 = Digest::of(&received.raw);
    let mut record = compose(shared, &received, sha256, (&reading, &known), Some(reference));
    // Its receipt by mail was sent when it came.
    record
        .acknowledgements
        .retain(|told| told.key.purpose != Purpose::Receipt || told.key.way == Way::Files);
    shared.store.found(record).await.map(|_awaited| Step::Stored)
}

/// A person reads what this machine could not.
fn not_read(reading: &mut Reading) {
    for read in &mut reading.notices {
        read.disposition = Disposition::NeedsReview;
        read.notice.findings.push(Finding::error(
            "document.notRead",
            "/attachments",
            "The document could not be read on this machine, after several tries. A person reads it.",
        ));
    }
}

fn chain(error: &crate::sandbox::SandboxError) -> String {
    let source = std::error::Error::source(error);
    source.map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}

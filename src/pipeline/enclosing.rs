//! Puts what was sent about a notice with its case: the confirmation to Kronofogden, and the letters of its copy, exactly as they left.
//!
//! It follows by itself when both are there, the case and what was sent, and holds up neither. What the case system does not take is shown to a person
//! (`kvittens enclose`).

use crate::acknowledge::print;
use crate::case_system::CaseSystem;
use crate::case_system::enclosure::Document;
use crate::case_system::enclosure::Enclosed;
use crate::case_system::enclosure::Enclosure;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Way;
use crate::domain::failure::Failure;
use crate::domain::masked::Masked;
use crate::pipeline::Pace;
use crate::pipeline::Shared;
use crate::pipeline::deliver;
use crate::pipeline::work;
use crate::pipeline::work::Places;
use crate::store::Action;
use crate::store::ClaimedJob;
use crate::store::EnclosureChange;
use crate::store::EnclosureJob;
use crate::store::JobKind;
use crate::store::StoreError;
use crate::telemetry;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Between two looks for what is missing.
const PAUSE: Duration = Duration::from_secs(1);

/// So many at once: it is never urgent.
const AT_ONCE: usize = 4;

/// Puts what was sent with its case until told to stop.
pub async fn run(
    shared: Shared,
    case_system: Arc<dyn CaseSystem>,
    pace: Pace,
    stop: CancellationToken,
) {
    let places = Places::new(AT_ONCE);
    let start = |jobs: Vec<ClaimedJob>, places: Places| {
        claimed(shared.clone(), Arc::clone(&case_system), pace.clone(), jobs, places)
    };
    tokio::join!(
        plan(&shared, &stop),
        work::work_off(&shared, &pace, JobKind::Enclose, &places, &stop, start),
    );
}

async fn plan(shared: &Shared, stop: &CancellationToken) {
    while stop.run_until_cancelled(tokio::time::sleep(PAUSE)).await.is_some() {
        if let Err(error) = shared.store.plan_enclosures().await {
            tracing::error!(%error, "could not look for what belongs with a case");
        }
    }
}

async fn claimed(
    shared: Shared,
    case_system: Arc<dyn CaseSystem>,
    pace: Pace,
    jobs: Vec<ClaimedJob>,
    places: Places,
) {
    let subjects: Vec<String> = jobs.iter().map(|job| job.subject.clone()).collect();
    let found = match shared.store.enclosure_jobs(&subjects).await {
        Ok(found) => found,
        Err(error) => {
            tracing::error!(%error, "could not read what belongs with a case; the leases run out");
            return;
        }
    };
    let mut attempts: HashMap<String, u32> =
        jobs.into_iter().map(|job| (job.subject, job.attempt)).collect();
    for job in found {
        let attempt = attempts.remove(&job.key.subject()).unwrap_or(1);
        let (shared, case_system, pace) = (shared.clone(), Arc::clone(&case_system), pace.clone());
        let piece = |place| async move {
            let change = attempt_one(&shared, &*case_system, &pace, (job, attempt)).await;
            drop(place);
            commit(&shared, change).await;
        };
        places.run(piece).await;
    }
    for subject in attempts.into_keys() {
        commit(&shared, EnclosureChange::Gone { subject }).await;
    }
}

async fn commit(shared: &Shared, change: EnclosureChange) {
    if let Err(error) = shared.store.act(Action::Enclosure(change)).await {
        tracing::error!(%error, "could not commit what became of an enclosure; it is looked up when its lease ends");
    }
}

/// One attempt, and what became of it.
async fn attempt_one(
    shared: &Shared,
    case_system: &dyn CaseSystem,
    pace: &Pace,
    (job, attempt): (EnclosureJob, u32),
) -> EnclosureChange {
    let key = job.key.clone();
    let enclosed = match enclosure(shared, job, attempt).await {
        Ok(enclosure) => case_system.enclose(&enclosure).await,
        Err(failure) => Err(failure),
    };
    telemetry::kill_point("after_enclosing_before_outcome");
    let failure = match enclosed {
        Ok(enclosed) => {
            return EnclosureChange::Done { key, taken: enclosed == Enclosed::Taken };
        }
        Err(failure) => failure,
    };
    let reference = &key.reference;
    tracing::warn!(%reference, %failure, attempt, "what was sent could not be put with its case");
    let again = match failure {
        Failure::Permanent(_) => None,
        Failure::Transient(_) | Failure::Uncertain(_) => {
            pace.retry.next(attempt, shared.clock.now())
        }
    };
    match again {
        Some(at) => EnclosureChange::Again { key, at },
        None => EnclosureChange::Failed { key },
    }
}

/// All that the case system needs for one.
async fn enclosure(shared: &Shared, job: EnclosureJob, attempt: u32) -> Result<Enclosure, Failure> {
    let database = |error: StoreError| Failure::Transient(error.to_string());
    let gone = || Failure::Permanent("its notice or case is gone".to_owned());
    let subjects = [job.key.reference.to_string()];
    let notices = shared.store.delivery_jobs(&subjects).await.map_err(database)?;
    let notice = notices.into_iter().next().ok_or_else(gone)?;
    let case_id = notice.case_id.clone().ok_or_else(gone)?;
    let hand_over = deliver::event_of(&notice)?;
    let documents = documents(&job)
        .ok_or_else(|| Failure::Permanent("what was sent cannot be read back".to_owned()))?;
    let EnclosureJob { key, sent_at, .. } = job;
    Ok(Enclosure { hand_over, case_id, key, sent_at, documents, attempt })
}

/// What was sent, as documents of a file: a mail as it went, else the confirmation itself; each letter of a copy.
fn documents(job: &EnclosureJob) -> Option<Vec<Document>> {
    let (key, day) = (&job.key, job.sent_at.strftime("%Y-%m-%d"));
    let name = format!("{}.{}.{}", key.reference, key.purpose.as_str(), key.version);
    match key.purpose {
        Purpose::Confirmation => {
            let (text, end, media_type) = match (key.way, &job.document) {
                (Way::Mail, _) | (_, None) => (&job.rendered, "eml", "message/rfc822"),
                (_, Some(document)) => (document, "json", "application/json"),
            };
            Some(vec![Document {
                title: format!("Bekräftelse till Kronofogden {day}"),
                file: format!("{name}.{end}"),
                media_type,
                bytes: Bytes::from(text.clone().into_bytes()),
                person: None,
            }])
        }
        Purpose::Copy | Purpose::Offer => {
            let what = match key.purpose {
                Purpose::Offer => "Brev till den enskilde med erbjudande om hjälp",
                _ => "Kopia av bekräftelsen till den enskilde",
            };
            let letters: Vec<print::Letter> = serde_json::from_str(&job.rendered).ok()?;
            let document = |(at, letter): (usize, print::Letter)| {
                Some(Document {
                    title: format!("{what} {day}"),
                    file: format!("{name}.{}.pdf", at + 1),
                    media_type: "application/pdf",
                    bytes: Bytes::from(STANDARD.decode(&letter.pdf).ok()?),
                    person: letter.person.map(Masked::new),
                })
            };
            letters.into_iter().enumerate().map(document).collect()
        }
        Purpose::Receipt => Some(Vec::new()),
    }
}

//! Puts what was sent about a notice with its case: the confirmation to Kronofogden, and the letters of its copy, exactly as they left; and what a person
//! corrected after the case system had it.
//!
//! It follows by itself when both are there, the case and what belongs with it, and holds up neither. What the case system does not take is shown to a person
//! (`kvittens enclose`). Nothing is put there by itself once a person said that the notice is about somebody else: its case lies with the wrong person, and
//! only people may move it.

use crate::acknowledge::print;
use crate::case_system;
use crate::case_system::CaseSystem;
use crate::case_system::corrected::Corrected;
use crate::case_system::enclosure::Document;
use crate::case_system::enclosure::Enclosed;
use crate::case_system::enclosure::Enclosure;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Way;
use crate::domain::enclosure::EnclosureKey;
use crate::domain::failure::Failure;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::pipeline::Pace;
use crate::pipeline::Shared;
use crate::pipeline::deliver;
use crate::pipeline::work;
use crate::pipeline::work::Places;
use crate::store::Action;
use crate::store::ClaimedJob;
use crate::store::CorrectionRow;
use crate::store::EnclosureChange;
use crate::store::EnclosureJob;
use crate::store::JobKind;
use crate::store::StoreError;
use crate::store::corrected_values;
use crate::telemetry;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use jiff::Timestamp;
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
    let corrected = subjects.iter().filter_map(|subject| match EnclosureKey::parse(subject)? {
        EnclosureKey::Corrected { reference, version } => {
            Some(Piece::Corrected(reference, version))
        }
        EnclosureKey::Sent(_) => None,
    });
    for job in found.into_iter().map(Piece::Sent).chain(corrected) {
        let attempt = attempts.remove(&job.key().subject()).unwrap_or(1);
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

/// What is put there.
enum Piece {
    /// What was sent.
    Sent(EnclosureJob),
    /// A correction of a notice, and the how-manieth.
    Corrected(Reference, u32),
}

impl Piece {
    fn key(&self) -> EnclosureKey {
        match self {
            Self::Sent(job) => EnclosureKey::Sent(job.key.clone()),
            Self::Corrected(reference, version) => {
                EnclosureKey::Corrected { reference: reference.clone(), version: *version }
            }
        }
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
    (job, attempt): (Piece, u32),
) -> EnclosureChange {
    let key = job.key();
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
    let (reference, purpose) = (key.reference(), key.purpose());
    tracing::warn!(%reference, purpose, %failure, attempt, "what belongs with a case could not be put there");
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
async fn enclosure(shared: &Shared, piece: Piece, attempt: u32) -> Result<Enclosure, Failure> {
    let database = |error: StoreError| Failure::Transient(error.to_string());
    let gone = || Failure::Permanent("its notice or case is gone".to_owned());
    let key = piece.key();
    let subjects = [key.reference().to_string()];
    let notices = shared.store.delivery_jobs(&subjects).await.map_err(database)?;
    let notice = notices.into_iter().next().ok_or_else(gone)?;
    let case_id = notice.case_id.clone().ok_or_else(gone)?;
    let hand_over = deliver::event_of(&notice)?;
    let corrections = shared.store.corrections_of(key.reference()).await.map_err(database)?;
    if corrections.iter().any(CorrectionRow::is_about_another) {
        let why = "the notice was corrected to be about somebody else after the hand-over: a person puts this where it belongs";
        return Err(Failure::Permanent(why.to_owned()));
    }
    let (sent_at, documents, changed) = match &piece {
        Piece::Sent(job) => {
            let unreadable = || Failure::Permanent("what was sent cannot be read back".to_owned());
            (job.sent_at, documents(job).ok_or_else(unreadable)?, Vec::new())
        }
        Piece::Corrected(_, version) => {
            let (at, told) = corrected(shared, &corrections, (*version, &hand_over.notice_json))
                .ok_or_else(gone)?;
            let changed = told.changes.iter().map(|(place, _, _)| place.clone()).collect();
            (at, vec![case_system::corrected::document(&hand_over, &told)?], changed)
        }
    };
    Ok(Enclosure { hand_over, case_id, key, sent_at, changed, documents, attempt })
}

/// A correction with what stood and what stands.
fn corrected(
    shared: &Shared,
    rows: &[CorrectionRow],
    (version, now): (u32, &str),
) -> Option<(Timestamp, Corrected)> {
    let changes = corrected_values(rows, now);
    let (row, changes) =
        rows.iter().zip(changes).find(|(row, _)| row.version == i64::from(version))?;
    let told = Corrected {
        version,
        at: shared.local_time.datetime_of(row.at).strftime("%Y-%m-%d %H:%M").to_string(),
        actor: row.actor.clone(),
        because: row.because,
        changes: changes.into_iter().map(|it| (it.path, it.before, it.after)).collect(),
    };
    Some((row.at, told))
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

//! A person's correction of a notice: what it comes to is worked out here from the text that the person saw, and committed with all that follows.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::calendar::LocalTime;
use crate::domain::correction;
use crate::domain::correction::Because;
use crate::domain::correction::Fault;
use crate::domain::correction::Said;
use crate::domain::correction::When;
use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::notice::Notice;
use crate::domain::reference::Reference;
use crate::pipeline::compose;
use crate::pipeline::sameness::sameness;
use crate::routing::profile::Profile;
use crate::store::Action;
use crate::store::ActionRefused;
use crate::store::Again;
use crate::store::Correction;
use crate::store::JobKind;
use crate::store::NewAcknowledgement;
use crate::store::NoticeRow;
use crate::store::Rendering;
use crate::store::Store;
use crate::store::StoreError;
use crate::telemetry;
use jiff::SignedDuration;
use jiff::Timestamp;

/// What a person says.
pub struct Wish {
    /// Who.
    pub actor: String,
    /// Why.
    pub because: Because,
    /// The digest of the notice's text that they saw; none where they saw none.
    pub seen: Option<Digest>,
    /// What stands where.
    pub said: Vec<Said>,
    /// Whether it is handed over as it stands then.
    pub hand_over: bool,
}

/// With what a correction is worked out.
pub struct Bench<'a> {
    /// Where the notice is.
    pub store: &'a Store,
    /// Units, rules and promises.
    pub profile: &'a Profile,
    /// The municipality's time.
    pub local_time: &'a LocalTime,
    /// The job that moves a notice.
    pub job: JobKind,
}

/// Why nothing was corrected.
#[derive(Debug, thiserror::Error)]
pub enum NotCorrected {
    /// There is no such notice.
    #[error("there is no such notice")]
    Unknown,
    /// Nothing that was said is another than it was.
    #[error("nothing that you say is another than it was")]
    Nothing,
    /// Some of it cannot stand where it is said to stand.
    #[error("{} of the values cannot stand there", .0.len())]
    Faults(Vec<Fault>),
    /// Its state does not allow it, or it was changed meanwhile.
    #[error(transparent)]
    Refused(#[from] ActionRefused),
    /// The database did not answer, or holds what this version cannot read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Corrects a notice; the places that changed.
///
/// # Errors
/// See [`NotCorrected`]; nothing has changed then.
pub async fn correct(
    bench: &Bench<'_>,
    reference: &Reference,
    wish: Wish,
) -> Result<Vec<String>, NotCorrected> {
    let rows = bench.store.notices_of(reference.as_str()).await?;
    let row = rows.into_iter().find(|row| row.reference == reference.as_str());
    let row = match row {
        Some(row) => row,
        None => {
            let message = bench.store.message(reference).await?.ok_or(NotCorrected::Unknown)?;
            let all = bench.store.notices_of(&message.reference).await?;
            let mut mine = all.into_iter().filter(|row| row.reference == reference.as_str());
            mine.next().ok_or(NotCorrected::Unknown)?
        }
    };
    if wish.seen.is_some_and(|seen| seen != Digest::of(row.notice.as_bytes())) {
        return Err(ActionRefused::Stale.into());
    }
    let it = worked_out(bench, (reference, &row), wish)?;
    let paths = it.paths.clone();
    telemetry::kill_point("before_correction");
    bench.store.act(Action::Correct(Box::new(it))).await??;
    telemetry::kill_point("after_correction_before_answer");
    Ok(paths)
}

fn worked_out(
    bench: &Bench<'_>,
    (reference, row): (&Reference, &NoticeRow),
    wish: Wish,
) -> Result<Correction, NotCorrected> {
    let before: Notice =
        serde_json::from_str(&row.notice).map_err(|_| StoreError::Corrupt("notice"))?;
    let (local_time, now) = (bench.local_time, bench.store.clock().now());
    let on = local_time.day_of(row.received_at);
    let corrected = correction::correct(&before, &wish.said, When { on, local_time });
    let corrected = corrected.map_err(NotCorrected::Faults)?;
    if corrected.paths.is_empty() {
        return Err(NotCorrected::Nothing);
    }
    let after = &corrected.notice;
    let persons = after.persons.iter().filter_map(|person| person.identity.as_ref());
    let again = Again { job: bench.job, look_first: true, compared: true };
    Ok(Correction {
        reference: reference.clone(),
        actor: wish.actor,
        because: wish.because,
        before: Masked::new(row.notice.clone()),
        after: Masked::new(serde_json::to_string(after).unwrap_or_default()),
        kind: after.kind,
        assignment: crate::routing::route(bench.profile, after, on),
        identities: persons
            .map(|identity| identity.search_form())
            .chain(compose::case_key(after))
            .collect(),
        sameness: sameness(after),
        other_number: numbers(&before) != numbers(after),
        owed: owed(bench, (reference, after), row.received_at),
        tells_otherwise: told(&before) != told(after),
        writes_otherwise: written(&before) != written(after),
        due_at: local_time.end_of(local_time.day_of(now)),
        hand_over: wish.hand_over.then_some(again),
        paths: corrected.paths,
    })
}

fn numbers(notice: &Notice) -> Vec<Option<String>> {
    let number = |identity: &crate::domain::person_id::PersonIdentity| identity.search_form();
    notice.persons.iter().map(|person| person.identity.as_ref().map(number)).collect()
}

/// What Kronofogden is told of a notice.
fn told(notice: &Notice) -> serde_json::Value {
    let enforcement = notice.enforcement.as_ref();
    serde_json::json!([notice.kind, enforcement.map(|it| (&it.case_number, it.starts_at)),])
}

/// What a letter to a person tells, and to whom and where it goes.
fn written(notice: &Notice) -> serde_json::Value {
    serde_json::json!([told(notice), notice.persons, notice.dwelling])
}

/// What the kind demands or the profile promises, due and promised as if it had been read so from the beginning.
fn owed(
    bench: &Bench<'_>,
    (reference, notice): (&Reference, &Notice),
    received_at: Timestamp,
) -> Vec<NewAcknowledgement> {
    let all = [
        (Recipient::EnforcementAuthority, Purpose::Confirmation),
        (Recipient::Person, Purpose::to_person(notice.kind)),
    ];
    let owed = all.into_iter().filter_map(|(recipient, purpose)| {
        let promise = bench.profile.promises.to(recipient, notice.kind)?;
        let (reference, way) = (reference.clone(), Way::Outstanding);
        Some(NewAcknowledgement {
            key: AcknowledgementKey { reference, recipient, purpose, way, version: 0 },
            state: AcknowledgementState::Pending,
            due_at: bench.local_time.due_same_day(received_at),
            promised_at: promise.hour(received_at, bench.local_time),
            owed_at: Some(received_at),
            reason: None,
            address: None,
            rendering: Rendering::Nothing,
            job: false,
            wait: SignedDuration::ZERO,
        })
    });
    owed.collect()
}

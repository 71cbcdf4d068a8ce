//! Commits what became of attempts, in groups: states move, jobs end or are put off, history is written.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Way;
use crate::domain::delivery::DeliveryState;
use crate::domain::reference::Reference;
use crate::store::StoreError;
use crate::store::digests;
use crate::store::engine::Session;
use crate::store::jobs;
use crate::store::jobs::JobKind;
use crate::store::journal::Line;
use crate::store::outcome::Outcome;
use crate::store::replaced;
use crate::store::rows::run_rows;
use crate::store::statements as sql;
use crate::store::step::NoticeStep;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value as Json;
use serde_json::json;
use std::collections::BTreeSet;

/// The rows that a group of outcomes comes to.
#[derive(Default)]
struct Rows {
    notices: Vec<Json>,
    acknowledgements: Vec<Json>,
    ended: Vec<Json>,
    put_off: Vec<Json>,
    open: Vec<Json>,
    given_back: Vec<Json>,
    new_jobs: Vec<jobs::NewJob>,
    digests: Vec<(String, String)>,
    may_be_replaced: BTreeSet<Reference>,
}

/// Commits a group of outcomes.
pub(super) async fn commit(
    session: &mut Session,
    outcomes: &[&Outcome],
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    let mut rows = Rows::default();
    for outcome in outcomes {
        collect(outcome, now, &mut rows, lines);
    }
    run_rows(session, &sql::MOVE_NOTICES, &rows.notices).await?;
    run_rows(session, &sql::MOVE_ACKNOWLEDGEMENTS, &rows.acknowledgements).await?;
    for (subject, evidence) in &rows.digests {
        digests::sent(session, subject, evidence, now, lines).await?;
    }
    run_rows(session, &sql::DELETE_JOBS, &rows.ended).await?;
    // What is given back and put off at once is no attempt.
    run_rows(session, &sql::GIVE_BACK_JOBS, &rows.given_back).await?;
    run_rows(session, &sql::RESCHEDULE_JOBS, &rows.put_off).await?;
    run_rows(session, &sql::INSERT_JOBS_OF_OPEN, &rows.open).await?;
    for reference in &rows.may_be_replaced {
        replaced::end(session, reference, now, lines).await?;
    }
    jobs::insert(session, &rows.new_jobs, now).await
}

fn collect(outcome: &Outcome, now: Timestamp, rows: &mut Rows, lines: &mut Vec<Line>) {
    match outcome {
        Outcome::Sent { key, .. }
        | Outcome::SendAgain { key, .. }
        | Outcome::HeldBack { key, .. }
        | Outcome::SendFailed { key, .. } => of_acknowledgement(outcome, key, now, rows, lines),
        Outcome::Notice { reference, attempt, step } => {
            notice(rows, reference, *attempt, step, now, lines);
        }
        Outcome::Published { reference, watch_until } => {
            rows.ended.push(row(JobKind::Publish, reference));
            let (deliver, until) = (JobKind::Deliver.as_str(), watch_until.as_microsecond());
            rows.open.push(json!([deliver, reference, until, now.as_microsecond()]));
        }
        Outcome::PublishAgain { reference, at, unconsumed_until, look_first } => {
            let at = at.as_microsecond();
            if let Some(until) = unconsumed_until.map(Timestamp::as_microsecond) {
                let deliver = JobKind::Deliver.as_str();
                rows.put_off.push(json!([deliver, reference, until, i64::from(*look_first)]));
            }
            rows.put_off.push(json!([JobKind::Publish.as_str(), reference, at, 0]));
            let created = now.as_microsecond();
            rows.open.push(json!([JobKind::Publish.as_str(), reference, at, created]));
        }
        Outcome::ReadAgain { reference, at } => {
            let kind = JobKind::Read.as_str();
            rows.put_off.push(json!([kind, reference, at.as_microsecond(), 0]));
        }
        Outcome::GivenBack { kind, subject } => rows.given_back.push(row(*kind, subject)),
        Outcome::Superfluous { kind, subject } => rows.ended.push(row(*kind, subject)),
    }
}

fn of_acknowledgement(
    outcome: &Outcome,
    key: &AcknowledgementKey,
    now: Timestamp,
    rows: &mut Rows,
    lines: &mut Vec<Line>,
) {
    if key.purpose == Purpose::Confirmation && !matches!(outcome, Outcome::Sent { .. }) {
        rows.may_be_replaced.insert(key.reference.clone());
    }
    match outcome {
        Outcome::Sent { attempt, evidence, .. } => {
            let state = AcknowledgementState::Sent;
            acknowledgement(rows, key, state, *attempt, Some(now), None, Some(evidence));
            rows.ended.push(row(JobKind::that_sends(key), key.subject()));
            lines.push(told(key, now, "acknowledgement.sent", *attempt));
            if matches!(key.way, Way::Digest) {
                rows.digests.push((key.subject(), evidence.clone()));
            }
        }
        Outcome::SendAgain { attempt, at, reason, .. } => {
            let state = AcknowledgementState::Retrying;
            acknowledgement(rows, key, state, *attempt, None, Some(reason), None);
            rows.put_off.push(json!([
                JobKind::that_sends(key).as_str(),
                key.subject(),
                at.as_microsecond(),
                0
            ]));
            lines.push(told(key, now, "acknowledgement.retrying", *attempt));
        }
        Outcome::HeldBack { attempt, at, reason, .. } => {
            let before = attempt.saturating_sub(1);
            let state = match before {
                0 => AcknowledgementState::Pending,
                _ => AcknowledgementState::Retrying,
            };
            let reason = (*reason).to_owned();
            acknowledgement(rows, key, state, before, None, Some(&reason), None);
            let job = (JobKind::that_sends(key), key.subject());
            rows.given_back.push(row(job.0, &job.1));
            rows.put_off.push(json!([job.0.as_str(), job.1, at.as_microsecond(), 0]));
        }
        Outcome::SendFailed { attempt, reason, .. } => {
            let state = AcknowledgementState::Failed;
            acknowledgement(rows, key, state, *attempt, None, Some(reason), None);
            rows.ended.push(row(JobKind::that_sends(key), key.subject()));
            lines.push(told(key, now, "acknowledgement.failed", *attempt));
        }
        Outcome::Notice { .. }
        | Outcome::Published { .. }
        | Outcome::PublishAgain { .. }
        | Outcome::ReadAgain { .. }
        | Outcome::GivenBack { .. }
        | Outcome::Superfluous { .. } => {}
    }
}

fn row(kind: JobKind, subject: impl Serialize) -> Json {
    json!([kind.as_str(), subject])
}

fn acknowledgement(
    rows: &mut Rows,
    key: &AcknowledgementKey,
    state: AcknowledgementState,
    attempt: u32,
    sent_at: Option<Timestamp>,
    reason: Option<&String>,
    evidence: Option<&String>,
) {
    rows.acknowledgements.push(json!([
        key.reference,
        key.recipient.as_str(),
        key.purpose.as_str(),
        key.way.as_str(),
        key.version,
        state.as_str(),
        sent_at.map(Timestamp::as_microsecond),
        reason,
        evidence,
        attempt,
    ]));
}

fn told(key: &AcknowledgementKey, now: Timestamp, event: &'static str, attempt: u32) -> Line {
    Line::gateway(&key.reference, now, event, json!({ "attempt": attempt, "key": key.subject() }))
}

fn notice(
    rows: &mut Rows,
    reference: &Reference,
    attempt: u32,
    step: &NoticeStep,
    now: Timestamp,
    lines: &mut Vec<Line>,
) {
    let mut move_to =
        |state: DeliveryState, case: Option<&str>, note: Option<&str>, why: Option<&str>| {
            let at = now.as_microsecond();
            rows.notices.push(json!([reference, state.as_str(), case, note, why, at, attempt]));
        };
    let (event, detail) = match step {
        NoticeStep::Delivered { case_id } => {
            move_to(DeliveryState::Delivered, Some(case_id), None, None);
            rows.ended.push(row(JobKind::Deliver, reference));
            rows.ended.push(row(JobKind::Publish, reference));
            ("delivery.delivered", json!({ "attempt": attempt, "case": case_id }))
        }
        NoticeStep::Linked { case_id, to } => {
            move_to(DeliveryState::Delivered, Some(case_id), None, None);
            rows.ended.push(json!([JobKind::Deliver.as_str(), reference]));
            rows.ended.push(json!([JobKind::Publish.as_str(), reference]));
            ("delivery.linked", json!({ "attempt": attempt, "case": case_id, "to": to }))
        }
        NoticeStep::Progress { case_id, note } => {
            move_to(DeliveryState::Queued, Some(case_id), Some(note), None);
            ("delivery.opened", json!({ "attempt": attempt, "case": case_id }))
        }
        NoticeStep::Again { at, look_first, reason, by_broker_until } => {
            let state =
                if *look_first { DeliveryState::Uncertain } else { DeliveryState::Retrying };
            move_to(state, None, None, Some(reason));
            let due = by_broker_until.unwrap_or(*at).as_microsecond();
            let look = i64::from(*look_first);
            rows.put_off.push(json!([JobKind::Deliver.as_str(), reference, due, look]));
            if by_broker_until.is_some() {
                let (at, created) = (at.as_microsecond(), now.as_microsecond());
                rows.open.push(json!([JobKind::Publish.as_str(), reference, at, created]));
            }
            let event = if *look_first { "delivery.uncertain" } else { "delivery.retrying" };
            (event, json!({ "attempt": attempt, "reason": reason }))
        }
        NoticeStep::Person { state, reason } => {
            move_to(*state, None, None, Some(reason));
            rows.ended.push(row(JobKind::Deliver, reference));
            rows.ended.push(row(JobKind::Publish, reference));
            (
                "delivery.person",
                json!({ "attempt": attempt, "reason": reason, "state": state.as_str() }),
            )
        }
    };
    lines.push(Line::gateway(reference, now, event, detail));
}

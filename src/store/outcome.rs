//! What became of attempts, committed in groups: states move, jobs end or are put off, history is written.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Way;
use crate::domain::delivery::DeliveryState;
use crate::domain::reference::Reference;
use crate::store::StoreError;
use crate::store::digests;
use crate::store::engine::Session;
use crate::store::jobs;
use crate::store::jobs::JobKind;
use crate::store::journal::Line;
use crate::store::rows::run_rows;
use crate::store::statements as sql;
use crate::store::step::NoticeStep;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value as Json;
use serde_json::json;

/// What became of one attempt.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// An acknowledgement was taken by the recipient's side.
    Sent {
        /// Which one.
        key: AcknowledgementKey,
        /// How many attempts it took.
        attempt: u32,
        /// The other side's words (an SMTP reply, a file's name); kept with the acknowledgement, not in the journal.
        evidence: String,
    },
    /// An acknowledgement failed for now.
    SendAgain {
        /// Which one.
        key: AcknowledgementKey,
        /// Which attempt failed.
        attempt: u32,
        /// When to try again.
        at: Timestamp,
        /// Why, without personal data.
        reason: String,
    },
    /// An acknowledgement was given up; a person must act.
    SendFailed {
        /// Which one.
        key: AcknowledgementKey,
        /// Which attempt failed.
        attempt: u32,
        /// Why, without personal data.
        reason: String,
    },
    /// A notice moved; what follows says how.
    Notice {
        /// Which one.
        reference: Reference,
        /// How many attempts so far.
        attempt: u32,
        /// Where it stands now.
        step: NoticeStep,
    },
    /// The broker confirmed a notice: it is watched until somebody consumed it.
    Published {
        /// Which one.
        reference: Reference,
        /// When to publish again if nobody took it.
        watch_until: Timestamp,
    },
    /// The broker did not take a notice; or nobody took it from the broker.
    PublishAgain {
        /// Which one.
        reference: Reference,
        /// When.
        at: Timestamp,
        /// Nobody took it from the broker: its watch is set anew until this instant.
        unconsumed_until: Option<Timestamp>,
        /// An earlier attempt to hand it over may have happened.
        look_first: bool,
    },
    /// The documents of a message could not be read for now.
    ReadAgain {
        /// The notice that stands for the message.
        reference: Reference,
        /// When to try again.
        at: Timestamp,
    },
    /// A claimed job that was not begun after all: the claim does not count as an attempt.
    GivenBack {
        /// Its kind.
        kind: JobKind,
        /// Its subject.
        subject: String,
    },
    /// A job turned out to be settled already.
    Superfluous {
        /// Its kind.
        kind: JobKind,
        /// Its subject.
        subject: String,
    },
}

impl Outcome {
    /// Whether it leaves work that is due at once.
    pub(super) fn makes_work(&self) -> bool {
        matches!(self, Self::PublishAgain { .. } | Self::GivenBack { .. })
    }
}

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
    run_rows(session, &sql::RESCHEDULE_JOBS, &rows.put_off).await?;
    run_rows(session, &sql::INSERT_JOBS_OF_OPEN, &rows.open).await?;
    run_rows(session, &sql::GIVE_BACK_JOBS, &rows.given_back).await?;
    jobs::insert(session, &rows.new_jobs, now).await
}

fn collect(outcome: &Outcome, now: Timestamp, rows: &mut Rows, lines: &mut Vec<Line>) {
    match outcome {
        Outcome::Sent { key, attempt, evidence } => {
            let state = AcknowledgementState::Sent;
            acknowledgement(rows, key, state, *attempt, Some(now), None, Some(evidence));
            rows.ended.push(row(JobKind::that_sends(key), key.subject()));
            lines.push(told(key, now, "acknowledgement.sent", *attempt));
            if matches!(key.way, Way::Digest) {
                rows.digests.push((key.subject(), evidence.clone()));
            }
        }
        Outcome::SendAgain { key, attempt, at, reason } => {
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
        Outcome::SendFailed { key, attempt, reason } => {
            let state = AcknowledgementState::Failed;
            acknowledgement(rows, key, state, *attempt, None, Some(reason), None);
            rows.ended.push(row(JobKind::that_sends(key), key.subject()));
            lines.push(told(key, now, "acknowledgement.failed", *attempt));
        }
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

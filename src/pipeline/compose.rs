//! Everything that follows from a message that was read: references, notices, assignments, acknowledgements, jobs.

use crate::acknowledge::Facts;
use crate::acknowledge::Planned;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Way;
use crate::domain::answer::Answer;
use crate::domain::answer::AnsweredNotice;
use crate::domain::delivery::DeliveryState;
use crate::domain::digest::Digest;
use crate::domain::received::Received;
use crate::domain::reference::Reference;
use crate::normalize::Disposition;
use crate::normalize::Reading;
use crate::pipeline::Shared;
use crate::pipeline::sameness::sameness;
use crate::pipeline::sender::Known;
use crate::pipeline::suspicion;
use crate::store::NewAcknowledgement;
use crate::store::NewNotice;
use crate::store::Record;
use crate::store::Rendering;
use jiff::SignedDuration;
use std::sync::Arc;

/// Everything that follows from a message, under freshly drawn references; or under the one that it bears already, and its first notice with it.
pub(super) fn compose(
    shared: &Shared,
    received: &Received,
    sha256: Digest,
    (reading, known): (&Reading, &Known),
    bears: Option<&Reference>,
) -> Record {
    let envelope = &received.envelope;
    let reference = bears.cloned().unwrap_or_else(|| draw(shared));
    let arrival_date = shared.local_time.day_of(envelope.received_at);
    let single = reading.notices.len() == 1;
    let notices: Vec<NewNotice> = reading
        .notices
        .iter()
        .enumerate()
        .map(|(at, read)| {
            let told = single || (at == 0 && bears.is_some());
            let own = if told { reference.clone() } else { draw(shared) };
            new_notice(shared, received, own, read)
        })
        .collect();
    let answered = reading.notices.iter().zip(&notices).map(|(read, new)| AnsweredNotice {
        reference: new.reference.clone(),
        kind: read.notice.kind,
        findings: read.notice.findings.clone(),
        needs_review: matches!(new.state, DeliveryState::NeedsReview),
    });
    let answer = Answer {
        reference,
        received_at: envelope.received_at,
        arrival_date,
        sha256,
        notices: answered.collect(),
    };
    let board = notices.first().map(|notice| notice.assignment.board.clone()).unwrap_or_default();
    let contact = (shared.contacts)(&board);
    let languages = known.languages();
    let ring = shared.seal.ring();
    let facts = Facts {
        answer: &answer,
        envelope,
        attachments: reading.notices.iter().map(|read| read.notice.attachments.len()).sum(),
        sender_reference: reading.sender_reference.as_ref(),
        contact: &contact,
        local_time: &shared.local_time,
        first_reference: None,
        languages: languages.as_deref(),
        machine_readable: known.reads_by_machine(),
        ring: ring.as_deref(),
        deferred: known.deferred(),
    };
    let planned = crate::acknowledge::plan(&shared.acknowledge, &facts, shared.clock.now());
    Record {
        acknowledgements: planned.into_iter().map(planned_acknowledgement).collect(),
        envelope: envelope.clone(),
        original: received.raw.clone(),
        answer,
        begun: None,
        board,
        sender_reference: reading.sender_reference.as_ref().map(|own| own.reveal().to_owned()),
        notices,
        bounce: None,
        canary: None,
    }
}

fn new_notice(
    shared: &Shared,
    received: &Received,
    reference: Reference,
    read: &crate::normalize::ReadNotice,
) -> NewNotice {
    let notice = &read.notice;
    let (state, reason) = match &read.disposition {
        Disposition::Register => (DeliveryState::Queued, None),
        Disposition::NeedsReview => {
            let reason = suspicion::reason(notice).unwrap_or("needsPerson");
            (DeliveryState::NeedsReview, Some(reason.to_owned()))
        }
        Disposition::NotNotice { reason } => (DeliveryState::NotNotice, Some(reason.clone())),
    };
    let on = shared.local_time.day_of(received.envelope.received_at);
    NewNotice {
        kind: notice.kind,
        state,
        reason,
        assignment: crate::routing::route(&shared.profile, notice, on),
        notice_json: serde_json::to_string(notice).unwrap_or_default(),
        identities: notice
            .persons
            .iter()
            .filter_map(|person| person.identity.as_ref())
            .map(|identity| identity.search_form().to_owned())
            .collect(),
        sameness: sameness(notice),
        job: matches!(state, DeliveryState::Queued).then_some(shared.queue_job),
        reference,
    }
}

fn draw(shared: &Shared) -> Reference {
    Reference::compose(&shared.prefix, rand::random())
}

/// An acknowledgement as the store takes it.
pub(super) fn planned_acknowledgement(planned: Planned) -> NewAcknowledgement {
    let pending = matches!(planned.state, AcknowledgementState::Pending);
    // What waits for a digest is sent with it.
    let rendered = !matches!(planned.rendering, crate::acknowledge::Rendering::Nothing);
    let sends = rendered
        && matches!(
            planned.key.way,
            Way::Mail | Way::Files | Way::Folder | Way::Print | Way::Digest
        );
    NewAcknowledgement {
        job: pending && sends,
        wait: SignedDuration::ZERO,
        key: planned.key,
        state: planned.state,
        due_at: planned.due_at,
        reason: planned.reason,
        address: planned.address,
        rendering: match planned.rendering {
            crate::acknowledge::Rendering::Nothing => Rendering::Nothing,
            crate::acknowledge::Rendering::Bytes(bytes) => Rendering::Text(text(bytes)),
            crate::acknowledge::Rendering::Numbered { counter, render } => Rendering::Numbered {
                counter,
                render: Arc::new(move |number| text(render(number))),
            },
        },
    }
}

/// Mails and receipt files are UTF-8 by construction.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

//! Everything that follows from a message that was read: references, notices, assignments, acknowledgements, jobs.

use crate::acknowledge::Contact;
use crate::acknowledge::Facts;
use crate::acknowledge::Planned;
use crate::acknowledge::Seal;
use crate::acknowledge::receipt::ApiReceipt;
use crate::acknowledge::seal_once;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Way;
use crate::domain::answer::Answer;
use crate::domain::answer::AnsweredNotice;
use crate::domain::delivery::DeliveryState;
use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::received::Envelope;
use crate::domain::received::Received;
use crate::domain::reference::Reference;
use crate::normalize::Disposition;
use crate::normalize::ReadNotice;
use crate::normalize::Reading;
use crate::pipeline::Shared;
use crate::pipeline::sameness::sameness;
use crate::pipeline::sender::Known;
use crate::pipeline::suspicion;
use crate::seal::keys::KeyRing;
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
    let answered = reading.notices.iter().zip(&notices).map(answered);
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
    // What is read later has told its sender already.
    let seals = ring.as_deref().filter(|_| bears.is_none());
    let sealed = sealed(shared, (envelope, reading), (&answer, &contact), seals);
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
        seal: sealed_with(shared, sealed.as_ref(), ring.as_deref()),
        deferred: known.deferred(),
        promises: &shared.profile.promises,
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
        sealed: sealed.and_then(|receipt| serde_json::to_string(&receipt).ok()).map(Masked::new),
        notices,
        bounce: None,
        canary: None,
    }
}

/// The receipt of a message that is told by mail, sealed.
fn sealed(
    shared: &Shared,
    (envelope, reading): (&Envelope, &Reading),
    (answer, contact): (&Answer, &Contact),
    ring: Option<&KeyRing>,
) -> Option<ApiReceipt> {
    let case_number = match reading.notices.as_slice() {
        [only] => only.notice.enforcement.as_ref().and_then(|it| it.case_number.as_ref()),
        _ => None,
    };
    let facts = seal_once::Facts {
        envelope,
        answer,
        sender_reference: reading.sender_reference.as_ref(),
        case_number,
        contact,
    };
    seal_once::sealed(&shared.acknowledge, &facts, ring?, shared.clock.now())
}

/// The receipt with its keys and the page where it is checked.
fn sealed_with<'a>(
    shared: &'a Shared,
    receipt: Option<&'a ApiReceipt>,
    ring: Option<&'a KeyRing>,
) -> Option<Seal<'a>> {
    let (receipt, ring) = (receipt?, ring?);
    Some(Seal { receipt, ring, check_page: shared.check_page.as_deref() })
}

fn answered((read, new): (&ReadNotice, &NewNotice)) -> AnsweredNotice {
    AnsweredNotice {
        reference: new.reference.clone(),
        kind: read.notice.kind,
        findings: read.notice.findings.clone(),
        needs_review: matches!(new.state, DeliveryState::NeedsReview),
    }
}

fn new_notice(
    shared: &Shared,
    received: &Received,
    reference: Reference,
    read: &ReadNotice,
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
            .chain(case_key(notice))
            .chain(related_by(notice, &received.envelope))
            .collect(),
        sameness: sameness(notice),
        job: matches!(state, DeliveryState::Queued).then_some(shared.queue_job),
        reference,
    }
}

/// What notices of one case of Kronofogden's are found by.
pub(super) fn case_key(notice: &Notice) -> Option<String> {
    notice.enforcement.as_ref()?.case_number.as_ref().and_then(key_of_case)
}

/// What notices of the case with this number are found by.
pub(super) fn key_of_case(number: &Masked) -> Option<String> {
    let plain: String = number.reveal().chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    (!plain.is_empty()).then(|| format!("case:{}", plain.to_ascii_uppercase()))
}

/// By what a notice and what takes it back find each other: the sender's own reference, and ours in what takes it back.
fn related_by(notice: &Notice, envelope: &Envelope) -> Vec<String> {
    let own = notice.sender.as_ref().and_then(|sender| sender.reference.as_ref());
    let relates = notice.relates_to.as_ref().filter(|_| notice.kind == NoticeType::Withdrawal);
    let theirs = relates.and_then(|relates| relates.sender_reference.as_ref()).into_iter();
    let theirs = theirs.chain(own).filter_map(|told| sender_key(envelope, told));
    let ours = relates.and_then(|relates| Reference::parse(relates.reference.as_deref()?));
    theirs.chain(ours.map(|ours| our_key(&ours))).collect()
}

/// What a notice may be found by in whatever takes it back: the persons, our reference, the sender's own.
pub(super) fn withdrawn_by(
    reference: &Reference,
    notice: &Notice,
    envelope: &Envelope,
) -> Vec<String> {
    let persons = notice.persons.iter().filter_map(|person| person.identity.as_ref());
    let persons = persons.map(|identity| identity.search_form());
    let own = notice.sender.as_ref().and_then(|sender| sender.reference.as_ref());
    let own = own.and_then(|told| sender_key(envelope, told));
    persons.chain([our_key(reference)]).chain(own).collect()
}

fn our_key(reference: &Reference) -> String {
    format!("ours:{reference}")
}

/// A sender's own reference means something with that sender only.
fn sender_key(envelope: &Envelope, told: &Masked) -> Option<String> {
    let told = told.reveal().trim().to_lowercase();
    let partner = envelope.sender.partner.as_ref().filter(|_| !told.is_empty())?;
    Some(format!("theirs:{partner}/{told}"))
}

fn draw(shared: &Shared) -> Reference {
    Reference::compose(&shared.prefix, rand::random())
}

/// An acknowledgement as the store takes it.
pub(super) fn planned_acknowledgement(planned: Planned) -> NewAcknowledgement {
    let pending = matches!(planned.state, AcknowledgementState::Pending);
    // What waits for a digest is sent with it; what is fetched from the feed is not sent.
    let rendered = !matches!(planned.rendering, crate::acknowledge::Rendering::Nothing);
    let sends = rendered
        && match planned.key.way {
            Way::Mail | Way::Files | Way::Folder | Way::Print | Way::Digest => true,
            Way::Sftp | Way::Webhook | Way::Service => true,
            Way::Feed | Way::Api | Way::Outstanding => false,
        };
    NewAcknowledgement {
        job: pending && sends,
        wait: SignedDuration::ZERO,
        key: planned.key,
        state: planned.state,
        due_at: planned.due_at,
        promised_at: planned.promised_at,
        owed_at: None,
        reason: planned.reason,
        address: planned.address,
        rendering: rendering(planned.rendering),
    }
}

/// What is sent, as the store takes it.
pub(super) fn rendering(rendering: crate::acknowledge::Rendering) -> Rendering {
    match rendering {
        crate::acknowledge::Rendering::Nothing => Rendering::Nothing,
        crate::acknowledge::Rendering::Bytes(bytes) => Rendering::Text(text(bytes)),
        crate::acknowledge::Rendering::Numbered { counter, render } => {
            Rendering::Numbered { counter, render: Arc::new(move |number| text(render(number))) }
        }
    }
}

/// Mails and receipt files are UTF-8 by construction.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

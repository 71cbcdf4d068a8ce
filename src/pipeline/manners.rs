//! Manners towards other mail systems (RFC 3834): a report is never answered, a circle ends at its first turn, a flood of receipts becomes one.
//!
//! Headers tell most of it, and the door has looked at them. What they do not tell, our own memory does: a mail that answers one of our receipts
//! within moments, or soon answers a receipt that itself answered such an answer, is a machine's. It is kept and shown to a person,
//! and gets no receipt.

use crate::domain::acknowledgement::Way;
use crate::domain::finding::Finding;
use crate::domain::received::Envelope;
use crate::domain::received::Received;
use crate::domain::received::ReplyTo;
use crate::domain::reference::Reference;
use crate::mail::MailHeaders;
use crate::mail::mail_headers;
use crate::pipeline::Shared;
use crate::pipeline::sender::Known;
use crate::store::BounceReport;
use jiff::SignedDuration;
use jiff::Timestamp;

/// No person reads a receipt and answers it within this time.
const TOO_QUICK: SignedDuration = SignedDuration::from_secs(45);
/// Within this time a second answer in the same thread is a machine's; later it is a person who has more to tell.
const QUICK_IN_A_THREAD: SignedDuration = SignedDuration::from_mins(15);

/// Reason: the mail goes in a circle with our own receipts.
const CIRCLE: &str = "circle";

/// Decides whether a mail is answered where its headers leave that open; tells what it reports when it is a report.
pub(super) async fn mind(
    shared: &Shared,
    received: &mut Received,
    known: &mut Known,
) -> Option<BounceReport> {
    if !received.envelope.channel.is_mail() {
        return None;
    }
    if let Some(bounce) = crate::mail::bounce(&received.raw) {
        known.is_report();
        return Some(BounceReport {
            tokens: bounce.tokens,
            outcome: bounce.outcome.as_str(),
            status: bounce.status,
        });
    }
    let ReplyTo::Mail { to, .. } = &received.envelope.reply_to else { return None };
    let to = to.clone();
    let headers = mail_headers(&received.raw);
    let ours = own_references(shared, &headers);
    if let Some(latest) = ours.last()
        && in_a_circle(shared, latest, received.envelope.seen_at).await
    {
        received.envelope.reply_to = ReplyTo::Suppressed { reason: CIRCLE.to_owned() };
        known.note(went_in_a_circle());
        return None;
    }
    known.take_share(shared, &to, received.envelope.seen_at);
    None
}

/// The same of a message that is stored: nothing is decided again.
pub(super) fn mind_again(received: &Received, known: &mut Known) {
    if received.envelope.channel.is_mail() && crate::mail::bounce(&received.raw).is_some() {
        known.is_report();
    }
    if matches!(&received.envelope.reply_to, ReplyTo::Suppressed { reason } if reason == CIRCLE) {
        known.note(went_in_a_circle());
    }
}

fn went_in_a_circle() -> Finding {
    Finding::info(
        "message.circle",
        "",
        "It answers one of our receipts as a machine does; it got no receipt, and a person looks.",
    )
}

/// The references of our own receipts that a mail names as what it answers, oldest first.
fn own_references(shared: &Shared, headers: &MailHeaders) -> Vec<Reference> {
    let domain = shared.acknowledge.message_id_domain();
    let thread = headers.references.iter().chain(&headers.in_reply_to);
    thread.filter_map(|id| own_reference(id, domain)).collect()
}

/// The reference in a Message-ID of ours, `AVH-7K4M-2QX6.sender.receipt.0@domain`.
fn own_reference(id: &str, domain: &str) -> Option<Reference> {
    let (local, right) = id.rsplit_once('@')?;
    let ours = right.eq_ignore_ascii_case(domain);
    Reference::parse(local.split('.').next()?).filter(|_| ours)
}

async fn in_a_circle(shared: &Shared, reference: &Reference, seen_at: Timestamp) -> bool {
    let Ok(Some(message)) = shared.store.message(reference).await else { return false };
    let Ok(told) = shared.store.acknowledgements_of(&message.reference).await else { return false };
    // A receipt that is answered was sent, even when that is not on record yet.
    let sent_within = |span: SignedDuration| {
        let mails = told.iter().filter(|row| row.way == Way::Mail.as_str());
        mails.filter(|row| row.sent_at.is_none_or(|at| seen_at.duration_since(at) < span)).count()
            > 0
    };
    if sent_within(TOO_QUICK) {
        return true;
    }
    let Ok(envelope) = serde_json::from_str::<Envelope>(&message.envelope) else { return false };
    let domain = shared.acknowledge.message_id_domain();
    let answered_ours = match &envelope.reply_to {
        ReplyTo::Mail { references, in_reply_to, .. } => references
            .iter()
            .chain(in_reply_to)
            .any(|id| own_reference(id, domain).is_some_and(|other| other != *reference)),
        ReplyTo::Api { .. }
        | ReplyTo::Files { .. }
        | ReplyTo::Sftp { .. }
        | ReplyTo::Suppressed { .. } => false,
    };
    answered_ours && sent_within(QUICK_IN_A_THREAD)
}

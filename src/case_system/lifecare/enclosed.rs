//! Attaches what was sent about a notice to its entries: the confirmation to each, a person's letter to that person's own, a correction to each.
//!
//! Lifecare recognises no repeat, so each call bears its own request id; after an attempt that may have happened, Lifecare's log of calls and the titles
//! of its documents are looked at first. Where neither can be read a document may lie there twice, which opens no second case.

use crate::case_system::enclosure::Document;
use crate::case_system::enclosure::Enclosed;
use crate::case_system::enclosure::Enclosure;
use crate::case_system::lifecare::Lifecare;
use crate::case_system::lifecare::Plan;
use crate::case_system::lifecare::attachments;
use crate::case_system::lifecare::client::Calls;
use crate::case_system::lifecare::look;
use crate::case_system::lifecare::persons::PersonNumber;
use crate::case_system::lifecare::progress::Reached;
use crate::domain::failure::Failure;

/// Attaches all of it.
pub(super) async fn enclose(
    lifecare: &Lifecare,
    enclosure: &Enclosure,
    plan: &Plan<'_>,
) -> Result<Enclosed, Failure> {
    let entries = Reached::entries_of(&enclosure.case_id)?;
    let alone = entries.len() == 1;
    for (ordinal, entry) in entries.iter().enumerate() {
        let Some(person) = plan.adults.get(ordinal) else {
            return Err(Failure::Permanent("the notice's persons changed since".to_owned()));
        };
        for (at, document) in enclosure.documents.iter().enumerate() {
            let own = document.person.as_ref().is_none_or(|one| one.reveal() == person.reveal());
            if !(own || alone) {
                continue;
            }
            let id = request_id(enclosure, ordinal, at);
            if enclosure.attempt > 1
                && lies_there(&lifecare.calls, enclosure, person, document, &id).await?
            {
                continue;
            }
            let codes = lifecare.codes(plan, person).await?;
            let title = titled(enclosure, document);
            let form = attachments::own_form(document, &title, &codes)?;
            lifecare.calls.attach(entry, form, &id).await?;
        }
    }
    Ok(Enclosed::Taken)
}

/// The same for every attempt.
fn request_id(enclosure: &Enclosure, ordinal: usize, at: usize) -> String {
    let key = &enclosure.key;
    let entry = look::request_id(key.reference(), ordinal);
    format!("{entry}-{}-{}-{}", key.purpose(), key.ordinal(), at + 1)
}

/// With our mark; a later version has a title of its own.
fn titled(enclosure: &Enclosure, document: &Document) -> String {
    let mark = attachments::mark(enclosure.key.reference());
    match enclosure.key.ordinal() {
        0 => format!("{} {mark}", document.title),
        version => format!("{} ({}) {mark}", document.title, version + 1),
    }
}

async fn lies_there(
    calls: &Calls,
    enclosure: &Enclosure,
    person: &PersonNumber,
    document: &Document,
    id: &str,
) -> Result<bool, Failure> {
    if let Some(carried_out) = calls.carried_out(id).await? {
        return Ok(carried_out);
    }
    // Letters of several persons at one entry bear the same title: only the log tells them apart.
    if enclosure.documents.len() > 1 {
        return Ok(false);
    }
    let title = titled(enclosure, document);
    let documents = calls.documents(person.reveal(), enclosure.hand_over.arrival_date).await?;
    Ok(documents.unwrap_or_default().iter().any(|it| it.title.as_deref() == Some(&title)))
}

//! Whether a mail is a notice at all: what machines send often is none, and much that people send is about something else.
//!
//! A notice must never be lost to this: where a kind and whom it concerns were read, or a document came along, a person looks.

use super::Context;
use super::attached;
use super::detect::detect;
use super::mail_parts::Contents;
use super::prose;
use super::prose::Manner;
use crate::domain::notice::Dwelling;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Role;
use crate::domain::received::Format;

/// Why no notice: its own words say that somebody is away.
const LEAVE: &str = "autoSubmitted";
/// Why no notice: it is about something else.
const FOREIGN: &str = "unrelated";
/// The reason of mail to a list.
const LIST: &str = "mailingList";

/// Whether automatic mail (for `reason`) tells of a notice all the same.
pub(super) fn tells_a_notice(read: &Notice, contents: &Contents, reason: &str) -> bool {
    let known = read.kind != NoticeType::Unknown;
    let away = prose::manner(&contents.subject, &contents.said) == Manner::Leave;
    if away || reason == LIST {
        return known && is_named(read);
    }
    has_document(contents) || is_named(read) || (known && concerns_somebody(read))
}

/// The reason why a mail by no machine's header is no notice, if it is none.
pub(super) fn reason(
    read: &Notice,
    contents: &Contents,
    context: &Context<'_>,
) -> Option<&'static str> {
    let (_, unread) = attached::words_of(&contents.leaves, context);
    if read.kind != NoticeType::Unknown || is_named(read) || unread {
        return None;
    }
    let home = read.dwelling.as_ref();
    let placed = |home: &Dwelling| home.postal_code.is_some() || home.apartment_number.is_some();
    if home.is_some_and(|home| home.street.is_some() && placed(home)) {
        return None;
    }
    match prose::manner(&contents.subject, &contents.said) {
        Manner::Leave => Some(LEAVE),
        // A picture may be the notice itself.
        Manner::Foreign => (!contents.has_picture()).then_some(FOREIGN),
        Manner::Unclear => None,
    }
}

/// An identity number or a case number says whom it concerns.
fn is_named(read: &Notice) -> bool {
    let numbered = read.persons.iter().any(|person| person.identity.is_some());
    let case = read.enforcement.as_ref().is_some_and(|told| told.case_number.is_some());
    numbered || case
}

/// A household or an earlier notice is told of.
fn concerns_somebody(read: &Notice) -> bool {
    let adult = read.persons.iter().any(|person| person.role != Role::Child);
    let referred = read.sender.as_ref().is_some_and(|sender| sender.reference.is_some());
    let placed = read.dwelling.as_ref().is_some_and(|home| home.street.is_some());
    adult || referred || placed
}

fn has_document(contents: &Contents) -> bool {
    let mut files = contents.leaves.iter().filter(|leaf| !leaf.body);
    files.any(|leaf| Format::DOCUMENTS.contains(&detect(&leaf.bytes, leaf.name())))
}

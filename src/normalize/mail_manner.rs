//! Whether a mail is a notice at all: what machines send often is none, and much that people send is about something else.
//!
//! A notice must never be lost to this: where a kind and whom it concerns were read, or a document came along, a person looks; and no mail
//! without a machine's header is set aside that brings a file or tells of anybody.

use super::detect::detect;
use super::mail_parts::Contents;
use super::prose;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Role;
use crate::domain::received::Format;

/// Why no notice: it is about something else.
const FOREIGN: &str = "unrelated";

/// Whether automatic mail tells of a notice all the same.
pub(super) fn tells_a_notice(read: &Notice, contents: &Contents) -> bool {
    let known = read.kind != NoticeType::Unknown;
    has_document(contents) || is_named(read) || (known && concerns_somebody(read))
}

/// The reason why a mail by no machine's header is no notice, if it is none. A file may be the notice itself, whatever is said beside it.
pub(super) fn reason(read: &Notice, contents: &Contents) -> Option<&'static str> {
    let files = contents.leaves.iter().any(|leaf| !leaf.body);
    if read.kind != NoticeType::Unknown || is_named(read) || concerns_somebody(read) || files {
        return None;
    }
    prose::is_foreign(&contents.subject, &contents.said).then_some(FOREIGN)
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

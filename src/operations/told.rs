//! Whom a notice's page tells of: each acknowledgement, and the copy to the person.

use crate::domain::reference::Reference;
use crate::operations::chrome::Chrome;
use crate::operations::owed;
use crate::operations::protected;
use crate::operations::rows::Status;
use crate::operations::words;
use crate::store::AcknowledgementRow;

/// One acknowledgement.
pub(super) struct Told {
    pub(super) to: String,
    pub(super) what: String,
    pub(super) way: String,
    pub(super) status: Status,
    pub(super) when: String,
    pub(super) reason: String,
}

/// The copy to the person.
pub(super) struct Copy {
    /// A letter that offers help.
    pub(super) offer: bool,
    pub(super) status: Status,
    pub(super) way: String,
    pub(super) open: bool,
    pub(super) due: String,
    pub(super) late: bool,
    pub(super) link: Option<String>,
}

/// `hidden`: the visitor may not see it, since somebody is protected.
pub(super) fn copy_of(
    page: &Chrome,
    known: &Reference,
    (row, hidden): (&AcknowledgementRow, bool),
) -> Copy {
    let open = matches!(row.state.as_str(), "pending" | "retrying" | "failed" | "bounced");
    let path = format!("/ops/notices/{known}/copy");
    Copy {
        offer: row.purpose == "offer",
        status: Status::of(page, &row.state),
        way: words::other(page, &row.way),
        open,
        due: page.clock(row.due_at),
        late: open && page.now() > row.due_at,
        link: (page.may_handle() && !hidden).then(|| page.link(&path)),
    }
}

/// An acknowledgement in words.
pub(super) fn told(page: &Chrome, row: &AcknowledgementRow) -> Told {
    let due = page.say("senast", "due");
    Told {
        to: words::other(page, &row.recipient),
        what: words::other(page, &row.purpose),
        way: words::other(page, &row.way),
        status: Status::of(page, &row.state),
        when: match row.sent_at {
            Some(at) => page.seconds(at),
            None if row.state == "suppressed" => "–".to_owned(),
            None => format!("{due} {}", page.seconds(row.promised_at.unwrap_or(row.due_at))),
        },
        reason: owed::called(page, row)
            .or_else(|| row.reason.as_deref().map(|code| protected::reason(page, code)))
            .unwrap_or_default(),
    }
}

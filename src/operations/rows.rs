//! A list of notices as a table: one line each, always the same columns, both tracks.

use crate::operations::Desk;
use crate::operations::chrome::Chrome;
use crate::operations::words;
use crate::store::NoticeRow;
use crate::store::WatchedNotice;

/// A state in words with its mark.
#[derive(Clone, Debug)]
pub(super) struct Status {
    pub(super) mark: &'static str,
    pub(super) class: &'static str,
    pub(super) words: String,
}

impl Status {
    /// A state of either track.
    pub(super) fn of(chrome: &Chrome, state: &str) -> Self {
        let (mark, class) = words::look(state);
        Self { mark, class, words: words::state(chrome, state) }
    }
}

/// One line.
#[derive(Clone, Debug)]
pub(super) struct NoticeLine {
    pub(super) reference: String,
    pub(super) link: String,
    pub(super) arrived: String,
    pub(super) arrived_iso: String,
    pub(super) door: String,
    pub(super) kind: String,
    pub(super) unit: String,
    pub(super) receipt: Status,
    pub(super) outstanding: i64,
    pub(super) delivery: Status,
    pub(super) case_id: String,
    pub(super) attempts: i64,
}

impl NoticeLine {
    /// The line of a notice.
    pub(super) fn of(desk: &Desk, chrome: &Chrome, notice: WatchedNotice) -> Self {
        Self {
            link: chrome.link(&format!("/ops/notices/{}", notice.reference)),
            arrived: chrome.clock(notice.received_at),
            arrived_iso: notice.received_at.to_string(),
            door: words::other(chrome, &notice.channel),
            kind: words::kind(chrome, &notice.kind),
            unit: desk.unit_name(&notice.unit),
            receipt: Status::of(chrome, &notice.receipt),
            outstanding: notice.outstanding,
            delivery: Status::of(chrome, &notice.state),
            case_id: notice.case_id.unwrap_or_default(),
            attempts: if notice.state == "retrying" { notice.attempts } else { 0 },
            reference: notice.reference,
        }
    }
}

/// A notice as a link with its kind and state.
#[derive(Clone, Debug)]
pub(super) struct Sibling {
    pub(super) reference: String,
    pub(super) link: String,
    pub(super) kind: String,
    pub(super) status: Status,
}

impl Sibling {
    /// The link to a notice.
    pub(super) fn of(page: &Chrome, row: &NoticeRow) -> Self {
        Self {
            reference: row.reference.clone(),
            link: page.link(&format!("/ops/notices/{}", row.reference)),
            kind: words::kind(page, &row.kind),
            status: Status::of(page, &row.state),
        }
    }
}

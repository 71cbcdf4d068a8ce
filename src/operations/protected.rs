//! `/ops/protected`: the restricted list. Copies of confirmations, and letters that offer help, where somebody in the notice has a protected identity: no letter is made of them, and
//! their clock runs until staff put on record how each was sent.
//!
//! Only those with the right to it see the list, or that there is anybody on it. Each view is journalled, notice by notice, before the list is shown.

use crate::domain::acknowledgement::Purpose;
use crate::domain::copy_reason::GATE;
use crate::domain::copy_reason::PROTECTED;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::operations::PageError;
use crate::operations::chrome::Chrome;
use crate::operations::said;
use crate::operations::visit::Visit;
use crate::operations::words;
use crate::store::AccountAction;
use crate::store::Action;
use crate::store::OpenCopy;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

/// What the journal calls a look at the list, or at the copy of somebody on it.
pub(super) const LOOK: &str = "restricted";

/// So many are shown; what was sent leaves room for the rest.
const LINES: i64 = 50;

#[derive(Template)]
#[template(path = "protected.html", config = "src/operations/templates/askama.toml")]
struct Page {
    page: Chrome,
    said: Option<(&'static str, String)>,
    count: i64,
    lines: Vec<Line>,
}

/// One copy.
struct Line {
    reference: String,
    link: String,
    /// A letter that offers help, and no copy: no statute asks for it.
    offer: bool,
    /// Where how it was sent is put on record; for those who may.
    sent_link: Option<String>,
    arrived: String,
    waited: String,
    due: String,
    late: bool,
    board: String,
    unit: String,
}

/// The list, the most pressing first.
pub(super) async fn page(visit: Visit) -> Result<Response, PageError> {
    let (store, boards) = (&visit.desk.store, visit.person.boards());
    let page = visit.page("/ops/protected");
    let mut rows = store.open_copies((boards, Purpose::Copy, true), None, LINES).await?;
    let copies = rows.len();
    rows.extend(store.open_copies((boards, Purpose::Offer, true), None, LINES).await?);
    for row in &rows {
        note(&visit, &row.reference).await?;
    }
    let view = Page {
        said: visit.asked.said.as_deref().and_then(|said| said::of_notice(&page, said)),
        count: store.restricted_owed(boards, Purpose::Copy).await?.count
            + store.restricted_owed(boards, Purpose::Offer).await?.count,
        lines: rows
            .into_iter()
            .enumerate()
            .map(|(at, row)| line(&visit, &page, (row, at >= copies)))
            .collect(),
        page,
    };
    Chrome::send(StatusCode::OK, &view)
}

fn line(visit: &Visit, page: &Chrome, (row, offer): (OpenCopy, bool)) -> Line {
    let path = format!("/ops/notices/{}", row.reference);
    Line {
        offer,
        sent_link: page.may_handle().then(|| page.link(&format!("{path}/copy/sent"))),
        link: page.link(&if page.may_handle() { format!("{path}/copy") } else { path }),
        arrived: page.minutes(row.received_at),
        waited: page.age(row.received_at),
        due: page.minutes(row.due_at),
        late: page.now() > row.due_at,
        board: visit.desk.board_name(&row.board),
        unit: visit.desk.unit_name(&row.unit),
        reference: row.reference.to_string(),
    }
}

/// Writes a look into the history, before anything is shown.
pub(super) async fn note(visit: &Visit, reference: &Reference) -> Result<(), PageError> {
    let action = AccountAction::Look {
        reference: reference.clone(),
        what: LOOK,
        why: "handle".to_owned(),
        words: Masked::default(),
    };
    let action = Action::Account { actor: visit.person.actor(), action };
    // Nothing refuses it.
    drop(visit.desk.store.act(action).await?);
    Ok(())
}

/// A reason in words, as far as the visitor may know: to those who may not see the restricted list, that somebody is protected looks like any other
/// wait for a person.
pub(super) fn reason(page: &Chrome, reason: &str) -> String {
    let waits = reason == PROTECTED || (reason.starts_with(GATE) && !page.may_handle());
    let hidden = waits && !page.may_see_protected();
    words::other(page, if hidden { "waitsForPerson" } else { reason })
}

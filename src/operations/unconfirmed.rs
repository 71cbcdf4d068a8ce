//! `/ops/unconfirmed`: what Kronofogden has not been told yet, the most pressing first; made to be printed, for when the system is down.
//!
//! Kronofogden's numbers of the cases are masked until somebody says why they are needed; the look is journalled for each notice before they are shown.

use crate::operations::PageError;
use crate::operations::chrome::Chrome;
use crate::operations::owed::Owed;
use crate::operations::said;
use crate::operations::unmask;
use crate::operations::unmask::Asking;
use crate::operations::visit::Visit;
use crate::store::Awaiting;
use askama::Template;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::response::Redirect;
use axum::response::Response;

/// So many lines have their forms on this page; the others on their notice's.
const FORMS: usize = 30;

#[derive(Template)]
#[template(path = "unconfirmed.html", config = "src/operations/templates/askama.toml")]
struct Page {
    page: Chrome,
    said: Option<(&'static str, String)>,
    lines: Vec<Owed>,
    late: usize,
    /// Where the numbers are asked for; nowhere when they are shown, or for those who may not.
    bare_link: Option<String>,
    reasons: Vec<(&'static str, String)>,
}

/// The list, masked.
pub(super) async fn page(visit: Visit) -> Result<Response, PageError> {
    let rows = waiting(&visit).await?;
    show(&visit, &rows, false)
}

/// The list with Kronofogden's numbers: an answer to a form, kept nowhere.
pub(super) async fn bare(visit: Visit, Form(asking): Form<Asking>) -> Result<Response, PageError> {
    if unmask::told_why(&asking).is_none() {
        let to = visit.page("/ops/").link("/ops/unconfirmed?said=whyMissing");
        return Ok(Redirect::to(&to).into_response());
    }
    let mut rows = waiting(&visit).await?;
    for row in &rows {
        if !unmask::note(&visit, &row.reference, "caseNumber", &asking).await? {
            // It is not on record who sees it: nothing is shown.
            rows = Vec::new();
            break;
        }
    }
    show(&visit, &rows, true)
}

/// What Kronofogden has not got of the person's boards.
async fn waiting(visit: &Visit) -> Result<Vec<Awaiting>, PageError> {
    let mut rows = visit.desk.store.unconfirmed().await?;
    rows.retain(|row| visit.person.boards().hold(&row.board));
    Ok(rows)
}

fn show(visit: &Visit, rows: &[Awaiting], bare: bool) -> Result<Response, PageError> {
    let page = visit.page("/ops/unconfirmed");
    let line = |(at, row): (usize, &Awaiting)| {
        let owed = Owed::waiting(visit, &page, row, bare);
        if at < FORMS { owed.with_forms(visit, &page, "list") } else { owed }
    };
    let lines: Vec<Owed> = rows.iter().enumerate().map(line).collect();
    let may = page.may_handle() && !bare && !lines.is_empty();
    let view = Page {
        said: visit.asked.said.as_deref().and_then(|said| said::of_notice(&page, said)),
        late: lines.iter().filter(|line| line.late).count(),
        bare_link: may.then(|| page.link("/ops/unconfirmed")),
        reasons: unmask::reasons(&page),
        lines,
        page,
    };
    Chrome::send(StatusCode::OK, &view)
}

//! `/ops/copies`: copies to the persons whom an eviction concerns that have not gone, the most pressing first, and what each waits for. `/ops/offers`: the same
//! of the letters that offer help, which no statute asks for.

use crate::domain::acknowledgement::Purpose;
use crate::domain::reference::Reference;
use crate::operations::PageError;
use crate::operations::chrome::Chrome;
use crate::operations::letters::NoLetter;
use crate::operations::list::Nothing;
use crate::operations::rows::Status;
use crate::operations::said;
use crate::operations::visit::Visit;
use crate::operations::words;
use crate::store::AcknowledgementRow;
use crate::store::CopyPlace;
use crate::store::OpenCopy;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

/// How many lines a page shows: each one's letters are written to tell whether there are any.
const LINES: usize = 20;

#[derive(Template)]
#[template(path = "copies.html", config = "src/operations/templates/askama.toml")]
struct Page {
    page: Chrome,
    said: Option<(&'static str, String)>,
    /// Letters that offer help, and no copies.
    offers: bool,
    /// How many of the other sort wait.
    others: i64,
    count: i64,
    /// How many stand on the restricted list, for those who may know.
    restricted: Option<i64>,
    lines: Vec<Line>,
    first: Option<String>,
    more: Option<String>,
}

/// One copy.
struct Line {
    reference: String,
    link: String,
    copy_link: Option<String>,
    arrived: String,
    due: String,
    late: bool,
    unit: String,
    status: Status,
    waits: String,
}

/// The list of copies.
pub(super) async fn page(visit: Visit) -> Result<Response, PageError> {
    list(visit, Purpose::Copy).await
}

/// The list of letters that offer help.
pub(super) async fn offers(visit: Visit) -> Result<Response, PageError> {
    list(visit, Purpose::Offer).await
}

/// The list, from the most pressing or on from one of it.
async fn list(visit: Visit, purpose: Purpose) -> Result<Response, PageError> {
    let offers = purpose == Purpose::Offer;
    let path = if offers { "/ops/offers" } else { "/ops/copies" };
    let after = visit.asked.after.as_deref().filter(|after| !after.is_empty());
    let behind = match after {
        None => None,
        Some(after) => match place(&visit, after).await? {
            Some(place) => Some(place),
            None => return no_such_list(&visit),
        },
    };
    let here = after.map_or(path.to_owned(), |after| format!("{path}?after={after}"));
    let page = visit.page(here);
    let (store, boards) = (&visit.desk.store, visit.person.boards());
    let limit = i64::try_from(LINES + 1).unwrap_or(i64::MAX);
    let mut rows = store.open_copies((boards, purpose, false), behind.as_ref(), limit).await?;
    let more = rows.len() > LINES;
    rows.truncate(LINES);
    let last = rows.last().map(|row| row.reference.clone()).filter(|_| more);
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        lines.push(line(&visit, &page, row).await);
    }
    let restricted = store.restricted_owed(boards, purpose).await?.count;
    let owed = store.promises(boards).await?;
    let (count, others) = match offers {
        true => (owed.offers.count, owed.copies.count),
        false => (owed.copies.count, owed.offers.count),
    };
    let view = Page {
        restricted: page.may_see_protected().then_some(restricted).filter(|count| *count > 0),
        said: visit.asked.said.as_deref().and_then(|said| said::of_notice(&page, said)),
        offers,
        others,
        count: count - restricted,
        lines,
        first: behind.map(|_| page.link(path)),
        more: last.map(|last| page.link(&format!("{path}?after={last}"))),
        page,
    };
    Chrome::send(StatusCode::OK, &view)
}

/// Where a list goes on: behind a copy of the person's boards, whether or not it has gone meanwhile.
async fn place(visit: &Visit, after: &str) -> Result<Option<CopyPlace>, PageError> {
    let Some((reference, row)) = visit.notice(after).await? else { return Ok(None) };
    let all = visit.desk.store.acknowledgements_of(&row.message).await?;
    let due_at = latest(&all, &reference).map(|copy| copy.due_at);
    Ok(due_at.map(|due_at| CopyPlace { due_at, reference }))
}

fn no_such_list(visit: &Visit) -> Result<Response, PageError> {
    let page = visit.page("/ops/copies");
    let text = page.say("Den listan finns inte.", "There is no such list.").to_owned();
    Nothing::send(StatusCode::NOT_FOUND, page, text)
}

async fn line(visit: &Visit, page: &Chrome, row: OpenCopy) -> Line {
    let copy = format!("/ops/notices/{}/copy", row.reference);
    Line {
        link: page.link(&format!("/ops/notices/{}", row.reference)),
        copy_link: page.may_handle().then(|| page.link(&copy)),
        arrived: page.clock(row.received_at),
        due: page.clock(row.due_at),
        late: page.now() > row.due_at,
        unit: visit.desk.unit_name(&row.unit),
        status: Status::of(page, &row.state),
        waits: waits(visit, page, &row).await,
        reference: row.reference.to_string(),
    }
}

/// What it waits for. Whether somebody may be protected is for those who handle it.
async fn waits(visit: &Visit, page: &Chrome, row: &OpenCopy) -> String {
    if row.way != "outstanding" {
        let (way, reason) = (words::other(page, &row.way), row.reason.as_deref());
        let reason = reason.map(|code| format!(": {}", words::other(page, code)));
        return format!("{way}{}", reason.unwrap_or_default());
    }
    if !page.may_handle() {
        return page.say("Väntar på en person.", "Waits for a person.").to_owned();
    }
    match visit.desk.letters.draft(&row.reference).await {
        Ok(draft) => ready(page, draft.letters.len()),
        // What is protected and not known to be so yet goes to the restricted list within a moment.
        Err(NoLetter::Protected) if !page.may_see_protected() => {
            page.say("Väntar på en person.", "Waits for a person.").to_owned()
        }
        Err(why) => why.words(page),
    }
}

/// That letters wait to be looked at.
fn ready(page: &Chrome, letters: usize) -> String {
    match letters {
        1 => page.say("Ett brev att granska och godkänna.", "A letter to look at and approve."),
        _ => page.say("Brev att granska och godkänna.", "Letters to look at and approve."),
    }
    .to_owned()
}

/// The copy of a notice, or the offer of help, among its acknowledgements: of several the latest.
pub(super) fn latest<'a>(
    rows: &'a [AcknowledgementRow],
    reference: &Reference,
) -> Option<&'a AcknowledgementRow> {
    let copies = rows.iter().filter(|row| ["copy", "offer"].contains(&row.purpose.as_str()));
    copies.filter(|row| row.reference == reference.as_str()).max_by_key(|row| row.version)
}

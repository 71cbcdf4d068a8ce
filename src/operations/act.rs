//! What a person does about a notice on the pages: try it again, set it aside, tell its sender another way. Each is journalled with who did it.

use crate::domain::reference::Reference;
use crate::operations::PageError;
use crate::operations::visit::Visit;
use crate::store::Action;
use crate::store::ActionRefused;
use crate::store::Again;
use crate::store::NoticeRow;
use axum::extract::Form;
use axum::extract::Path;
use axum::response::IntoResponse as _;
use axum::response::Redirect;
use axum::response::Response;
use serde::Deserialize;

/// Longer reasons are cut.
const REASON_CHARS: usize = 500;

/// Why a notice is set aside, or how its sender was told.
#[derive(Deserialize)]
pub(super) struct Dismissal {
    #[serde(default)]
    reason: String,
}

/// What a person says who puts a notice back on its way.
#[derive(Deserialize)]
pub(super) struct Comparison {
    #[serde(default)]
    compared: String,
}

/// Puts a notice back on its way; an earlier case is looked for first.
pub(super) async fn retry(
    visit: Visit,
    Path(reference): Path<String>,
    Form(comparison): Form<Comparison>,
) -> Result<Response, PageError> {
    let (actor, job) = (visit.person.actor(), visit.desk.job);
    let again = Again { job, look_first: true, compared: comparison.compared == "yes" };
    let action = |reference| Action::Retry { reference, actor, again };
    done(&visit, &reference, action, if again.compared { "retried" } else { "triedAgain" }).await
}

/// Sends the receipts again that did not arrive. The notices stay where they are.
pub(super) async fn send_again(
    visit: Visit,
    Path(reference): Path<String>,
) -> Result<Response, PageError> {
    let actor = visit.person.actor();
    let action = |reference| Action::SendAgain { reference, actor };
    done(&visit, &reference, action, "sentAgain").await
}

/// Sets a notice aside, with a reason.
pub(super) async fn dismiss(
    visit: Visit,
    Path(reference): Path<String>,
    Form(dismissal): Form<Dismissal>,
) -> Result<Response, PageError> {
    let reason = reason(&dismissal.reason);
    if reason.is_empty() {
        return Ok(back(&visit, &reference, "reasonMissing"));
    }
    let actor = visit.person.actor();
    let action = |reference| Action::Dismiss { reference, actor, reason };
    done(&visit, &reference, action, "dismissed").await
}

/// Puts on record that the sender was told another way what a receipt that did not arrive would have told.
pub(super) async fn told(
    visit: Visit,
    Path(reference): Path<String>,
    Form(dismissal): Form<Dismissal>,
) -> Result<Response, PageError> {
    let reason = reason(&dismissal.reason);
    if reason.is_empty() {
        return Ok(back(&visit, &reference, "reasonMissing"));
    }
    let actor = visit.person.actor();
    let action = |reference| Action::Told { reference, actor, reason };
    done(&visit, &reference, action, "told").await
}

/// What a person wrote, without the spaces around it, and no longer than is kept.
pub(super) fn reason(written: &str) -> String {
    written.trim().chars().take(REASON_CHARS).collect()
}

async fn done(
    visit: &Visit,
    reference: &str,
    action: impl FnOnce(Reference) -> Action,
    said: &str,
) -> Result<Response, PageError> {
    let found = match Reference::parse(reference) {
        Some(known) => visit.message(&known).await?.map(|found| (known, found)),
        None => None,
    };
    let Some((known, found)) = found else { return visit.no_such_notice() };
    if !found.notices.iter().any(|row| row.reference == known.as_str()) {
        return Ok(back(visit, known.as_str(), "refused"));
    }
    // One that waited for a person and was not compared goes no further than to be read again.
    let waits = |row: &NoticeRow| row.reference == known.as_str() && row.state == "needsReview";
    let said = match said {
        "triedAgain" if found.notices.iter().any(waits) => "readAgain",
        "triedAgain" => "retried",
        said => said,
    };
    match visit.desk.store.act(action(known.clone())).await? {
        Ok(()) => Ok(back(visit, known.as_str(), said)),
        Err(ActionRefused::NotCompared) => Ok(back(visit, known.as_str(), "notCompared")),
        Err(_refused) => Ok(back(visit, known.as_str(), "refused")),
    }
}

/// Back to the notice's page, with what is said there.
pub(super) fn back(visit: &Visit, reference: &str, said: &str) -> Response {
    let page = visit.page("/ops/");
    let Some(known) = Reference::parse(reference) else {
        return Redirect::to(&page.link("/ops/")).into_response();
    };
    Redirect::to(&page.link(&format!("/ops/notices/{known}?said={said}"))).into_response()
}

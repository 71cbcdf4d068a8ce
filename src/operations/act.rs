//! What a person does on the pages: find a notice by its reference, try it again, set it aside. Each is journalled with who did it.

use crate::domain::reference::Reference;
use crate::operations::Desk;
use crate::operations::PageError;
use crate::operations::chrome::Asked;
use crate::operations::chrome::Chrome;
use crate::operations::list::Nothing;
use crate::store::Action;
use axum::extract::Form;
use axum::extract::Path;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::response::Redirect;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

/// Longer reasons are cut.
const REASON_CHARS: usize = 500;

/// What was searched for.
#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    reference: String,
}

/// Why a notice is set aside.
#[derive(Deserialize)]
pub(super) struct Dismissal {
    #[serde(default)]
    reason: String,
}

/// Leads to the notice with this reference. What was typed goes nowhere: only a reference that exists comes into an address.
pub(super) async fn search(
    State(desk): State<Arc<Desk>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(search): Form<Search>,
) -> Result<Response, PageError> {
    let page = frame(&desk, &asked, &headers);
    let reference = Reference::parse(&search.reference);
    let text = match reference {
        None => page.say(
            "Det där är ingen referens. Kontrollera att alla tecken är rätt.",
            "This is no reference. Check for a mistyped character.",
        ),
        Some(reference) if desk.store.message(&reference).await?.is_some() => {
            return Ok(
                Redirect::to(&page.link(&format!("/ops/notices/{reference}"))).into_response()
            );
        }
        Some(_) => page.say(
            "Det finns ingen underrättelse med den referensen.",
            "There is no notice with this reference.",
        ),
    };
    let text = text.to_owned();
    Chrome::send(StatusCode::NOT_FOUND, &Nothing { page, text })
}

/// Puts a notice back on its way; an earlier case is looked for first.
pub(super) async fn retry(
    State(desk): State<Arc<Desk>>,
    Path(reference): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let page = frame(&desk, &asked, &headers);
    let action = |reference| Action::Retry {
        reference,
        actor: desk.actor.clone(),
        job: desk.job,
        look_first: true,
    };
    done(&desk, page, &reference, action, "retried").await
}

/// Sets a notice aside, with a reason.
pub(super) async fn dismiss(
    State(desk): State<Arc<Desk>>,
    Path(reference): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Form(dismissal): Form<Dismissal>,
) -> Result<Response, PageError> {
    let page = frame(&desk, &asked, &headers);
    let reason: String = dismissal.reason.trim().chars().take(REASON_CHARS).collect();
    if reason.is_empty() {
        return Ok(back(&page, &reference, "reasonMissing"));
    }
    let actor = desk.actor.clone();
    let action = |reference| Action::Dismiss { reference, actor, reason };
    done(&desk, page, &reference, action, "dismissed").await
}

async fn done(
    desk: &Desk,
    page: Chrome,
    reference: &str,
    action: impl FnOnce(Reference) -> Action,
    said: &str,
) -> Result<Response, PageError> {
    let Some(known) = Reference::parse(reference) else {
        let text =
            page.say("Den underrättelsen finns inte.", "There is no such notice.").to_owned();
        return Chrome::send(StatusCode::NOT_FOUND, &Nothing { page, text });
    };
    match desk.store.act(action(known.clone())).await? {
        Ok(()) => Ok(back(&page, known.as_str(), said)),
        Err(_refused) => Ok(back(&page, known.as_str(), "refused")),
    }
}

fn back(page: &Chrome, reference: &str, said: &str) -> Response {
    let Some(known) = Reference::parse(reference) else {
        return Redirect::to(&page.link("/ops/")).into_response();
    };
    Redirect::to(&page.link(&format!("/ops/notices/{known}?said={said}"))).into_response()
}

fn frame(desk: &Desk, asked: &Asked, headers: &HeaderMap) -> Chrome {
    Chrome::new(asked, headers, (desk.store.clock().now(), &desk.local_time), "/ops/")
}

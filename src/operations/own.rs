//! `/ops/password`: a password of one's own choice, for whoever knows the one in use.

use crate::domain::masked::Masked;
use crate::operations::PageError;
use crate::operations::chrome::Chrome;
use crate::operations::gate::Gate;
use crate::operations::password;
use crate::operations::visit::Visit;
use crate::store::AccountAction;
use crate::store::Action;
use askama::Template;
use axum::Extension;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::response::Redirect;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

/// What is typed to change one's own password.
#[derive(Deserialize)]
pub(super) struct Change {
    #[serde(default)]
    current: Masked,
    #[serde(default)]
    new: Masked,
    #[serde(default)]
    again: Masked,
}

#[derive(Template)]
#[template(path = "password.html", config = "src/operations/templates/askama.toml")]
struct Page {
    page: Chrome,
    fault: Option<String>,
}

/// The page of one's own password.
pub(super) async fn page(visit: Visit) -> Result<Response, PageError> {
    Chrome::send(StatusCode::OK, &Page { page: visit.page("/ops/password"), fault: None })
}

/// Sets one's own password; all sessions end, this one too.
pub(super) async fn set(
    visit: Visit,
    gate: Option<Extension<Arc<Gate>>>,
    Form(change): Form<Change>,
) -> Result<Response, PageError> {
    let page = visit.page("/ops/password");
    let refuse = |page: Chrome, sv: &str, en: &str| {
        let fault = Some(page.say(sv, en).to_owned());
        Chrome::send(StatusCode::FORBIDDEN, &Page { page, fault })
    };
    let (Some(name), Some(Extension(gate))) = (visit.person.name().map(str::to_owned), gate) else {
        return refuse(page, "Demon har inga konton.", "The demo has no accounts.");
    };
    if change.new != change.again {
        return refuse(page, "De nya lösenorden är olika.", "The new passwords differ.");
    }
    if password::check(change.new.reveal(), &name).is_err() {
        return refuse(
            page,
            "Det nya lösenordet behöver minst 12 och högst 200 tecken, minst fem olika, och får inte innehålla kontots namn.",
            "The new password needs at least 12 and at most 200 characters, at least five different ones, and may not hold the account's name.",
        );
    }
    match gate.knows_password(&name, change.current).await? {
        Some(true) => {}
        Some(false) => {
            let (sv, en) = ("Det nuvarande lösenordet är fel.", "The current password is wrong.");
            return refuse(page, sv, en);
        }
        None => {
            let (sv, en) = ("För många försök. Vänta en stund.", "Too many tries. Wait a while.");
            return refuse(page, sv, en);
        }
    }
    let action = AccountAction::SetPassword { name, password: password::hash(change.new).await? };
    let actor = visit.person.actor();
    drop(visit.desk.store.act(Action::Account { actor, action }).await?);
    Ok(Redirect::to(&page.link("/ops/login")).into_response())
}

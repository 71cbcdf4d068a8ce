//! What a person does about a confirmation to Kronofogden: name the responsible caseworker, or put on record that Kronofogden was told another way.

use crate::domain::caseworker::Caseworker;
use crate::domain::reference::Reference;
use crate::operations::PageError;
use crate::operations::act;
use crate::operations::roster::bounds;
use crate::operations::visit::Visit;
use crate::roster;
use crate::store::Action;
use crate::store::ConfirmationChange;
use crate::store::NoticeRow;
use axum::extract::Form;
use axum::extract::Path;
use axum::response::IntoResponse as _;
use axum::response::Redirect;
use axum::response::Response;
use serde::Deserialize;

/// Who is named: somebody of the roster, or somebody else.
#[derive(Deserialize)]
pub(super) struct Naming {
    /// An id of the roster.
    #[serde(default)]
    person: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    telephone: String,
    /// `list`: back to the list.
    #[serde(default)]
    back: String,
}

/// How Kronofogden was told.
#[derive(Deserialize)]
pub(super) struct Telling {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    back: String,
}

/// Names the caseworker: the confirmation that waits goes out, or a new one that takes the place of what was sent.
pub(super) async fn name(
    visit: Visit,
    Path(reference): Path<String>,
    Form(naming): Form<Naming>,
) -> Result<Response, PageError> {
    let Some((known, row)) = visit.notice(&reference).await? else {
        return visit.no_such_notice();
    };
    let caseworker = match caseworker(&visit, &row, &naming) {
        Ok(caseworker) => caseworker,
        Err(said) => return Ok(back(&visit, &known, &naming.back, said)),
    };
    let local_time = &visit.desk.local_time;
    let change = ConfirmationChange::ByPerson {
        reference: known.clone(),
        actor: visit.person.actor(),
        caseworker,
        due_at: local_time.end_of(local_time.day_of(visit.now())),
    };
    done(&visit, &known, &naming.back, (change, "named")).await
}

/// Puts on record that Kronofogden was told another way.
pub(super) async fn told(
    visit: Visit,
    Path(reference): Path<String>,
    Form(telling): Form<Telling>,
) -> Result<Response, PageError> {
    let Some((known, _)) = visit.notice(&reference).await? else {
        return visit.no_such_notice();
    };
    let how = act::reason(&telling.reason);
    if how.is_empty() {
        return Ok(back(&visit, &known, &telling.back, "reasonMissing"));
    }
    let (reference, actor) = (known.clone(), visit.person.actor());
    let change = ConfirmationChange::ByHand { reference, actor, how };
    done(&visit, &known, &telling.back, (change, "confirmed")).await
}

async fn done(
    visit: &Visit,
    known: &Reference,
    to: &str,
    (change, said): (ConfirmationChange, &'static str),
) -> Result<Response, PageError> {
    let done = visit.desk.store.act(Action::Confirmation(change)).await?;
    Ok(back(visit, known, to, if done.is_ok() { said } else { "refused" }))
}

/// Whom the form names, or what is wrong with it.
fn caseworker(visit: &Visit, row: &NoticeRow, naming: &Naming) -> Result<Caseworker, &'static str> {
    let unit_name = visit.desk.unit_name(&row.unit);
    let (chosen, typed) = (naming.person.trim(), naming.name.trim());
    if !chosen.is_empty() {
        if !typed.is_empty() {
            return Err("twoNamed");
        }
        let roster = visit.desk.roster.now();
        let mine = bounds::may_name(visit, chosen);
        let person = roster.person(chosen).filter(|_| mine).ok_or("nobodyNamed")?;
        return Ok(roster.official(person, (&row.unit, &unit_name), "person"));
    }
    let unit = match naming.unit.trim() {
        "" => unit_name,
        unit => roster::name(unit).map_err(|_| "nobodyNamed")?,
    };
    Ok(Caseworker {
        id: "named".to_owned(),
        name: roster::name(typed).map_err(|_| "nobodyNamed")?,
        unit,
        telephone: roster::telephone(&naming.telephone).map_err(|_| "notDialled")?,
        because: "person".to_owned(),
    })
}

/// Back to where the form stood, with what is said there.
fn back(visit: &Visit, known: &Reference, to: &str, said: &str) -> Response {
    let page = visit.page("/ops/");
    let path = match to {
        "list" => format!("/ops/unconfirmed?said={said}"),
        _ => format!("/ops/notices/{known}?said={said}"),
    };
    Redirect::to(&page.link(&path)).into_response()
}

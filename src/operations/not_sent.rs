//! `/ops/notices/{reference}/copy/not-sent`: somebody decides that a letter which offers help is not to go. A copy that a statute demands cannot be left out.

use crate::operations::PageError;
use crate::operations::act;
use crate::operations::copy;
use crate::operations::copy::Sending;
use crate::operations::unmask;
use crate::operations::visit::Visit;
use crate::store::Action;
use crate::store::CopyChange;
use axum::extract::Form;
use axum::extract::Path;
use axum::response::Response;

/// Puts the decision on record.
pub(super) async fn page(
    visit: Visit,
    Path(reference): Path<String>,
    Form(sending): Form<Sending>,
) -> Result<Response, PageError> {
    let Some((known, row)) = visit.notice(&reference).await? else {
        return visit.no_such_notice();
    };
    if unmask::is_restricted(&visit, &[&row]).await? {
        return unmask::restricted(&visit);
    }
    let reason = act::reason(&sending.reason);
    if reason.is_empty() {
        return Ok(copy::back(&visit, &known, "reasonMissing"));
    }
    let actor = Some(visit.person.actor());
    let change = CopyChange::NotSent { reference: known.clone(), actor, reason };
    let done = visit.desk.store.act(Action::Copy(change)).await?;
    Ok(copy::back(&visit, &known, if done.is_ok() { "notSent" } else { "refused" }))
}

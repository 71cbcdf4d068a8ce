//! What a sender adds to its own earlier notice, or how it takes it back: `POST /notices/{reference}/supplements` and `…/withdrawals`. Each is a message
//! of its own, received, acknowledged and kept like any other; that it speaks of the earlier one is certain.

use crate::domain::received::SpeaksOf;
use crate::domain::reference::Reference;
use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::intake::api::Client;
use crate::intake::api::Clients;
use crate::intake::api::accepted::Accepted;
use crate::intake::api::post;
use crate::intake::api::post::Desk;
use axum::extract::Path;
use axum::extract::Request;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// How soon a caller comes back when we could not look, in seconds.
const RETRY_AFTER_SECONDS: u32 = 5;

/// What a request is about, as its address says.
pub(super) struct About<'a> {
    /// The earlier notice or message, as the caller wrote it.
    pub(super) reference: &'a str,
    /// Whether it takes it back.
    pub(super) withdraws: bool,
}

impl About<'_> {
    /// The earlier one, if this client sent it; whoever did not gets the same answer as for one that does not exist.
    pub(super) async fn of(
        &self,
        client: &Client,
        clients: &dyn Clients,
    ) -> Result<SpeaksOf, Problem> {
        let unknown = || Problem::new(ProblemType::NotFound);
        let reference = Reference::parse(self.reference).ok_or_else(unknown)?;
        let sent = clients.sent(&client.name, &reference).await.map_err(|error| {
            tracing::warn!(%error, "could not look up a message");
            Problem::unavailable(RETRY_AFTER_SECONDS)
        })?;
        sent.then_some(SpeaksOf { reference, withdraws: self.withdraws }).ok_or_else(unknown)
    }
}

/// Add to a notice. Komplettera en underrättelse.
///
/// Takes the same content as `POST /notices`: whatever is new or was wrong, as a `supplement`, or the whole notice put right. The first notice is not
/// changed; both are kept, and the case shows what differs. Answers the client that sent the first one; everyone else gets 404.
///
/// Tar samma innehåll som `POST /notices`: det som är nytt eller var fel, som `supplement`, eller hela underrättelsen rättad. Den första underrättelsen ändras inte; båda
/// sparas, och ärendet visar vad som skiljer. Besvaras för den som skickade den första; alla andra får 404.
#[utoipa::path(
    post, path = "/notices/{reference}/supplements", operation_id = "postSupplement", tag = "notices",
    security(("key" = [])),
    params(("reference" = String, Path, example = "AVH-7K4M-2QX6",
            description = "The reference of the first notice, or of its message. Den första underrättelsens referens."),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 255,
            description = "Your own key for this content. Er egen nyckel för innehållet.")),
    request_body(description = "As for `POST /notices`. Som för `POST /notices`.",
        content((Object = "application/json"), (String = "application/xml"), (String = "text/csv"), (String = "application/pdf"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (String = "multipart/form-data"))),
    responses((status = 202, body = Accepted, description = "Committed: it has arrived. Sparat: kompletteringen har kommit in."))
)]
pub async fn post_supplement(
    State(desk): State<Arc<Desk>>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    post::take(&desk, request, Some(About { reference: &reference, withdraws: false })).await
}

/// Take a notice back. Återkalla en underrättelse.
///
/// Such as when the debt is paid. The content may say why: `{"schemaVersion":"1.0","type":"withdrawal","text":"…"}` is enough. What was sent stays
/// on record; a person at the municipality decides what follows. Answers the client that sent the first one; everyone else gets 404.
///
/// Till exempel när skulden är betald. Innehållet får säga varför. Det som skickats finns kvar; en person på kommunen avgör vad som följer. Besvaras för den
/// som skickade den första; alla andra får 404.
#[utoipa::path(
    post, path = "/notices/{reference}/withdrawals", operation_id = "postWithdrawal", tag = "notices",
    security(("key" = [])),
    params(("reference" = String, Path, example = "AVH-7K4M-2QX6",
            description = "The reference of the first notice, or of its message. Den första underrättelsens referens."),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 255,
            description = "Your own key for this content. Er egen nyckel för innehållet.")),
    request_body(description = "As for `POST /notices`. Som för `POST /notices`.",
        content((Object = "application/json"), (String = "application/xml"), (String = "text/csv"), (String = "application/pdf"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (String = "multipart/form-data"))),
    responses((status = 202, body = Accepted, description = "Committed: it has arrived. Sparat: återkallelsen har kommit in."))
)]
pub async fn post_withdrawal(
    State(desk): State<Arc<Desk>>,
    Path(reference): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    post::take(&desk, request, Some(About { reference: &reference, withdraws: true })).await
}

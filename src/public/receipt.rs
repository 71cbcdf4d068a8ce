//! `GET /notices/{reference}/receipt`: the proof of arrival that a landlord hands on, as data or as text.

use crate::acknowledge::Contact;
use crate::acknowledge::receipt::ApiReceipt;
use crate::http::negotiate;
use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::public::Desk;
use crate::public::own_message;
use axum::Json;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use std::sync::Arc;

const JSON: &str = "application/json";
const TEXT: &str = "text/plain";

/// Fetch the receipt. Hämta kvittensen.
///
/// Answers the client that sent it; everyone else gets 404.
///
/// Besvaras för den som skickade underrättelsen; alla andra får 404.
#[utoipa::path(
    get, path = "/notices/{reference}/receipt", operation_id = "getReceipt", tag = "notices",
    security(("key" = [])),
    params(("reference" = String, Path, example = "AVH-7K4M-2QX6",
        description = "The reference from the answer. Referensen från svaret.")),
    responses((status = 200, description = "The receipt. Kvittensen.",
        content((ApiReceipt = "application/json"), (String = "text/plain"))))
)]
pub async fn get_receipt(
    State(desk): State<Arc<Desk>>,
    Path(reference): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, view) = own_message(&desk, &headers, &reference).await?;
    let contact = Contact { board: view.board, ..desk.about.contact.clone() };
    let (theirs, number) = (view.sender_reference.as_ref(), view.case_number.as_ref());
    let receipt = ApiReceipt::of(&view.answer, theirs, number, &contact);
    let body = match negotiate::media_type(&headers, &[JSON, TEXT]) {
        Some(JSON) => Json(receipt).into_response(),
        Some(_) => receipt.text(&desk.local_time).into_response(),
        None => return Err(Problem::new(ProblemType::NotAcceptable)),
    };
    Ok(([(header::CACHE_CONTROL, "no-store"), (header::VARY, "Accept")], body).into_response())
}

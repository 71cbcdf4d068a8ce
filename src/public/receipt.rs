//! `GET /notices/{reference}/receipt`: the proof of arrival that a landlord hands on, as data, as text or as PDF.

use crate::acknowledge::Contact;
use crate::acknowledge::receipt::ApiReceipt;
use crate::domain::masked::Masked;
use crate::http::negotiate;
use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::public::Desk;
use crate::public::MessageView;
use crate::public::RETRY_AFTER_SECONDS;
use crate::public::Register;
use crate::public::RegisterUnavailable;
use crate::public::own_message;
use crate::public::receipt_pdf;
use crate::seal::keys::KeyRing;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use jiff::Timestamp;
use std::sync::Arc;

const JSON: &str = "application/json";
const TEXT: &str = "text/plain";
const PDF: &str = "application/pdf";

/// The receipt to print, as accessible PDF (PDF/UA-1). Kvittensen att skriva ut.
#[derive(Debug, utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct ReceiptPdf(pub Vec<u8>);

/// Fetch the receipt. Hämta kvittensen.
///
/// Answers the client that sent it; everyone else gets 404. Signed (`signature`) and with a control code where the municipality has
/// keys; the same bytes however often it is fetched.
///
/// Besvaras för den som skickade underrättelsen; alla andra får 404. Signerad (`signature`) och med kontrollkod om kommunen har
/// nycklar; samma innehåll hur ofta den än hämtas.
#[utoipa::path(
    get, path = "/notices/{reference}/receipt", operation_id = "getReceipt", tag = "notices",
    security(("key" = [])),
    params(("reference" = String, Path, example = "AVH-7K4M-2QX6",
        description = "The reference from the answer. Referensen från svaret.")),
    responses((status = 200, description = "The receipt. Kvittensen.",
        content((ApiReceipt = "application/json"), (String = "text/plain"), (ReceiptPdf = "application/pdf"))))
)]
pub async fn get_receipt(
    State(desk): State<Arc<Desk>>,
    Path(reference): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, view) = own_message(&desk, &headers, &reference).await?;
    let ring = desk.chest.ring();
    let seal = ring.as_deref().map(|ring| (ring, desk.clock.now()));
    let receipt = of_message(desk.register.as_ref(), &view, &desk.about.contact, seal);
    let json = receipt.await.map_err(|error| {
        tracing::warn!(%error, "could not make a receipt");
        Problem::unavailable(RETRY_AFTER_SECONDS)
    })?;
    let body = match negotiate::media_type(&headers, &[JSON, TEXT, PDF]) {
        Some(JSON) => ([(header::CONTENT_TYPE, JSON)], json).into_response(),
        Some(TEXT) => {
            let receipt = read(&json)?;
            receipt.text(&desk.local_time, &desk.root.check_page()).into_response()
        }
        Some(_) => {
            let pdf = receipt_pdf::of(&desk, &read(&json)?, ring.as_deref()).await?;
            let name = format!("attachment; filename=\"{}.pdf\"", view.answer.reference);
            let headers =
                [(header::CONTENT_TYPE, PDF.to_owned()), (header::CONTENT_DISPOSITION, name)];
            (headers, pdf).into_response()
        }
        None => return Err(Problem::new(ProblemType::NotAcceptable)),
    };
    Ok(([(header::CACHE_CONTROL, "no-store"), (header::VARY, "Accept")], body).into_response())
}

fn read(json: &str) -> Result<ApiReceipt, Problem> {
    serde_json::from_str(json).map_err(|error| {
        tracing::error!(%error, "a kept receipt cannot be read");
        Problem::new(ProblemType::Internal)
    })
}

/// The receipt of a message as JSON: the one that was handed out first, else a new one, which is signed and kept where there are keys.
///
/// It is kept, and not made anew from the same facts, because these facts move: the board's telephone, the keys, and what documents
/// tell once they are read. Only when they tell of more notices is there a further receipt, which names them.
///
/// # Errors
/// When the store does not answer.
pub async fn of_message(
    register: &dyn Register,
    view: &MessageView,
    contact: &Contact,
    seal: Option<(&KeyRing, Timestamp)>,
) -> Result<String, RegisterUnavailable> {
    let message = &view.answer.reference;
    let notices = view.answer.notices.len();
    if let Some(kept) = register.kept_receipt(message, notices).await? {
        return Ok(kept);
    }
    let contact = Contact { board: view.board.clone(), ..contact.clone() };
    let (theirs, number) = (view.sender_reference.as_ref(), view.case_number.as_ref());
    let receipt = ApiReceipt::of(&view.answer, theirs, number, &contact);
    let sealed = seal.map(|(ring, now)| receipt.sealed(ring, now)).transpose();
    let sealed = sealed.unwrap_or_else(|error| {
        let error: &(dyn std::error::Error + 'static) = &error;
        tracing::error!(error, "a receipt goes out without signature and control code");
        None
    });
    let is_sealed = sealed.is_some();
    let receipt = sealed.unwrap_or(receipt);
    let json =
        serde_json::to_string(&receipt).map_err(|error| RegisterUnavailable(Box::new(error)))?;
    if !is_sealed {
        return Ok(json);
    }
    register.keep_receipt(message, notices, Masked::new(json)).await
}

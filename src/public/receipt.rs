//! `GET /notices/{reference}/receipt`: the proof of arrival that a landlord hands on, as data or as text.

use crate::domain::masked::Masked;
use crate::http::negotiate;
use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::intake::api::accepted::whole_seconds;
use crate::public::Contact;
use crate::public::Desk;
use crate::public::MessageView;
use crate::public::own_message;
use axum::Json;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::sync::Arc;

const JSON: &str = "application/json";
const TEXT: &str = "text/plain";

/// The receipt of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The message's reference. Meddelandets referens.
    #[schema(example = "AVH-7K4M-2QX6")]
    pub reference: String,
    /// When it reached the municipality, UTC, whole seconds. När det kom in till kommunen.
    #[schema(value_type = String, format = DateTime, example = "2026-10-12T08:15:30Z")]
    pub received_at: Timestamp,
    /// The local day of arrival. Den dag då det kom in.
    #[schema(value_type = String, format = Date, example = "2026-10-12")]
    pub arrival_date: Date,
    /// SHA-256 of what was sent. SHA-256 för det som skickades.
    pub sha256: String,
    /// Your own reference. Er egen referens.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub sender_reference: Option<Masked>,
    /// The case number that you gave. Målnumret som ni angav.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub case_number: Option<Masked>,
    /// The board that received it. Nämnden som tog emot det.
    pub board: String,
    /// Whom to ask. Kontakt.
    pub contact: ReceiptContact,
    /// The notices in it. Underrättelserna i det.
    pub notices: Vec<ReceiptNotice>,
}

/// Whom to ask about a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ReceiptContact {
    /// The municipality. Kommunen.
    pub organisation: String,
    /// One telephone number. Ett telefonnummer.
    pub telephone: String,
    /// One address for mail. En e-postadress.
    pub email: String,
}

/// One notice of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ReceiptNotice {
    /// Its reference. Dess referens.
    pub reference: String,
}

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
        content((Receipt = "application/json"), (String = "text/plain"))))
)]
pub async fn get_receipt(
    State(desk): State<Arc<Desk>>,
    Path(reference): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, view) = own_message(&desk, &headers, &reference).await?;
    let receipt = Receipt::of(&view, &desk.about.contact);
    let body = match negotiate::media_type(&headers, &[JSON, TEXT]) {
        Some(JSON) => Json(receipt).into_response(),
        Some(_) => receipt.text().into_response(),
        None => return Err(Problem::new(ProblemType::NotAcceptable)),
    };
    Ok(([(header::CACHE_CONTROL, "no-store"), (header::VARY, "Accept")], body).into_response())
}

impl Receipt {
    /// The receipt of a stored message.
    pub fn of(view: &MessageView, contact: &Contact) -> Self {
        let notices = view.answer.notices.iter();
        Self {
            reference: view.answer.reference.to_string(),
            received_at: whole_seconds(view.answer.received_at),
            arrival_date: view.answer.arrival_date,
            sha256: view.answer.sha256.to_string(),
            sender_reference: view.sender_reference.clone(),
            case_number: view.case_number.clone(),
            board: view.board.clone(),
            contact: ReceiptContact {
                organisation: contact.organisation.clone(),
                telephone: contact.telephone.clone(),
                email: contact.email.clone(),
            },
            notices: notices
                .map(|notice| ReceiptNotice { reference: notice.reference.to_string() })
                .collect(),
        }
    }

    /// The receipt to read and print; a value from the sender stays on its line.
    pub fn text(&self) -> String {
        let mut text = String::from("Mottagningskvittens / Receipt\n\n");
        let mut row = |label: &str, value: &str| {
            let value: String =
                value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            text.push_str(&format!("{label}: {value}\n"));
        };
        row("Referens / Reference", &self.reference);
        row("Ankomstdag / Day of arrival", &self.arrival_date.to_string());
        row("Kom fram / Arrived (UTC)", &self.received_at.to_string());
        if let Some(theirs) = &self.sender_reference {
            row("Er referens / Your reference", theirs.reveal());
        }
        if let Some(number) = &self.case_number {
            row("Målnummer / Case number", number.reveal());
        }
        row("SHA-256", &self.sha256);
        row("Mottagare / Received by", &format!("{}, {}", self.contact.organisation, self.board));
        let contact = format!("{}, {}", self.contact.telephone, self.contact.email);
        row("Frågor / Questions", &contact);
        text
    }
}

//! `GET /notices/{reference}`: how far it has come, told so that nobody sees whether a person handles it.

use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Recipient;
use crate::domain::delivery::DeliveryState;
use crate::domain::reference::Reference;
use crate::http::problem::Problem;
use crate::intake::api::accepted::whole_seconds;
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

/// How far a message or notice has come, for its sender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// The reference asked for. Den efterfrågade referensen.
    #[schema(example = "AVH-7K4M-2QX6")]
    pub reference: String,
    /// When it reached the municipality, UTC, whole seconds. När den kom in till kommunen.
    #[schema(value_type = String, format = DateTime, example = "2026-10-12T08:15:30Z")]
    pub received_at: Timestamp,
    /// The local day of arrival. Den dag då den kom in.
    #[schema(value_type = String, format = Date, example = "2026-10-12")]
    pub arrival_date: Date,
    /// Received, or registered. Mottagen eller registrerad.
    pub state: PublicState,
    /// What the sender was told. Vad avsändaren har fått besked om.
    pub acknowledgements: Vec<SenderAcknowledgement>,
    /// The notices of a message with several. Underrättelserna i ett meddelande med flera.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub notices: Vec<NoticeStatus>,
}

/// One notice of a message with several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct NoticeStatus {
    /// Its reference. Dess referens.
    #[schema(example = "AVH-7K4M-2QX6")]
    pub reference: String,
    /// Received, or registered. Mottagen eller registrerad.
    pub state: PublicState,
}

/// All that a sender learns of the way inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum PublicState {
    /// It has arrived. Den har kommit in.
    Received,
    /// It has arrived and is registered. Den har kommit in och är registrerad.
    Registered,
}

/// One acknowledgement to the sender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SenderAcknowledgement {
    /// Always `sender`. Alltid `sender`.
    #[schema(example = "sender")]
    pub recipient: &'static str,
    /// `pending`, `sent`, `retrying`, `bounced`, `failed` or `suppressed`. Bekräftelsens läge.
    #[schema(example = "sent")]
    pub state: &'static str,
    /// When, UTC, whole seconds. När.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime, example = "2026-10-12T08:15:30Z")]
    pub at: Option<Timestamp>,
}

/// Ask how far a notice has come. Fråga hur långt en underrättelse har kommit.
///
/// Answers the client that sent it; everyone else gets 404. Takes the reference of a message or of one notice in it.
///
/// Besvaras för den som skickade underrättelsen; alla andra får 404. Tar referensen för ett meddelande eller en underrättelse i det.
#[utoipa::path(
    get, path = "/notices/{reference}", operation_id = "getNotice", tag = "notices",
    security(("key" = [])),
    params(("reference" = String, Path, example = "AVH-7K4M-2QX6",
        description = "The reference from the answer or the receipt. Referensen från svaret eller kvittensen.")),
    responses((status = 200, body = Status, description = "How far it has come. Hur långt den har kommit."))
)]
pub async fn get_notice(
    State(desk): State<Arc<Desk>>,
    Path(reference): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (reference, view) = own_message(&desk, &headers, &reference).await?;
    let status = Status::of(&reference, &view);
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(status)).into_response())
}

impl Status {
    /// The status under the reference asked for: that of the message, or that of one notice in it.
    pub fn of(reference: &Reference, view: &MessageView) -> Self {
        let whole = *reference == view.answer.reference;
        let concerned =
            view.notices.iter().filter(|notice| whole || notice.reference == *reference);
        let notices: Vec<NoticeStatus> = concerned
            .map(|notice| NoticeStatus {
                reference: notice.reference.to_string(),
                state: PublicState::of(notice.state),
            })
            .collect();
        let registered = !notices.is_empty()
            && notices.iter().all(|notice| notice.state == PublicState::Registered);
        Self {
            reference: reference.to_string(),
            received_at: whole_seconds(view.answer.received_at),
            arrival_date: view.answer.arrival_date,
            state: if registered { PublicState::Registered } else { PublicState::Received },
            acknowledgements: to_sender(view),
            notices: if view.notices.len() > 1 && whole { notices } else { Vec::new() },
        }
    }
}

fn to_sender(view: &MessageView) -> Vec<SenderAcknowledgement> {
    let own = view.acknowledgements.iter().filter(|one| match one.recipient {
        Recipient::Sender => true,
        Recipient::EnforcementAuthority | Recipient::Person => false,
    });
    own.map(|one| SenderAcknowledgement {
        recipient: one.recipient.as_str(),
        state: AcknowledgementState::as_str(one.state),
        at: one.at.map(whole_seconds),
    })
    .collect()
}

impl PublicState {
    /// What a delivery state looks like from outside: a stall behind the registration does not show.
    pub fn of(state: DeliveryState) -> Self {
        match state {
            DeliveryState::Reading | DeliveryState::NeedsReview => Self::Received,
            DeliveryState::Queued
            | DeliveryState::Retrying
            | DeliveryState::Uncertain
            | DeliveryState::Parked
            | DeliveryState::Delivered
            | DeliveryState::Dismissed
            | DeliveryState::NotNotice => Self::Registered,
        }
    }
}

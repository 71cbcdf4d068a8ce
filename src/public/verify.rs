//! The public check of a receipt by reference and control code: whether the municipality wrote it, when it arrived, and for what bytes.
//!
//! An unknown reference, a wrong code and nonsense are answered alike. Attempts are counted as log-ins are, by address and by
//! reference, so that nobody finds a code by trying.

use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::http::attempts::Attempts;
use crate::http::caller;
use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::http::server::Peer;
use crate::intake::api::accepted::whole_seconds;
use crate::public::Desk;
use crate::public::RETRY_AFTER_SECONDS;
use crate::public::RegisterUnavailable;
use crate::seal::control_code::ControlCode;
use axum::Extension;
use axum::Json;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;
use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::sync::Arc;

/// Where checks are made: what is known, and who has tried how often.
pub struct Counter {
    pub(super) desk: Desk,
    attempts: Attempts,
}

/// What is asked: the two things that stand on a receipt. Both are secrets to others.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub(super) reference: Masked,
    #[serde(default, rename = "controlCode")]
    pub(super) control_code: Masked,
}

/// What the check found.
pub(super) enum Found {
    /// The municipality wrote it.
    Genuine(Genuine),
    /// Reference and code do not belong together, or there is no such receipt.
    NotConfirmed,
    /// Too many attempts: to be tried again in so many seconds.
    Later(i64),
    /// This gateway has no keys.
    NoKeys,
}

/// What a genuine receipt is for.
pub(super) struct Genuine {
    pub(super) reference: Reference,
    pub(super) received_at: Timestamp,
    pub(super) arrival_date: Date,
    pub(super) sha256: Digest,
}

impl Counter {
    pub(super) fn new(desk: Desk) -> Self {
        Self { desk, attempts: Attempts::default() }
    }

    /// From where somebody asks.
    pub(super) fn caller(&self, peer: Option<Extension<Peer>>, headers: &HeaderMap) -> IpAddr {
        let peer = peer.map_or(Ipv4Addr::LOCALHOST.into(), |Extension(Peer(address))| address);
        caller::address(&self.desk.proxies, peer, headers)
    }

    /// Checks a code. As much is computed for an unknown reference as for a known one.
    pub(super) async fn check(
        &self,
        asked: &Asked,
        from: IpAddr,
    ) -> Result<Found, RegisterUnavailable> {
        let Some(ring) = self.desk.chest.ring() else { return Ok(Found::NoKeys) };
        let now = self.desk.clock.now();
        let reference = Reference::parse(asked.reference.reveal());
        let name = reference.as_ref().map_or("", Reference::as_str);
        let attempt = match self.attempts.begin(name, from, now) {
            Ok(attempt) => attempt,
            Err(seconds) => return Ok(Found::Later(seconds)),
        };
        let code = ControlCode::parse(asked.control_code.reveal());
        let (Some(reference), Some(code)) = (reference, code) else {
            return Ok(Found::NotConfirmed);
        };
        let view = self.desk.register.message(&reference).await?;
        let Some(answer) = view.map(|view| view.answer) else {
            ring.fits(&code, &reference, now, &Digest::of(b""));
            return Ok(Found::NotConfirmed);
        };
        if !ring.fits(&code, &answer.reference, answer.received_at, &answer.sha256) {
            return Ok(Found::NotConfirmed);
        }
        self.attempts.good(&attempt, now);
        Ok(Found::Genuine(Genuine {
            reference: answer.reference,
            received_at: whole_seconds(answer.received_at),
            arrival_date: answer.arrival_date,
            sha256: answer.sha256,
        }))
    }
}

/// What the check of a receipt found. Vad kontrollen av en kvittens visade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    /// Whether the municipality wrote a receipt with this reference and code. Om kommunen har skrivit kvittensen.
    pub valid: bool,
    /// The message's reference. Meddelandets referens.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub reference: Option<Reference>,
    /// When it arrived, UTC, whole seconds. När det kom fram.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub received_at: Option<Timestamp>,
    /// The local day of arrival. Den dag då det kom fram.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub arrival_date: Option<Date>,
    /// SHA-256 of what was sent. SHA-256 för det som skickades.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub sha256: Option<Digest>,
}

impl Verification {
    fn of(genuine: Option<Genuine>) -> Self {
        let valid = genuine.is_some();
        let (mut reference, mut received_at, mut arrival_date, mut sha256) =
            (None, None, None, None);
        if let Some(genuine) = genuine {
            reference = Some(genuine.reference);
            received_at = Some(genuine.received_at);
            arrival_date = Some(genuine.arrival_date);
            sha256 = Some(genuine.sha256);
        }
        Self { valid, reference, received_at, arrival_date, sha256 }
    }
}

/// Check a receipt. Kontrollera en kvittens.
///
/// Open to everyone who holds a receipt. An unknown reference and a wrong code are answered alike, and attempts are limited.
///
/// Öppet för den som har en kvittens. En okänd referens och en felaktig kod besvaras likadant, och antalet försök är begränsat.
#[utoipa::path(
    get, path = "/receipts/verify", operation_id = "verifyReceipt", tag = "proof",
    params(
        ("reference" = String, Query, example = "AVH-7K4M-2QX6", description = "The receipt's reference. Kvittensens referens."),
        ("controlCode" = String, Query, example = "7K4M2-QX6AB", description = "The receipt's control code. Kvittensens kontrollkod."),
    ),
    responses((status = 200, description = "Valid or not. Giltig eller inte.", body = Verification))
)]
pub async fn get_verification(
    State(counter): State<Arc<Counter>>,
    Query(asked): Query<Asked>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let from = counter.caller(peer, &headers);
    let found = counter.check(&asked, from).await.map_err(|error| {
        tracing::warn!(%error, "could not look up a receipt to be checked");
        Problem::unavailable(RETRY_AFTER_SECONDS)
    })?;
    let genuine = match found {
        Found::Genuine(genuine) => Some(genuine),
        Found::NotConfirmed => None,
        Found::Later(seconds) => {
            let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
            return Err(Problem::new(ProblemType::TooManyRequests).retry_after(seconds));
        }
        Found::NoKeys => return Err(Problem::new(ProblemType::NotFound)),
    };
    let body = Json(Verification::of(genuine));
    Ok(([(header::CACHE_CONTROL, "no-store")], body).into_response())
}

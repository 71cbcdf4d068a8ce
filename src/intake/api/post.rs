//! `POST /notices`: from the first byte to the answer.

use crate::clock::Clock;
use crate::domain::digest::Digest;
use crate::domain::received::Channel;
use crate::domain::received::Envelope;
use crate::domain::received::Format;
use crate::domain::received::Received;
use crate::domain::received::ReplyTo;
use crate::domain::received::Sender;
use crate::domain::received::SourceKey;
use crate::domain::received::SpeaksOf;
use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::http::urls::ApiRoot;
use crate::intake::Settlement;
use crate::intake::api::Client;
use crate::intake::api::Clients;
use crate::intake::api::Config;
use crate::intake::api::DOOR;
use crate::intake::api::accepted::Accepted;
use crate::intake::api::adapter::Waiting;
use crate::intake::api::client::authenticate;
use crate::intake::api::form;
use crate::intake::api::later::About;
use crate::intake::api::limits::Held;
use crate::intake::api::limits::Limits;
use crate::intake::api::request;
use axum::Json;
use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use bytes::Bytes;
use std::sync::Arc;
use tokio::sync::mpsc;

/// How soon a caller comes back when we stored nothing because of us, in seconds.
const RETRY_AFTER_SECONDS: u32 = 5;

/// The header that marks a first answer given again.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// What the handler works with.
pub struct Desk {
    /// The door's limits as configured.
    pub config: Config,
    /// Who may send.
    pub clients: Arc<dyn Clients>,
    /// Where status and receipt are asked for.
    pub root: ApiRoot,
    /// Tells when a request was complete.
    pub clock: Clock,
    /// The limits in force.
    pub limits: Limits,
    /// To the pipeline.
    pub sender: mpsc::Sender<(Received, Waiting)>,
}

/// Send notices. Skicka underrättelser.
///
/// Takes one notice or an array (JSON), one or many (XML), or one a row (CSV); a document (PDF, Excel, Word), or a form with several parts. The
/// answer comes after the content is committed and is the proof that the notice has arrived. A notice is never refused for what it lacks: what
/// was noticed stands in `findings`. A document is read after the answer; it counts as arrived all the same.
/// With an `Idempotency-Key` a request can be repeated safely for as long as the notice lives.
///
/// Tar emot en underrättelse eller flera, också som dokument (PDF, Excel, Word). Svaret kommer när innehållet är säkert sparat och visar att
/// underrättelsen har kommit in. Ett dokument läses efter svaret; det har kommit in ändå.
/// En underrättelse avvisas aldrig för att något saknas: det som noterats står i `findings`. Med `Idempotency-Key` kan anropet
/// upprepas utan risk för dubbletter.
#[utoipa::path(
    post, path = "/notices", operation_id = "postNotices", tag = "notices",
    security(("key" = [])),
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 255,
        description = "Your own key for this content, 1–255 visible ASCII characters. Er egen nyckel för innehållet.",
        example = "2026-10-12-4711")),
    request_body(description = "The notices, see `schemas/notice.v1.schema.json`, `notice.v1.xsd` and `notice.v1.csv.md`. \
        Underrättelserna enligt de publicerade schemana.",
        content((Object = "application/json"), (String = "application/xml"), (String = "text/csv"), (String = "application/pdf"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (String = "multipart/form-data"))),
    responses((status = 202, body = Accepted,
        description = "Committed: it has arrived. Sparat: underrättelsen har kommit in.",
        headers(("Location" = String, description = "Where to ask how far it has come. Här följer ni ärendet."),
            ("Idempotency-Replayed" = Option<bool>,
                description = "`true` when this is the first answer given again. `true` när det första svaret ges igen."))))
)]
pub async fn post_notices(
    State(desk): State<Arc<Desk>>,
    request: Request,
) -> Result<Response, Problem> {
    take(&desk, request, None).await
}

/// Takes what was sent, about an earlier notice of the same client's or by itself.
pub(super) async fn take(
    desk: &Desk,
    request: Request,
    about: Option<About<'_>>,
) -> Result<Response, Problem> {
    let (head, body) = request.into_parts();
    let mut held = desk.limits.enter()?;
    let client = authenticate(&head.headers, desk.clients.as_ref()).await?;
    desk.limits.count(&client.name, desk.clock.now())?;
    let speaks_of = match about {
        Some(about) => Some(about.of(&client, desk.clients.as_ref()).await?),
        None => None,
    };
    let format = request::format(&head.headers)?;
    let key = request::idempotency_key(&head.headers)?;
    let announced = request::announced_bytes(&head.headers, &desk.config)?;
    desk.limits.hold_bytes(&mut held, announced)?;
    if let Some(key) = key {
        desk.limits.hold_key(&mut held, &client.name, key)?;
    }
    let raw = request::content(body, &desk.config, &desk.limits, &mut held).await?;
    let raw = form::as_mail(&head.headers, raw);
    let received = received(desk, client, format, (key, speaks_of), raw);
    let settlement = hand_over(desk, received, held).await?;
    answer(desk, settlement, key.is_some())
}

fn received(
    desk: &Desk,
    client: Client,
    format: Format,
    (key, speaks_of): (Option<&str>, Option<SpeaksOf>),
    raw: Bytes,
) -> Received {
    let now = desk.clock.now();
    let key = match key {
        Some(key) => format!("key:{key}"),
        None => format!("sha256:{}", Digest::of(&raw)),
    };
    // The same words about another notice are another message.
    let key = match &speaks_of {
        Some(SpeaksOf { reference, withdraws }) => {
            format!("{}:{reference}:{key}", if *withdraws { "withdrawal" } else { "supplement" })
        }
        None => key,
    };
    let envelope = Envelope {
        channel: Channel::Api,
        source_key: SourceKey { door: DOOR.to_owned(), sender: client.name.clone(), key },
        occurrence: None,
        sender: Sender { partner: Some(client.name), ..Sender::default() },
        reply_to: ReplyTo::Api { mail_to: client.mail_to },
        format,
        file_name: None,
        continues: None,
        speaks_of,
        received_at: now,
        seen_at: now,
    };
    Received { envelope, raw }
}

/// Hands the message over and waits. From the hand-over on, the caller may go away: the message is stored all the same.
async fn hand_over(desk: &Desk, received: Received, held: Held) -> Result<Settlement, Problem> {
    let (waiting, settled) = Waiting::new(held);
    let unavailable = || Problem::unavailable(RETRY_AFTER_SECONDS);
    desk.sender.try_send((received, waiting)).map_err(|_full_or_closed| unavailable())?;
    settled.await.map_err(|_dropped| unavailable())
}

fn answer(desk: &Desk, settlement: Settlement, keyed: bool) -> Result<Response, Problem> {
    let (answer, again) = match settlement {
        Settlement::Accepted(answer) => (answer, false),
        Settlement::Duplicate { answer, redelivered: _ } => (answer, true),
        Settlement::Refused(problem) => return Err(Problem::from(problem)),
        Settlement::Released => return Err(Problem::unavailable(RETRY_AFTER_SECONDS)),
    };
    let body = Accepted::of(answer, &desk.root, again && !keyed);
    let Ok(location) = HeaderValue::from_str(&body.status) else {
        return Err(Problem::new(ProblemType::Internal));
    };
    let mut response = (StatusCode::ACCEPTED, Json(body)).into_response();
    response.headers_mut().insert(header::LOCATION, location);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if again && keyed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    Ok(response)
}

//! `GET /confirmations`: Kronofogden's own client reads what Kronofogden is told, in the order of its running number.
//!
//! Whoever is handed a confirmation has been told: that is committed before the answer leaves, so that no confirmation leaves unrecorded. A client that
//! got no answer has not moved on in the series; it asks again and gets the same. Clients without this right find nothing here.

use crate::acknowledge::confirmation::Confirmation;
use crate::http::negotiate;
use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::intake::api::client::authenticate;
use crate::public::Desk;
use crate::public::RETRY_AFTER_SECONDS;
use crate::public::RegisterUnavailable;
use axum::Json;
use axum::extract::Path;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::Method;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use std::sync::Arc;

const JSON: &str = "application/json";
const XML: &str = "application/xml";
const TEXT: &str = "text/plain";

/// How many come at a time, when nobody asks for more or fewer.
const USUAL: i64 = 20;

/// As many at most.
const MOST: i64 = 200;

/// What these pages ask of the store.
#[async_trait::async_trait]
pub trait Feed: Send + Sync {
    /// Whether this client may read confirmations.
    async fn may_read(&self, client: &str) -> Result<bool, RegisterUnavailable>;

    /// Confirmations after a number, in order, so many at most.
    async fn after(&self, number: i64, limit: i64) -> Result<Vec<Entry>, RegisterUnavailable>;

    /// The confirmation with this number.
    async fn one(&self, number: i64) -> Result<Option<Entry>, RegisterUnavailable>;

    /// Keeps that these are handed out to this client now. Answers when that is committed.
    async fn hand_out(&self, client: &str, entries: &[Entry]) -> Result<(), RegisterUnavailable>;
}

/// A confirmation of the series.
#[derive(Clone)]
pub struct Entry {
    /// It, as JSON, as it was written.
    pub document: String,
    /// It, read.
    pub confirmation: Confirmation,
    /// Somebody has fetched it before.
    pub fetched: bool,
}

/// Confirmations in the order of their numbers. Bekräftelser i nummerordning.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Confirmations {
    /// Those after the number that was asked for. Bekräftelserna.
    pub confirmations: Vec<Confirmation>,
    /// Where to go on reading, now or later. Här fortsätter läsningen.
    #[schema(format = "uri")]
    pub next: String,
    /// Whether there is more to read now. Om det finns fler just nu.
    pub more: bool,
}

/// From where on, and how many.
#[derive(Debug, Deserialize)]
pub struct Asked {
    after: Option<String>,
    limit: Option<String>,
}

impl Asked {
    fn read(&self) -> Result<(i64, i64), Problem> {
        let number = |text: &Option<String>, usual: i64| match text {
            Some(text) if text.bytes().all(|c| c.is_ascii_digit()) => text.parse().ok(),
            Some(_) => None,
            None => Some(usual),
        };
        let after = number(&self.after, 0);
        let limit = number(&self.limit, USUAL).filter(|limit| (1..=MOST).contains(limit));
        match (after, limit) {
            (Some(after), Some(limit)) => Ok((after, limit)),
            (after, limit) => {
                let mut problem = Problem::new(ProblemType::InvalidParameter);
                if after.is_none() {
                    let takes = "A running number: digits only.";
                    problem = problem.violation("after", "number", takes);
                }
                if limit.is_none() {
                    problem = problem.violation("limit", "number", "A number from 1 to 200.");
                }
                Err(problem)
            }
        }
    }
}

/// Read on in the confirmations. Läs vidare bland bekräftelserna.
///
/// For Kronofogden's own client. Numbers run without holes: one that is missing has not been read. Remember the last number, and ask for what comes
/// after it. What is handed out counts as told.
///
/// För Kronofogdens egen klient. Numren löper utan luckor: ett nummer som saknas är inte läst. Kom ihåg det sista numret och fråga efter det som
/// kommer efter. Det som lämnas ut räknas som bekräftat.
#[utoipa::path(
    get, path = "/confirmations", operation_id = "getConfirmations", tag = "confirmations",
    security(("key" = [])),
    params(
        ("after" = Option<i64>, Query, minimum = 0, example = 16,
            description = "The last number that was read; 0 or absent for the first. Det senast lästa numret."),
        ("limit" = Option<i64>, Query, minimum = 1, maximum = 200, example = 20,
            description = "How many at most, usually 20. Högst så många, annars 20."),
    ),
    responses((status = 200, description = "The confirmations. Bekräftelserna.", body = Confirmations))
)]
pub async fn get_confirmations(
    State(desk): State<Arc<Desk>>,
    Query(asked): Query<Asked>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let client = reader(&desk, &headers).await?;
    let (after, limit) = asked.read()?;
    // One more than asked for tells whether there is more.
    let mut entries = desk.feed.after(after, limit + 1).await.map_err(unavailable)?;
    let more = i64::try_from(entries.len()).is_ok_and(|found| found > limit);
    entries.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    hand_out(&desk, &client, &method, &entries).await?;
    let last = entries.last().map_or(after, |entry| entry.confirmation.number);
    let confirmations = entries.into_iter().map(|entry| entry.confirmation).collect();
    let next = desk.root.confirmations_after(last, limit);
    let body = Json(Confirmations { confirmations, next, more });
    Ok(([(header::CACHE_CONTROL, "no-store")], body).into_response())
}

/// Fetch one confirmation. Hämta en bekräftelse.
///
/// For Kronofogden's own client: as JSON, XML or records of fixed text, the same content in each. What is handed out counts as told.
///
/// För Kronofogdens egen klient: som JSON, XML eller poster med fasta fält, med samma innehåll. Det som lämnas ut räknas som bekräftat.
#[utoipa::path(
    get, path = "/confirmations/{number}", operation_id = "getConfirmation", tag = "confirmations",
    security(("key" = [])),
    params(("number" = i64, Path, minimum = 1, example = 17, description = "Its running number. Dess löpnummer.")),
    responses((status = 200, description = "The confirmation. Bekräftelsen.",
        content((Confirmation = "application/json"), (String = "application/xml"), (String = "text/plain"))))
)]
pub async fn get_confirmation(
    State(desk): State<Arc<Desk>>,
    Path(number): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let client = reader(&desk, &headers).await?;
    let unknown = || Problem::new(ProblemType::NotFound);
    let number = number.parse().map_err(|_| unknown())?;
    let form = negotiate::media_type(&headers, &[JSON, XML, TEXT]);
    let form = form.ok_or_else(|| Problem::new(ProblemType::NotAcceptable))?;
    let entry = desk.feed.one(number).await.map_err(unavailable)?.ok_or_else(unknown)?;
    let entries = [entry];
    hand_out(&desk, &client, &method, &entries).await?;
    let [Entry { document, confirmation, .. }] = entries;
    let (media_type, body) = match form {
        XML => ("application/xml; charset=utf-8", confirmation.as_xml()),
        TEXT => ("text/plain; charset=utf-8", confirmation.as_fixed_text()),
        _ => (JSON, document),
    };
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "Accept"),
    ];
    Ok((headers, body).into_response())
}

/// The client that asks, if it may; to others there is nothing here.
async fn reader(desk: &Desk, headers: &HeaderMap) -> Result<String, Problem> {
    let client = authenticate(headers, desk.clients.as_ref()).await?;
    match desk.feed.may_read(&client.name).await.map_err(unavailable)? {
        true => Ok(client.name),
        false => Err(Problem::new(ProblemType::NotFound)),
    }
}

/// Keeps what is handed out for the first time; a question for the head of an answer hands out nothing.
async fn hand_out(
    desk: &Desk,
    client: &str,
    method: &Method,
    entries: &[Entry],
) -> Result<(), Problem> {
    let new: Vec<Entry> = entries.iter().filter(|entry| !entry.fetched).cloned().collect();
    if *method != Method::GET || new.is_empty() {
        return Ok(());
    }
    desk.feed.hand_out(client, &new).await.map_err(unavailable)
}

fn unavailable(error: RegisterUnavailable) -> Problem {
    let error: &(dyn std::error::Error + 'static) = &error;
    tracing::warn!(error, "could not look up confirmations, or keep that they are fetched");
    Problem::unavailable(RETRY_AFTER_SECONDS)
}

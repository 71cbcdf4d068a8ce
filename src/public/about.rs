//! What the API says of itself: `api-info` (Digg's REST profile, VER.06), the OpenAPI document, and a page for every problem.

use crate::http::negotiate::Language;
use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::public::Desk;
use axum::Json;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use bytes::Bytes;
use serde::Serialize;
use std::sync::Arc;

/// The name of the API.
pub const NAME: &str = "eviction-notices";

/// The version of the contract.
pub const VERSION: &str = "1.0.0";

/// The day on which this version was released.
pub const RELEASED: &str = "2026-11-22";

/// What Digg's profile asks every API to tell.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApiInfo {
    /// Name. Namn.
    #[schema(example = "eviction-notices")]
    pub api_name: &'static str,
    /// Version. Version.
    #[schema(example = "1.0.0")]
    pub api_version: &'static str,
    /// The day it was released. Dagen för publicering.
    #[schema(format = Date, example = "2026-11-22")]
    pub api_released: &'static str,
    /// Where it is described. Här finns dokumentationen.
    #[schema(format = "uri")]
    pub api_documentation: String,
    /// `active` or `deprecated`. API:ets status.
    #[schema(example = "active")]
    pub api_status: &'static str,
}

/// What this API is. Vad detta API är.
///
/// Name, version, documentation and status, as Digg's REST profile asks.
///
/// Namn, version, dokumentation och status, så som Diggs REST-profil anger.
#[utoipa::path(
    get, path = "/api-info", operation_id = "getApiInfo", tag = "about",
    responses((status = 200, body = ApiInfo, description = "About the API. Om API:et."))
)]
pub async fn api_info(State(desk): State<Arc<Desk>>) -> Json<ApiInfo> {
    let documentation = desk.about.documentation.as_ref().map(|url| url.as_str().to_owned());
    Json(ApiInfo {
        api_name: NAME,
        api_version: VERSION,
        api_released: RELEASED,
        api_documentation: documentation
            .unwrap_or_else(|| format!("{}/openapi.json", desk.root.as_str())),
        api_status: "active",
    })
}

/// The document as it is served, made once.
#[derive(Clone, Debug)]
pub struct Served(
    /// JSON.
    pub Bytes,
);

/// The OpenAPI document. OpenAPI-dokumentet.
///
/// This description, with this municipality's contact and address.
///
/// Den här beskrivningen, med kommunens kontakt och adress.
#[utoipa::path(
    get, path = "/openapi.json", operation_id = "getOpenApi", tag = "about",
    responses((status = 200, body = Object, content_type = "application/json",
        description = "OpenAPI 3.1. OpenAPI 3.1."))
)]
pub async fn openapi(State(document): State<Served>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], document.0).into_response()
}

/// What a problem means.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemPage {
    /// Its code. Dess kod.
    #[schema(example = "key-reused")]
    pub code: &'static str,
    /// The HTTP status that goes with it. HTTP-statuskoden.
    #[schema(example = 422)]
    pub status: u16,
    /// The problem in a few words. Problemet i korthet.
    pub title: &'static str,
    /// What it means and what to do. Vad det betyder och vad ni kan göra.
    pub detail: &'static str,
}

/// What a problem means. Vad ett problem betyder.
///
/// The page behind the `type` of a problem, in the language of `Accept-Language`.
///
/// Sidan bakom `type` i ett problem, på det språk som `Accept-Language` anger.
#[utoipa::path(
    get, path = "/problems/{code}", operation_id = "getProblem", tag = "about",
    params(("code" = String, Path, example = "key-reused",
        description = "The last part of a problem's `type`. Sista delen av `type`.")),
    responses((status = 200, body = ProblemPage, description = "The problem. Problemet."))
)]
pub async fn problem_page(
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let kind = ProblemType::by_code(&code).ok_or_else(|| Problem::new(ProblemType::NotFound))?;
    let language = Language::of(&headers);
    let page = ProblemPage {
        code: kind.code(),
        status: kind.status().as_u16(),
        title: kind.title().in_language(language),
        detail: kind.detail().in_language(language),
    };
    let headers = [(header::CONTENT_LANGUAGE, language.tag()), (header::VARY, "Accept-Language")];
    Ok((headers, Json(page)).into_response())
}

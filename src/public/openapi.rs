//! The OpenAPI document (3.1), made from the handlers themselves; `schemas/openapi.json` is its checked-in copy.
//!
//! Problems are added from their catalogue, so that every status a call can give has its description in both languages and an
//! example that is what callers really get.

use crate::domain::answer::Violation;
use crate::http::negotiate::Language;
use crate::http::problem;
use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::http::request_id::RequestId;
use crate::http::urls::ApiRoot;
use crate::http::urls::ROOT;
use crate::public::About;
use crate::public::about;
use crate::public::examples;
use bytes::Bytes;
use utoipa::OpenApi;
use utoipa::openapi::Content;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::Ref;
use utoipa::openapi::RefOr;
use utoipa::openapi::Response;
use utoipa::openapi::ResponseBuilder;
use utoipa::openapi::Server;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::Http;
use utoipa::openapi::security::HttpAuthScheme;
use utoipa::openapi::security::SecurityScheme;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Eviction notices · Underrättelser om vräkning",
        description = "Receives notices about households that risk losing their home, confirms their arrival at once and passes \
            them to the municipality's social services.\n\nTar emot underrättelser om hushåll som riskerar att förlora bostaden, \
            bekräftar genast att de har kommit in och lämnar dem till kommunens socialtjänst.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
    ),
    paths(
        crate::intake::api::post::post_notices,
        crate::intake::api::later::post_supplement,
        crate::intake::api::later::post_withdrawal,
        crate::public::status::get_notice,
        crate::public::receipt::get_receipt,
        crate::public::feed::get_confirmations,
        crate::public::feed::get_confirmation,
        crate::public::keys::get_keys,
        crate::public::verify::get_verification,
        crate::public::about::api_info,
        crate::public::about::openapi,
        crate::public::about::problem_page,
    ),
    components(schemas(problem::ProblemBody, Violation)),
    tags(
        (name = "notices", description = "Sending notices and asking for them. Att skicka och följa underrättelser."),
        (name = "confirmations", description = "What Kronofogden is told (SFS 2025:468 11:3). Det som Kronofogden får besked om."),
        (name = "proof", description = "Receipts as proof. Kvittenser som bevis."),
        (name = "about", description = "About the API itself. Om själva API:et."),
    )
)]
struct Handlers;

/// What whoever sends can be refused.
const SENDING: &[ProblemType] = &[
    ProblemType::NotReadable,
    ProblemType::InvalidHeader,
    ProblemType::Unauthorized,
    ProblemType::RequestTimeout,
    ProblemType::StillRunning,
    ProblemType::TooLarge,
    ProblemType::UnsupportedFormat,
    ProblemType::NotProcessable,
    ProblemType::KeyReused,
    ProblemType::TooManyRequests,
    ProblemType::Internal,
    ProblemType::Unavailable,
];

/// The same, and that there is no such notice of one's own.
const SENDING_LATER: &[ProblemType] = &[
    ProblemType::NotReadable,
    ProblemType::InvalidHeader,
    ProblemType::Unauthorized,
    ProblemType::RequestTimeout,
    ProblemType::StillRunning,
    ProblemType::TooLarge,
    ProblemType::UnsupportedFormat,
    ProblemType::NotProcessable,
    ProblemType::KeyReused,
    ProblemType::TooManyRequests,
    ProblemType::Internal,
    ProblemType::Unavailable,
    ProblemType::NotFound,
];

/// What each call can refuse.
const REFUSALS: &[(&str, &[ProblemType])] = &[
    ("postNotices", SENDING),
    ("postSupplement", SENDING_LATER),
    ("postWithdrawal", SENDING_LATER),
    (
        "getNotice",
        &[
            ProblemType::Unauthorized,
            ProblemType::NotFound,
            ProblemType::Internal,
            ProblemType::Unavailable,
        ],
    ),
    (
        "getReceipt",
        &[
            ProblemType::Unauthorized,
            ProblemType::NotFound,
            ProblemType::NotAcceptable,
            ProblemType::Internal,
            ProblemType::Unavailable,
        ],
    ),
    (
        "getConfirmations",
        &[
            ProblemType::InvalidParameter,
            ProblemType::Unauthorized,
            ProblemType::NotFound,
            ProblemType::Internal,
            ProblemType::Unavailable,
        ],
    ),
    (
        "getConfirmation",
        &[
            ProblemType::Unauthorized,
            ProblemType::NotFound,
            ProblemType::NotAcceptable,
            ProblemType::Internal,
            ProblemType::Unavailable,
        ],
    ),
    ("getKeys", &[ProblemType::Internal, ProblemType::Unavailable]),
    (
        "verifyReceipt",
        &[
            ProblemType::NotFound,
            ProblemType::TooManyRequests,
            ProblemType::Internal,
            ProblemType::Unavailable,
        ],
    ),
    ("getApiInfo", &[ProblemType::Internal, ProblemType::Unavailable]),
    ("getOpenApi", &[ProblemType::Internal, ProblemType::Unavailable]),
    ("getProblem", &[ProblemType::NotFound, ProblemType::Internal, ProblemType::Unavailable]),
];

/// The document as it is checked in: without a municipality.
pub fn document() -> Document {
    let mut document = Handlers::openapi();
    document.info.version = about::VERSION.to_owned();
    document.info.contact =
        Some(contact("The municipality, see api-info. Kommunen, se api-info.", None));
    document.servers = Some(vec![Server::new(ROOT)]);
    let key = Http::new(HttpAuthScheme::Bearer);
    let components = document.components.get_or_insert_default();
    components.security_schemes.insert("key".to_owned(), SecurityScheme::Http(key).into());
    for operation in operations(&mut document) {
        let id = operation.operation_id.clone().unwrap_or_default();
        examples::add(&id, operation);
        let refusals = REFUSALS.iter().find(|(name, _)| *name == id);
        add_refusals(operation, refusals.map_or(&[], |(_, kinds)| kinds));
    }
    document
}

/// The document as it is served: with this municipality's contact and address.
pub fn served(root: &ApiRoot, about: &About) -> Bytes {
    let mut document = document();
    let organisation = &about.contact.organisation.sv;
    document.info.contact = Some(contact(organisation, Some(about.contact.email.clone())));
    document.servers = Some(vec![Server::new(root.as_str())]);
    Bytes::from(document.to_json().unwrap_or_default())
}

fn contact(name: &str, email: Option<String>) -> utoipa::openapi::Contact {
    utoipa::openapi::ContactBuilder::new().name(Some(name)).email(email).build()
}

fn operations(document: &mut Document) -> impl Iterator<Item = &mut Operation> {
    let items = document.paths.paths.values_mut();
    items.flat_map(|item| [item.get.as_mut(), item.post.as_mut()].into_iter().flatten())
}

fn add_refusals(operation: &mut Operation, kinds: &[ProblemType]) {
    for kind in kinds {
        let status = kind.status().as_str().to_owned();
        let known = operation.responses.responses.remove(&status);
        let response = match known {
            Some(RefOr::T(known)) => known,
            Some(RefOr::Ref(_)) | None => Response::new(""),
        };
        operation.responses.responses.insert(status, RefOr::T(with(response, *kind)));
    }
}

/// Adds one problem to what a status can mean.
fn with(mut response: Response, kind: ProblemType) -> Response {
    let title = kind.title();
    let line = format!("{}: {}. {}.", kind.code(), title.en, title.sv);
    let description = match response.description.as_str() {
        "" => line,
        before => format!("{before}\n\n{line}"),
    };
    let mut content = match response.content.swap_remove(problem::MEDIA_TYPE) {
        Some(RefOr::T(content)) => content,
        Some(RefOr::Ref(_)) | None => Content::new(Some(Ref::from_schema_name("Problem"))),
    };
    for language in [Language::English, Language::Swedish] {
        let body = Problem::new(kind).body(language, &RequestId::example());
        let name = format!("{}.{}", kind.code(), language.tag());
        let example = examples::example(language_name(language), serde_json::to_value(body));
        content.examples.insert(name, example);
    }
    let builder = ResponseBuilder::from(response).description(description);
    builder.content(problem::MEDIA_TYPE, content).build()
}

fn language_name(language: Language) -> &'static str {
    match language {
        Language::English => "In English. På engelska.",
        Language::Swedish => "In Swedish. På svenska.",
    }
}

#[cfg(test)]
#[path = "openapi_tests.rs"]
mod tests;

//! What every request gets, whichever room answers it: an id, a time limit, a net under panics, errors as problems, a log line.
//!
//! The log line names the route, never the address that was asked for: a query or a guessed path may hold a name or a number.

use crate::http::config::Config;
use crate::http::negotiate::Language;
use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::http::request_id;
use crate::http::request_id::RequestId;
use axum::Router;
use axum::extract::MatchedPath;
use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderName;
use axum::http::Method;
use axum::http::StatusCode;
use axum::http::header;
use axum::middleware::Next;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::response::Response;
use futures::FutureExt;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use std::time::Instant;

/// How soon a caller comes back after a request that took too long, in seconds.
const RETRY_AFTER_SECONDS: u32 = 5;

/// Puts the shared layer around all routes. [`crate::http::server::serve`] does it; tests that call a router directly do it too.
pub fn wrap(router: Router, config: &Config) -> Router {
    router.layer(from_fn_with_state(config.request_timeout, attend))
}

async fn attend(State(limit): State<Duration>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = RequestId::of(request.headers());
    let language = Language::of(request.headers());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    request.extensions_mut().insert(id.clone());

    let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
    let response = match tokio::time::timeout(limit, answer).await {
        Ok(Ok(response)) => response,
        Ok(Err(_panic)) => Problem::new(ProblemType::Internal).into_response(),
        Err(_elapsed) => Problem::unavailable(RETRY_AFTER_SECONDS).into_response(),
    };
    let mut response = spell_out(response, language, &id);
    if let Some(value) = id.header_value() {
        response.headers_mut().insert(request_id::HEADER, value);
    }
    let nosniff = HeaderName::from_static("x-content-type-options");
    response.headers_mut().insert(nosniff, axum::http::HeaderValue::from_static("nosniff"));
    log(&method, route.as_ref(), response.status(), began.elapsed(), &id);
    response
}

/// Writes the body of a problem, and one for an error that has none (no such route, method not allowed).
fn spell_out(mut response: Response, language: Language, id: &RequestId) -> Response {
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        return problem.render(language, id);
    }
    if response.headers().contains_key(header::CONTENT_TYPE) {
        return response;
    }
    let Some(kind) = ProblemType::of_status(response.status()) else {
        return response;
    };
    let mut problem = Problem::new(kind);
    if let Some(allow) = response.headers().get(header::ALLOW) {
        problem = problem.header(header::ALLOW, allow.clone());
    }
    problem.render(language, id)
}

fn log(
    method: &Method,
    route: Option<&MatchedPath>,
    status: StatusCode,
    took: Duration,
    id: &RequestId,
) {
    let route = route.map_or("none", MatchedPath::as_str);
    let method = known(method);
    let status = status.as_u16();
    let micros = took.as_micros();
    if status >= 500 {
        tracing::warn!(method, route, status, micros, request_id = %id, "a request failed");
    } else {
        tracing::debug!(method, route, status, micros, request_id = %id, "answered a request");
    }
}

/// A method is free text too: only those we know are logged.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;
    use crate::http::config::Config;
    use crate::http::problem::ProblemBody;
    use axum::Router;
    use axum::body::Body;
    use axum::http::Request;
    use axum::response::Response;
    use axum::routing::get;
    use std::time::Duration;
    use tower::ServiceExt;

    async fn ask(path: &str, method: &str, language: &str) -> Response {
        let router = Router::new()
            .route("/good", get(async || "good"))
            .route("/panics", get(panics))
            .route("/slow", get(std::future::pending::<()>));
        let config = Config { request_timeout: Duration::from_millis(20), ..Config::default() };
        let request = Request::builder().uri(path).method(method);
        let request = request.header("accept-language", language).body(Body::empty()).unwrap();
        wrap(router, &config).oneshot(request).await.unwrap()
    }

    async fn panics() {
        panic!("unwrapped 198501012390");
    }

    async fn problem(response: Response) -> ProblemBody {
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let bytes = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    #[tokio::test]
    async fn every_answer_has_a_request_id_and_every_error_is_a_problem() {
        let good = ask("/good", "GET", "en").await;
        assert_eq!(good.status(), 200);
        assert!(good.headers().contains_key("x-request-id"));
        let cases = [
            ("/none", "GET", 404, "not-found"),
            ("/good", "DELETE", 405, "method-not-allowed"),
            ("/panics", "GET", 500, "internal"),
            ("/slow", "GET", 503, "unavailable"),
        ];
        for (path, method, status, code) in cases {
            let response = ask(path, method, "sv").await;
            assert_eq!(response.status(), status);
            assert_eq!(response.headers()["content-language"], "sv");
            let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
            if status == 405 {
                assert_eq!(response.headers()["allow"], "GET,HEAD");
            }
            if status == 503 {
                assert!(response.headers().contains_key("retry-after"));
            }
            let body = problem(response).await;
            assert!(body.kind.ends_with(code), "{}", body.kind);
            assert_eq!(body.instance, format!("urn:kvittens:request:{id}"));
            assert!(!body.detail.contains("unwrap"));
        }
    }
}

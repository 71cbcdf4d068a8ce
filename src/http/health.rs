//! For those who watch the process: alive, ready, and the numbers. No secrets, no personal data, no login.

use axum::Json;
use axum::Router;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// How long the parts may take to tell how they are.
const PATIENCE: Duration = Duration::from_secs(5);

/// How one part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PartState {
    /// It works.
    Ready,
    /// It does not, but notices are received and acknowledged all the same.
    Degraded,
    /// Without it nothing can be received.
    Unavailable,
}

/// One part of the gateway, such as `database`, `queue` or `disk`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Stable name.
    pub name: &'static str,
    /// How it is.
    pub state: PartState,
}

/// Tells how the parts are. Called for every `/readyz`; should answer within a second and must not change anything.
#[async_trait::async_trait]
pub trait Readiness: Send + Sync {
    /// Every part once.
    async fn parts(&self) -> Vec<Part>;

    /// What is known beyond that, such as how each door is. It never makes the gateway unready.
    fn detail(&self) -> Option<serde_json::Value> {
        None
    }
}

/// Gives all metrics in Prometheus' text format.
pub type Metrics = Arc<dyn Fn() -> String + Send + Sync>;

/// `/healthz`, `/readyz` and `/metrics`.
pub fn routes(readiness: Arc<dyn Readiness>, metrics: Metrics) -> Router {
    Router::new()
        .route("/healthz", get(async || Json(Alive { state: "alive" })))
        .route("/readyz", get(move || ready(readiness.clone())))
        .route("/metrics", get(move || numbers(metrics.clone())))
}

#[derive(Serialize)]
struct Alive {
    state: &'static str,
}

#[derive(Serialize)]
struct Ready {
    state: PartState,
    parts: BTreeMap<&'static str, PartState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<serde_json::Value>,
}

async fn ready(readiness: Arc<dyn Readiness>) -> Response {
    let Ok(parts) = tokio::time::timeout(PATIENCE, readiness.parts()).await else {
        let body = Ready { state: PartState::Unavailable, parts: BTreeMap::new(), detail: None };
        return (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response();
    };
    let has = |state| parts.iter().any(|part| part.state == state);
    let (status, state) = if has(PartState::Unavailable) {
        (StatusCode::SERVICE_UNAVAILABLE, PartState::Unavailable)
    } else if has(PartState::Degraded) {
        (StatusCode::OK, PartState::Degraded)
    } else {
        (StatusCode::OK, PartState::Ready)
    };
    let parts = parts.into_iter().map(|part| (part.name, part.state)).collect();
    let body = Ready { state, parts, detail: readiness.detail() };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

async fn numbers(metrics: Metrics) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], metrics())
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::Part;
    use super::PartState;
    use super::Readiness;
    use super::routes;
    use axum::body::Body;
    use axum::http::Request;
    use std::sync::Arc;
    use tower::ServiceExt;

    struct Fixed(PartState);

    #[async_trait::async_trait]
    impl Readiness for Fixed {
        async fn parts(&self) -> Vec<Part> {
            let database = Part { name: "database", state: PartState::Ready };
            vec![database, Part { name: "queue", state: self.0 }]
        }
    }

    async fn ask(state: PartState, path: &str) -> (u16, String) {
        let router = routes(Arc::new(Fixed(state)), Arc::new(|| "kvittens_x 1\n".to_owned()));
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let bytes = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn readiness_names_every_part_and_fails_only_when_nothing_can_be_received() {
        let cases = [
            (PartState::Ready, 200, "ready"),
            (PartState::Degraded, 200, "degraded"),
            (PartState::Unavailable, 503, "unavailable"),
        ];
        for (state, status, word) in cases {
            let (got, body) = ask(state, "/readyz").await;
            assert_eq!(got, status);
            let json: serde_json::Value = serde_json::from_str(&body).unwrap();
            assert_eq!(json["state"], word);
            assert_eq!(json["parts"]["queue"], word);
            assert_eq!(json["parts"]["database"], "ready");
        }
    }

    #[tokio::test]
    async fn being_alive_depends_on_no_part_and_metrics_are_text() {
        assert_eq!(ask(PartState::Unavailable, "/healthz").await.0, 200);
        assert_eq!(ask(PartState::Ready, "/metrics").await.1, "kvittens_x 1\n");
    }
}

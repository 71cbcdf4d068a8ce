//! What a caller is told when its request was not done (RFC 9457, problem details).
//!
//! Handlers return a [`Problem`] and know neither the caller's language nor the request's id: the layer in [`crate::http::wrap`]
//! writes the body. A problem quotes nothing of what was sent.

use crate::domain::answer;
use crate::domain::answer::ProblemKind;
use crate::domain::answer::Violation;
use crate::http::negotiate::Language;
use crate::http::problem_type::ProblemType;
use crate::http::request_id::RequestId;
use axum::body::Body;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// One refusal.
#[derive(Clone, Debug)]
pub struct Problem {
    kind: ProblemType,
    detail: Option<String>,
    violations: Vec<Violation>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    /// A problem with its catalogue text.
    pub fn new(kind: ProblemType) -> Self {
        Self { kind, detail: None, violations: Vec::new(), headers: Vec::new() }
    }

    /// We cannot answer now; the caller comes back after some seconds.
    pub fn unavailable(retry_after_seconds: u32) -> Self {
        Self::new(ProblemType::Unavailable).retry_after(retry_after_seconds)
    }

    /// What kind it is.
    pub fn kind(&self) -> ProblemType {
        self.kind
    }

    /// Adds `Retry-After`, in seconds.
    pub fn retry_after(self, seconds: u32) -> Self {
        self.header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// Adds a fault and its place.
    pub fn violation(mut self, field: &str, code: &str, message: &str) -> Self {
        self.violations.push(Violation::new(field, code, message));
        self
    }

    /// Adds a header to the answer.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Writes the answer for one caller.
    pub fn render(&self, language: Language, request: &RequestId) -> Response {
        let body = self.body(language, request);
        let bytes = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = self.bare(Body::from(bytes));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Language"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// The problem's members.
    pub fn body(&self, language: Language, request: &RequestId) -> ProblemBody {
        let general = self.kind.detail().in_language(language);
        let detail = match (&self.detail, language) {
            (None, Language::English | Language::Swedish) => general.to_owned(),
            (Some(detail), Language::English) => detail.clone(),
            (Some(detail), Language::Swedish) => format!("{general} ({detail})"),
        };
        ProblemBody {
            kind: self.kind.uri(),
            title: self.kind.title().in_language(language).to_owned(),
            status: self.kind.status().as_u16(),
            detail,
            instance: request.urn(),
            violations: self.violations.clone(),
        }
    }

    fn bare(&self, body: Body) -> Response {
        let mut response = Response::new(body);
        *response.status_mut() = self.kind.status();
        for (name, value) in &self.headers {
            response.headers_mut().append(name, value.clone());
        }
        response
    }
}

impl IntoResponse for Problem {
    /// An answer without a body that carries the problem along; [`crate::http::wrap`] writes it.
    fn into_response(self) -> Response {
        let mut response = self.bare(Body::empty());
        response.extensions_mut().insert(self);
        response
    }
}

impl From<answer::Problem> for Problem {
    fn from(problem: answer::Problem) -> Self {
        let kind = match problem.kind {
            ProblemKind::NotReadable => ProblemType::NotReadable,
            ProblemKind::TooLarge => ProblemType::TooLarge,
            ProblemKind::UnsupportedFormat => ProblemType::UnsupportedFormat,
            ProblemKind::NotProcessable => ProblemType::NotProcessable,
            ProblemKind::KeyReused => ProblemType::KeyReused,
            ProblemKind::StillRunning => ProblemType::StillRunning,
            ProblemKind::NotAFile => ProblemType::Internal,
        };
        let detail = Some(problem.detail).filter(|detail| !detail.is_empty());
        let answer = Self { detail, violations: problem.violations, ..Self::new(kind) };
        match kind {
            ProblemType::StillRunning => answer.retry_after(1),
            _ => answer,
        }
    }
}

/// The members of a problem (RFC 9457 section 3.1) and, beyond it, each fault with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Address of a page that explains the problem; its last part is a stable code. Adress till en sida som förklarar problemet.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference")]
    pub kind: String,
    /// The problem in a few words. Problemet i korthet.
    pub title: String,
    /// The HTTP status. HTTP-statuskoden.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What it means and what to do; quotes nothing from the request. Vad det betyder och vad ni kan göra.
    pub detail: String,
    /// The request, to name when asking for help. Anropets id, att uppge vid kontakt.
    #[schema(format = "uri")]
    pub instance: String,
    /// Each fault with its place. Varje fel med sin plats.
    #[serde(default)]
    pub violations: Vec<Violation>,
}

#[cfg(test)]
mod tests {
    use super::Problem;
    use crate::domain::answer;
    use crate::domain::answer::ProblemKind;
    use crate::domain::answer::Violation;
    use crate::http::negotiate::Language;
    use crate::http::problem_type::ProblemType;
    use crate::http::request_id::RequestId;

    #[test]
    fn every_problem_has_all_five_members_in_both_languages() {
        let request = RequestId::fresh();
        for kind in ProblemType::ALL {
            for language in [Language::English, Language::Swedish] {
                let body = Problem::new(*kind).body(language, &request);
                let json = serde_json::to_value(&body).unwrap();
                for member in ["type", "title", "detail", "instance"] {
                    assert!(json[member].as_str().is_some_and(|text| !text.is_empty()), "{member}");
                }
                assert_eq!(json["status"], kind.status().as_u16());
                assert!(json["violations"].is_array());
            }
        }
    }

    #[test]
    fn every_refusal_of_the_domain_has_its_status() {
        let cases = [
            (ProblemKind::NotReadable, 400),
            (ProblemKind::TooLarge, 413),
            (ProblemKind::UnsupportedFormat, 415),
            (ProblemKind::NotProcessable, 422),
            (ProblemKind::KeyReused, 422),
            (ProblemKind::StillRunning, 409),
            (ProblemKind::NotAFile, 500),
        ];
        for (kind, status) in cases {
            let violations = vec![Violation::new("/type", "required", "It is missing.")];
            let problem =
                Problem::from(answer::Problem { kind, detail: "So it is.".into(), violations });
            assert_eq!(problem.kind().status(), status, "{kind:?}");
            let body = problem.body(Language::English, &RequestId::fresh());
            assert_eq!((body.detail.as_str(), body.violations.len()), ("So it is.", 1));
            let swedish = problem.body(Language::Swedish, &RequestId::fresh());
            assert!(swedish.detail.ends_with("(So it is.)"));
        }
    }
}

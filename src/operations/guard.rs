//! What every page gets: no caching, no foreign content, and nothing for callers that come by another name or from another site.
//!
//! A page on the web may make a browser on this machine ask us: by a host name that it points here, or by a form. The first is told by
//! `Host`, the second by `Sec-Fetch-Site` or `Origin`.

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::Method;
use axum::http::StatusCode;
use axum::http::header;
use axum::middleware::Next;
use axum::response::IntoResponse as _;
use axum::response::Response;

const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Lets a request through to the pages, and dresses the answer.
pub(super) async fn attend(request: Request, next: Next) -> Response {
    let headers = request.headers();
    if !by_local_name(headers) {
        return refuse("These pages answer on 127.0.0.1 and localhost only.\n");
    }
    if request.method() == Method::POST && !same_origin(headers) {
        return refuse("This request did not come from these pages, so nothing was done.\n");
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.append(header::VARY, HeaderValue::from_static("Accept-Language"));
    response
}

fn refuse(text: &'static str) -> Response {
    (StatusCode::FORBIDDEN, text).into_response()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn by_local_name(headers: &HeaderMap) -> bool {
    let host = text(headers, "host").unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

fn same_origin(headers: &HeaderMap) -> bool {
    match (text(headers, "sec-fetch-site"), text(headers, "origin"), text(headers, "host")) {
        (Some(site), _, _) => site == "same-origin",
        (None, Some(origin), Some(host)) => origin.strip_prefix("http://") == Some(host),
        (None, None, _) | (None, _, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::by_local_name;
    use super::same_origin;
    use axum::http::HeaderMap;
    use axum::http::HeaderName;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), value.parse().expect("a value"))
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn only_local_names_are_answered() {
        let cases = [
            ("127.0.0.1:8080", true),
            ("localhost", true),
            ("[::1]:80", true),
            ("evil.example", false),
            ("127.0.0.1.evil.example:8080", false),
            ("", false),
        ];
        for (host, good) in cases {
            assert_eq!(by_local_name(&headers(&[("host", host)])), good, "{host}");
        }
        assert!(!by_local_name(&headers(&[])));
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        let host = ("host", "127.0.0.1:80");
        let good = [
            vec![host, ("sec-fetch-site", "same-origin")],
            vec![host, ("origin", "http://127.0.0.1:80")],
        ];
        let bad = [
            vec![host],
            vec![host, ("sec-fetch-site", "cross-site")],
            vec![host, ("sec-fetch-site", "none"), ("origin", "http://127.0.0.1:80")],
            vec![host, ("origin", "null")],
            vec![host, ("origin", "http://127.0.0.1:81")],
        ];
        assert!(good.iter().all(|pairs| same_origin(&headers(pairs))));
        assert!(!bad.iter().any(|pairs| same_origin(&headers(pairs))));
    }
}

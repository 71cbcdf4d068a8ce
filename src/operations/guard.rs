//! What every page gets: no caching, no foreign content, and nothing for callers that come by another name or from another site.
//!
//! A page on the web may make a browser that reaches us ask us: by a host name that it points here, or by a form. The first is told by
//! `Host`, the second by `Sec-Fetch-Site` or `Origin`. A form without either is refused too: every browser of today sends one.

use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::Method;
use axum::http::StatusCode;
use axum::http::header;
use axum::middleware::Next;
use axum::response::IntoResponse as _;
use axum::response::Response;
use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::sync::Arc;
use url::Url;

const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// This machine.
pub(super) const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// The names by which the pages are reached.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    public: Option<Url>,
}

impl Names {
    /// This machine's names, and the host of the public address, if there is one.
    pub(super) fn new(public: Option<Url>) -> Self {
        Self { public }
    }

    /// Whether cookies must travel encrypted: always, but where the pages are reached on this machine only.
    pub(super) fn secure(&self) -> bool {
        self.public
            .as_ref()
            .is_some_and(|url| url.scheme() != "http" || !url.host_str().is_some_and(is_local))
    }

    fn is_known(&self, headers: &HeaderMap) -> bool {
        let name = host_name(text(headers, "host").unwrap_or_default());
        let public = self.public.as_ref().and_then(Url::host_str);
        is_local(name) || public.is_some_and(|public| public.eq_ignore_ascii_case(name))
    }

    fn same_origin(&self, headers: &HeaderMap) -> bool {
        match (text(headers, "sec-fetch-site"), text(headers, "origin"), text(headers, "host")) {
            (Some(site), _, _) => site == "same-origin",
            (None, Some(origin), Some(host)) => {
                let public = self.public.as_ref().map(|url| url.origin().ascii_serialization());
                let local =
                    is_local(host_name(host)) && origin.strip_prefix("http://") == Some(host);
                local || public.is_some_and(|public| public == origin)
            }
            (None, None, _) | (None, _, None) => false,
        }
    }
}

/// Lets a request through to the pages, and dresses the answer.
pub(super) async fn attend(
    State(names): State<Arc<Names>>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    if !names.is_known(headers) {
        return refuse(
            "These pages answer on 127.0.0.1, localhost and the host of [http] public_url only.\n\
             Sidorna svarar bara på 127.0.0.1, localhost och värdnamnet i [http] public_url.\n",
        );
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && !names.same_origin(headers) {
        return refuse(
            "This request did not come from these pages, so nothing was done.\n\
             Begäran kom inte från de här sidorna, så inget gjordes.\n",
        );
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
    let policy = HeaderValue::from_static(POLICY);
    let mut response = (StatusCode::FORBIDDEN, text).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// A host without its port.
fn host_name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    }
}

fn is_local(name: &str) -> bool {
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::Names;
    use axum::http::HeaderMap;
    use axum::http::HeaderName;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), value.parse().expect("a value"))
        };
        pairs.iter().map(pair).collect()
    }

    fn public(url: &str) -> Names {
        Names::new(Some(url.parse().expect("a URL")))
    }

    #[test]
    fn only_our_names_are_answered() {
        let cases = [
            ("127.0.0.1:8080", true, true),
            ("localhost", true, true),
            ("[::1]:80", true, true),
            ("evil.example", false, false),
            ("127.0.0.1.evil.example:8080", false, false),
            ("kvittens.example.org", false, true),
            ("Kvittens.Example.org:443", false, true),
            ("kvittens.example.org.evil.example", false, false),
            ("", false, false),
        ];
        for (host, local, named) in cases {
            let headers = headers(&[("host", host)]);
            assert_eq!(Names::default().is_known(&headers), local, "{host}");
            assert_eq!(public("https://kvittens.example.org/").is_known(&headers), named, "{host}");
        }
        assert!(!Names::default().is_known(&headers(&[])));
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
            vec![host, ("sec-fetch-site", "same-site")],
            vec![host, ("sec-fetch-site", "none"), ("origin", "http://127.0.0.1:80")],
            vec![host, ("origin", "null")],
            vec![host, ("origin", "http://127.0.0.1:81")],
        ];
        let names = Names::default();
        assert!(good.iter().all(|pairs| names.same_origin(&headers(pairs))));
        assert!(!bad.iter().any(|pairs| names.same_origin(&headers(pairs))));
        let (names, host) = (public("https://k.example/x"), ("host", "k.example"));
        let came = |origin| names.same_origin(&headers(&[host, ("origin", origin)]));
        assert!(came("https://k.example") && !came("http://k.example"));
        assert!(!came("https://k.example:8443") && !came("https://k.example.evil.example"));
    }

    #[test]
    fn cookies_travel_open_on_this_machine_only() {
        for (url, secure) in [
            ("http://127.0.0.1:8080", false),
            ("http://localhost/", false),
            ("https://localhost/", true),
            ("https://k.example", true),
            ("http://k.example", true),
        ] {
            assert_eq!(public(url).secure(), secure, "{url}");
        }
    }
}

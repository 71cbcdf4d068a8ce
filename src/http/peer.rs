//! The other side of a call over HTTP (case system, letter service): which addresses may be called, and what each way of not getting an answer means
//! for a notice.
//!
//! Addresses carry personnummer and keys: no text made here holds an address, a body or a header.

use crate::domain::failure::Failure;
use reqwest::Response;
use reqwest::StatusCode;
use std::error::Error;
use std::net::IpAddr;
use url::Url;

/// Answers are short; what is longer is not read to its end.
const ANSWER_LIMIT_BYTES: usize = 4 << 20;

/// Whether a host's name is this machine's own.
pub fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_matches(['[', ']']);
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether notices may travel to an address: `https`, or `http` to this machine or by the operator's leave.
///
/// # Errors
/// What is wrong with it.
pub fn is_safe(url: &Url, allow_plain_http: bool) -> Result<(), &'static str> {
    match url.scheme() {
        "https" => Ok(()),
        "http" if allow_plain_http || url.host_str().is_some_and(is_this_machine) => Ok(()),
        "http" => Err("is http to another machine; use https or allow_plain_http = true"),
        _ => Err("is neither https nor http"),
    }
}

/// Whether a request changes anything on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It only reads: whatever went wrong, nothing happened.
    Reads,
    /// It may have happened even if no answer came.
    Writes,
}

/// The other side, as texts for operators name it.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// Such as `Lifecare`.
    pub name: &'static str,
    /// The configuration keys to mend when it does not let us in.
    pub secret: &'static str,
}

impl Peer {
    /// No answer came. Only a connection that was never made is certain not to have carried anything.
    pub fn unanswered(self, doing: &str, effect: Effect, error: &reqwest::Error) -> Failure {
        let name = self.name;
        if error.is_builder() {
            return Failure::Permanent(format!("{name}: {doing} could not be put into a request"));
        }
        if error.is_connect() {
            let cause = innermost(error);
            return Failure::Transient(format!("{name} could not be reached ({doing}): {cause}"));
        }
        let how = if error.is_timeout() { "no answer in time" } else { "the connection broke" };
        self.unsure(doing, effect, how)
    }

    /// Something went wrong after the request had left.
    pub fn unsure(self, doing: &str, effect: Effect, how: &str) -> Failure {
        let text = format!("{}: {doing}: {how}", self.name);
        match effect {
            Effect::Reads => Failure::Transient(text),
            Effect::Writes => Failure::Uncertain(text),
        }
    }

    /// An answer came that is no success. A clear refusal is certain; a server's own fault is not, 503 with `Retry-After` included: it
    /// may come from a proxy that had passed the request on, and looking costs less than a second case.
    pub fn refused(self, doing: &str, effect: Effect, status: StatusCode) -> Failure {
        let text = format!("{}: {doing} was answered with status {}", self.name, status.as_u16());
        match status.as_u16() {
            300..=399 => Failure::Transient(format!("{text}, a redirect, which is not followed")),
            401 | 403 => Failure::Transient(format!(
                "{text}: the key or token must be mended ({})",
                self.secret
            )),
            425 | 429 => Failure::Transient(text),
            408 => self.unsure(doing, effect, "status 408, the request timed out over there"),
            400..=499 => Failure::Permanent(text),
            _ => match effect {
                Effect::Reads => Failure::Transient(text),
                Effect::Writes => Failure::Uncertain(text),
            },
        }
    }
}

/// The cause at the bottom, for connections that failed before anything was sent: it tells of sockets, names and certificates only.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(next) = cause.and_then(Error::source) {
        cause = Some(next);
    }
    cause.map_or_else(|| "no connection".to_owned(), ToString::to_string)
}

/// The body of an answer; `None` when it broke off or is far too long.
pub async fn body(mut response: Response) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return Some(bytes),
            Err(_) => return None,
        }
        if bytes.len() > ANSWER_LIMIT_BYTES {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Effect;
    use super::Peer;
    use reqwest::StatusCode;

    #[test]
    fn only_clear_refusals_are_certain() {
        let peer = Peer { name: "The platform", secret: "case_system.token" };
        let cases = [
            (302, "transient", "transient"),
            (400, "permanent", "permanent"),
            (401, "transient", "transient"),
            (403, "transient", "transient"),
            (404, "permanent", "permanent"),
            (405, "permanent", "permanent"),
            (408, "uncertain", "transient"),
            (413, "permanent", "permanent"),
            (415, "permanent", "permanent"),
            (422, "permanent", "permanent"),
            (429, "transient", "transient"),
            (500, "uncertain", "transient"),
            (502, "uncertain", "transient"),
            (503, "uncertain", "transient"),
            (504, "uncertain", "transient"),
        ];
        for (code, writing, reading) in cases {
            let status = StatusCode::from_u16(code).expect("status");
            let class = |effect| peer.refused("the hand-over", effect, status).class();
            assert_eq!(class(Effect::Writes), writing, "{code} when writing");
            assert_eq!(class(Effect::Reads), reading, "{code} when reading");
        }
        let refused = peer.refused("it", Effect::Writes, StatusCode::UNAUTHORIZED);
        assert!(refused.reason().contains("case_system.token"));
    }
}

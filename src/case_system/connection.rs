//! The connection to a case system over HTTP: how the client is built. What each way of not getting an answer means stands in
//! [`crate::http::peer`].
//!
//! Addresses carry personnummer and keys: no text made here holds an address, a body or a header.

use crate::case_system::open::CaseSystemError;
use crate::case_system::open::Faults;
use crate::http::peer;
pub(super) use crate::http::peer::Effect;
pub(super) use crate::http::peer::Peer;
pub(super) use crate::http::peer::body;
use jiff::SignedDuration;
use reqwest::Certificate;
use reqwest::Client;
use reqwest::header::HeaderMap;
use std::path::Path;
use std::time::Duration;
use url::Url;

/// How the other side is reached.
#[derive(Debug)]
pub(super) struct Way<'a> {
    pub(super) ca_file: Option<&'a Path>,
    pub(super) timeout: SignedDuration,
    pub(super) connect_timeout: SignedDuration,
    pub(super) connections: usize,
    /// Sent with every request.
    pub(super) headers: HeaderMap,
}

/// Builds a client: no redirects (they would carry notices elsewhere), no proxy from the environment, kept connections.
pub(super) fn client(mut faults: Faults, way: Way<'_>) -> Result<Client, CaseSystemError> {
    let timeout = duration(&mut faults, "timeout", way.timeout);
    let connect_timeout = duration(&mut faults, "connect_timeout", way.connect_timeout);
    let authorities = way.ca_file.map(|file| authorities(&mut faults, file)).unwrap_or_default();
    faults.check()?;
    let mut builder = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(timeout)
        .connect_timeout(connect_timeout)
        .pool_max_idle_per_host(way.connections)
        .pool_idle_timeout(Duration::from_secs(60))
        .tcp_keepalive(Duration::from_secs(30))
        .user_agent(concat!("kvittens/", env!("CARGO_PKG_VERSION")))
        .default_headers(way.headers);
    for authority in authorities {
        builder = builder.add_root_certificate(authority);
    }
    builder.build().map_err(CaseSystemError::Client)
}

fn duration(faults: &mut Faults, key: &str, value: SignedDuration) -> Duration {
    match Duration::try_from(value) {
        Ok(duration) if !duration.is_zero() => duration,
        Ok(_) | Err(_) => {
            faults.add(key, "must be longer than nothing");
            Duration::from_secs(1)
        }
    }
}

fn authorities(faults: &mut Faults, file: &Path) -> Vec<Certificate> {
    let Some(text) = faults.read("ca_file", file) else { return Vec::new() };
    match Certificate::from_pem_bundle(text.as_bytes()) {
        Ok(found) if !found.is_empty() => found,
        Ok(_) | Err(_) => {
            faults.add("ca_file", "holds no certificate in PEM form");
            Vec::new()
        }
    }
}

/// Notes a fault unless the address is `https`, or `http` to this machine or by the operator's leave.
pub(super) fn check_url(faults: &mut Faults, key: &str, url: &Url, allow_plain_http: bool) {
    if let Err(problem) = peer::is_safe(url, allow_plain_http) {
        faults.add(key, problem);
    }
}

//! What the integration tests stand on: stand-ins for the world around the gateway, the gateway itself as a
//! process, private servers, and ways to wait and to watch.
#![allow(dead_code, reason = "each group of tests uses a part of it")]

pub(crate) mod case_http;
pub(crate) mod certificates;
pub(crate) mod faults;
pub(crate) mod gateway;
pub(crate) mod http1;
pub(crate) mod imap;
pub(crate) mod imap_fake;
pub(crate) mod letter_platform;
pub(crate) mod lifecare;
pub(crate) mod multipart;
pub(crate) mod name_server;
pub(crate) mod ports;
pub(crate) mod prism;
pub(crate) mod relay;
pub(crate) mod servers;
pub(crate) mod sftp;
pub(crate) mod simulated;
pub(crate) mod small_disk;
pub(crate) mod smtp;
pub(crate) mod smtp_session;
pub(crate) mod stage;
pub(crate) mod trace;
pub(crate) mod wait;
pub(crate) mod webhook;
pub(crate) mod workspace;

/// A plain HTTP client for tests: no proxy, no redirects, a time limit of 30 s.
pub(crate) fn http_client() -> reqwest::Client {
    // Another test may have been first; either way a provider is installed.
    rustls::crypto::aws_lc_rs::default_provider().install_default().ok();
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(std::time::Duration::from_secs(30))
        .build()
        .expect("an HTTP client")
}

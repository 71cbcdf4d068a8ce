//! From which address somebody asks: what guesses at passwords and control codes are counted by.

use axum::http::HeaderMap;
use std::net::IpAddr;

/// The caller's address: what a trusted proxy tells last in `X-Forwarded-For`, else the peer's own.
pub fn address(proxies: &[IpAddr], peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    if !proxies.contains(&peer) {
        return peer;
    }
    let told = headers.get_all("x-forwarded-for").iter().next_back();
    let last = told.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    last.unwrap_or(peer)
}

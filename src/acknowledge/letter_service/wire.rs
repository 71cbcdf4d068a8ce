//! What every call to the letter service has in common: its address, its token, its answer.

use crate::domain::failure::Failure;
use crate::domain::masked::Masked;
use crate::http::oauth::TokenError;
use crate::http::oauth::Tokens;
use crate::http::peer;
use crate::http::peer::Effect;
use crate::http::peer::Peer;
use reqwest::Certificate;
use reqwest::Response;
use std::path::Path;
use url::Url;

/// As texts for operators name it.
pub(super) const PEER: Peer = Peer { name: "The letter service", secret: "letter.service.token" };

/// A token; without one nothing was asked yet.
pub(super) async fn token(tokens: &Tokens) -> Result<Masked, Failure> {
    let told = |error: TokenError| Failure::Transient(format!("{}: {error}", PEER.name));
    tokens.token().await.map(|(token, _)| token).map_err(told)
}

/// The body of an answer that is a success.
pub(super) async fn ok(doing: &str, effect: Effect, answer: Response) -> Result<Vec<u8>, Failure> {
    let status = answer.status();
    if !status.is_success() {
        return Err(PEER.refused(doing, effect, status));
    }
    peer::body(answer).await.ok_or_else(|| PEER.unsure(doing, effect, "the answer broke off"))
}

/// A path below a base, each part escaped.
pub(super) fn address(base: &Url, path: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    url
}

/// Certificate authorities to trust besides the system's.
pub(super) fn authorities(file: Option<&Path>) -> Result<Vec<Certificate>, String> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let text = std::fs::read(file).map_err(|error| error.to_string())?;
    match Certificate::from_pem_bundle(&text) {
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) | Err(_) => Err("holds no certificate in PEM form".to_owned()),
    }
}

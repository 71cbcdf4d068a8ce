//! `GET /keys`: the municipality's public keys, by which anyone checks the signature of a receipt or of a bundle of evidence.

use crate::public::Desk;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

/// The municipality's public keys (JWK set, RFC 7517). Kommunens publika nycklar.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct PublicKeys {
    /// The keys: those in force, earlier ones and those that begin soon. Nycklarna.
    pub keys: Vec<PublicKeyMembers>,
}

/// One key (RFC 8037). En nyckel.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = PublicKey)]
pub struct PublicKeyMembers {
    /// Always `OKP`. Alltid `OKP`.
    pub kty: String,
    /// Always `Ed25519`. Alltid `Ed25519`.
    pub crv: String,
    /// Always `EdDSA`. Alltid `EdDSA`.
    pub alg: String,
    /// Always `sig`. Alltid `sig`.
    #[serde(rename = "use")]
    pub for_use: String,
    /// Its name: its RFC 7638 thumbprint. Nyckelns namn.
    pub kid: String,
    /// The public key, base64url. Den publika nyckeln.
    pub x: String,
    /// From when on it may sign, seconds since 1970. Gäller från.
    #[schema(required = false)]
    pub nbf: Option<i64>,
    /// Until when it may sign, seconds since 1970. Gäller till.
    #[schema(required = false)]
    pub exp: Option<i64>,
    /// Withdrawn, because its secret may have leaked. Återkallad.
    #[schema(required = false)]
    pub revoked: Option<Revocation>,
}

/// When a key was withdrawn. När en nyckel återkallades.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Revocation {
    /// Seconds since 1970. Sekunder sedan 1970.
    pub revoked_at: i64,
}

/// Fetch the public keys. Hämta de publika nycklarna.
///
/// Open to everyone. With them anyone can check the signature of a receipt without asking the municipality.
///
/// Öppet för alla. Med dem kan vem som helst kontrollera signaturen på en kvittens utan att fråga kommunen.
#[utoipa::path(
    get, path = "/keys", operation_id = "getKeys", tag = "proof",
    responses((status = 200, description = "The keys. Nycklarna.", body = PublicKeys, content_type = "application/jwk-set+json"))
)]
pub async fn get_keys(State(desk): State<Arc<Desk>>) -> Response {
    let set = desk.chest.ring().map(|ring| ring.jwk_set()).unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, "application/jwk-set+json"),
        (header::CACHE_CONTROL, "public, max-age=300"),
    ];
    (headers, set.to_json().to_string()).into_response()
}

//! The detached signature of a document: JWS compact form without its payload (RFC 7515 appendix F), Ed25519 (RFC 8037).
//!
//! `header..signature`, over the RFC 8785 form of the document. The protected header says the algorithm, the key, what kind of
//! document it is (so that a receipt's signature fits no other kind) and when it was signed. A verifier takes exactly this header:
//! no other algorithm, no key or address of a key in it, no extension. That leaves nothing to be confused about.

use crate::seal::canonical;
use crate::seal::jwk::JwkSet;
use crate::seal::keys::KeyError;
use crate::seal::keys::KeyRing;
use aws_lc_rs::signature::ED25519;
use aws_lc_rs::signature::Ed25519KeyPair;
use aws_lc_rs::signature::UnparsedPublicKey;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;

/// The only algorithm: Ed25519 by its name in RFC 8037 §3.1.
const ALGORITHM: &str = "EdDSA";

/// A signature of ours is far shorter.
const LENGTH_MAX: usize = 1024;

/// What kind of document is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A receipt, as its sender gets it.
    Receipt,
    /// The list of what is in a bundle of evidence.
    Bundle,
}

impl Purpose {
    /// The header's `typ`.
    fn media_type(self) -> &'static str {
        match self {
            Self::Receipt => "kvittens-receipt+jws",
            Self::Bundle => "kvittens-bundle+jws",
        }
    }
}

/// Why nothing was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// No key is in force.
    #[error("the document cannot be signed")]
    Key(#[source] KeyError),
    /// The document has no canonical form.
    #[error("the document cannot be signed: it has no canonical form (RFC 8785)")]
    NotCanonical,
}

/// A signature that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The name of the key.
    pub kid: String,
    /// When it was signed, as the signer says: UTC, whole seconds.
    pub signed_at: Timestamp,
    /// When the key was later withdrawn because its secret may have leaked: whoever found it could have written an earlier time.
    pub key_revoked_at: Option<Timestamp>,
}

/// Why a signature is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is none.
    #[error("it bears no signature")]
    Missing,
    /// Not `header..signature` in base64url.
    #[error("its signature is no detached JWS (RFC 7515 appendix F)")]
    NotDetachedJws,
    /// `none`, or any other algorithm than ours.
    #[error("its signature names another algorithm than EdDSA")]
    Algorithm,
    /// A member missing, unknown, twice or of the wrong kind.
    #[error("the header of its signature is not as kvittens writes it")]
    Header,
    /// Signed as another kind of document.
    #[error("its signature was made for another kind of document")]
    Purpose,
    /// The key is not among those given.
    #[error("it was signed with a key that is not among the known ones")]
    UnknownKey,
    /// The key was not yet, or no longer, in force when it was signed.
    #[error("it was signed at a time when its key was not in force")]
    KeyNotInForce,
    /// The document was altered, or the signature.
    #[error("its signature does not fit: it was altered after it was signed")]
    Altered,
    /// The document has no canonical form.
    #[error("it has no canonical form (RFC 8785), so no signature can fit")]
    NotCanonical,
}

/// Whether a signature fits, or why not.
pub type Verdict = Result<Signature, Refusal>;

/// The protected header, its members in the order of RFC 8785.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    /// Seconds since 1970.
    iat: i64,
    kid: String,
    typ: String,
}

/// Signs a document with the key that is in force `now`.
pub fn sign(
    value: &Value,
    purpose: Purpose,
    ring: &KeyRing,
    now: Timestamp,
) -> Result<String, SignError> {
    let (key, pair) = ring.signing(now).map_err(SignError::Key)?;
    let payload = canonical::bytes(value).map_err(|_| SignError::NotCanonical)?;
    let header = Header {
        alg: ALGORITHM.to_owned(),
        iat: now.as_second(),
        kid: key.kid().to_owned(),
        typ: purpose.media_type().to_owned(),
    };
    let header = serde_json::to_vec(&header).map_err(|_| SignError::NotCanonical)?;
    Ok(compact(&header, &payload, pair))
}

/// The detached compact form over a header and a payload as they are.
fn compact(header: &[u8], payload: &[u8], pair: &Ed25519KeyPair) -> String {
    let header = URL_SAFE_NO_PAD.encode(header);
    let signature = pair.sign(&signing_input(&header, payload));
    format!("{header}..{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
}

/// What is signed (RFC 7515 §5.1): the header and the payload, both in base64url.
fn signing_input(header: &str, payload: &[u8]) -> Vec<u8> {
    format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload)).into_bytes()
}

/// Checks a detached signature over a document, by the keys given.
pub fn verify(value: &Value, jws: &str, purpose: Purpose, keys: &JwkSet) -> Verdict {
    let (encoded, signature) = parts(jws).ok_or(Refusal::NotDetachedJws)?;
    let header = header(encoded)?;
    if header.typ != purpose.media_type() {
        return Err(Refusal::Purpose);
    }
    let signed_at = Timestamp::from_second(header.iat).map_err(|_| Refusal::Header)?;
    let key = keys.key(&header.kid).ok_or(Refusal::UnknownKey)?;
    let payload = canonical::bytes(value).map_err(|_| Refusal::NotCanonical)?;
    UnparsedPublicKey::new(&ED25519, key.as_bytes())
        .verify(&signing_input(encoded, &payload), &signature)
        .map_err(|_unspecified| Refusal::Altered)?;
    if !key.may_sign_at(signed_at) {
        return Err(Refusal::KeyNotInForce);
    }
    Ok(Signature { kid: header.kid, signed_at, key_revoked_at: key.revoked_at() })
}

/// The encoded header and the decoded signature of `header..signature`.
fn parts(jws: &str) -> Option<(&str, Vec<u8>)> {
    let (header, signature) = jws.split_once("..").filter(|_| jws.len() <= LENGTH_MAX)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    (!header.is_empty() && !header.contains('.')).then_some((header, signature))
}

fn header(encoded: &str) -> Result<Header, Refusal> {
    let text = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| Refusal::NotDetachedJws)?;
    let members = canonical::parse(&text).map_err(|_| Refusal::Header)?;
    if members.get("alg").and_then(Value::as_str) != Some(ALGORITHM) {
        return Err(Refusal::Algorithm);
    }
    serde_json::from_value(members).map_err(|_| Refusal::Header)
}

#[cfg(test)]
#[path = "jws_tests.rs"]
mod tests;

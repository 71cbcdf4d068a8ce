//! The public keys as the world reads them: a JWK set (RFC 7517) of Ed25519 keys (RFC 8037), answered by `GET /keys`.
//!
//! A key's `kid` is its RFC 7638 thumbprint, so it names the key and no other: who compares the `kid` of a receipt with one printed
//! in a letter or read over the telephone has compared the key. `nbf`, `exp` and `revoked` tell when it may sign (the members that
//! OpenID Federation 1.0 registered for keys); keys no longer used stay in the set, so that old receipts can be checked.

use crate::domain::digest::Digest;
use crate::seal::canonical;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

/// An Ed25519 public key with the time in which it may sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    kid: String,
    bytes: [u8; 32],
    from: Option<Timestamp>,
    until: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
}

impl PublicKey {
    /// A key that may sign from `from` until `until` (without end where `None`), both in whole seconds. `revoked_at`: when it was
    /// withdrawn because its secret may have leaked.
    pub fn new(
        bytes: [u8; 32],
        from: Option<Timestamp>,
        until: Option<Timestamp>,
        revoked_at: Option<Timestamp>,
    ) -> Self {
        Self { kid: thumbprint(&bytes), bytes, from, until, revoked_at }
    }

    /// The key's name: its RFC 7638 thumbprint, 43 characters.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The 32 bytes of RFC 8032.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// Whether it may sign at `at`.
    pub fn may_sign_at(&self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= at)
            && self.until.is_none_or(|until| at < until)
            && self.revoked_at.is_none_or(|revoked| at < revoked)
    }

    /// From when on it may sign; always where `None`.
    pub fn from(&self) -> Option<Timestamp> {
        self.from
    }

    /// Until when it may sign; without end where `None`.
    pub fn until(&self) -> Option<Timestamp> {
        self.until
    }

    /// When it was withdrawn because its secret may have leaked.
    pub fn revoked_at(&self) -> Option<Timestamp> {
        self.revoked_at
    }

    fn to_json(&self) -> Value {
        let mut jwk = json!({
            "alg": "EdDSA",
            "crv": "Ed25519",
            "kid": self.kid,
            "kty": "OKP",
            "use": "sig",
            "x": URL_SAFE_NO_PAD.encode(self.bytes),
        });
        let times = [("nbf", self.from), ("exp", self.until)];
        for (name, at) in times.into_iter().filter_map(|(name, at)| at.map(|at| (name, at))) {
            jwk[name] = at.as_second().into();
        }
        if let Some(at) = self.revoked_at {
            jwk["revoked"] = json!({ "revoked_at": at.as_second() });
        }
        jwk
    }
}

/// The RFC 7638 thumbprint of an Ed25519 public key: SHA-256 over `crv`, `kty` and `x`, as base64url (RFC 8037 appendix A.3).
pub fn thumbprint(public_key: &[u8; 32]) -> String {
    let x = URL_SAFE_NO_PAD.encode(public_key);
    let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    URL_SAFE_NO_PAD.encode(Digest::of(members.as_bytes()).as_bytes())
}

/// Why a file is no set of public keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JwkSetError {
    /// No JSON of the form `{"keys": […]}`.
    #[error("the keys are no JWK set (RFC 7517)")]
    NotASet,
    /// An Ed25519 key without its 32 bytes, with strange times, or meant for something else than signatures.
    #[error("key number {0} of the set cannot be used")]
    BadKey(usize),
    /// An Ed25519 key whose `kid` is not its thumbprint.
    #[error("key number {0} of the set does not bear its own thumbprint as its name")]
    WrongName(usize),
    /// A key that stands twice.
    #[error("key number {0} of the set stands there twice")]
    Twice(usize),
}

/// A set of public keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JwkSet {
    keys: Vec<PublicKey>,
}

impl JwkSet {
    /// A set of these keys.
    pub fn new(keys: Vec<PublicKey>) -> Self {
        Self { keys }
    }

    /// Reads a set as `GET /keys` answers it. Keys of other kinds are passed over (RFC 7517 §5); a key of our kind must be whole.
    pub fn parse(text: &[u8]) -> Result<Self, JwkSetError> {
        let value = canonical::parse(text).map_err(|_| JwkSetError::NotASet)?;
        let listed = value.get("keys").and_then(Value::as_array).ok_or(JwkSetError::NotASet)?;
        let mut keys: Vec<PublicKey> = Vec::new();
        for (at, jwk) in listed.iter().enumerate() {
            let number = at + 1;
            if jwk.get("kty") != Some(&json!("OKP")) || jwk.get("crv") != Some(&json!("Ed25519")) {
                continue;
            }
            let read = Jwk::deserialize(jwk).map_err(|_| JwkSetError::BadKey(number))?;
            let key = read.key().ok_or(JwkSetError::BadKey(number))?;
            if key.kid != read.kid {
                return Err(JwkSetError::WrongName(number));
            }
            if keys.iter().any(|known| known.kid == key.kid) {
                return Err(JwkSetError::Twice(number));
            }
            keys.push(key);
        }
        Ok(Self { keys })
    }

    /// The set as JSON: public members only.
    pub fn to_json(&self) -> Value {
        json!({ "keys": self.keys.iter().map(PublicKey::to_json).collect::<Vec<_>>() })
    }

    /// The key of this name.
    pub fn key(&self, kid: &str) -> Option<&PublicKey> {
        self.keys.iter().find(|key| key.kid == kid)
    }

    /// The keys.
    pub fn keys(&self) -> &[PublicKey] {
        &self.keys
    }
}

/// The members that matter; what else a set says of a key is passed over.
#[derive(Deserialize)]
struct Jwk {
    kid: String,
    x: String,
    #[serde(rename = "use")]
    for_use: Option<String>,
    alg: Option<String>,
    nbf: Option<i64>,
    exp: Option<i64>,
    revoked: Option<Revoked>,
}

#[derive(Deserialize)]
struct Revoked {
    revoked_at: i64,
}

impl Jwk {
    fn key(&self) -> Option<PublicKey> {
        let fits = |member: &Option<String>, allowed: &[&str]| {
            member.as_deref().is_none_or(|word| allowed.contains(&word))
        };
        if !fits(&self.for_use, &["sig"]) || !fits(&self.alg, &["EdDSA", "Ed25519"]) {
            return None;
        }
        let at = |second: Option<i64>| second.map(Timestamp::from_second).transpose().ok();
        let revoked = self.revoked.as_ref().map(|revoked| revoked.revoked_at);
        Some(PublicKey::new(bytes_32(&self.x)?, at(self.nbf)?, at(self.exp)?, at(revoked)?))
    }
}

/// 32 bytes in base64url without padding; `None` for anything else.
pub(super) fn bytes_32(text: &str) -> Option<[u8; 32]> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

#[cfg(test)]
#[path = "jwk_tests.rs"]
mod tests;
